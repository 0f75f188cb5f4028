// What must or must not be there is looked at on the spot.
#pragma warning disable CORO101, CORO105

using System.Net.Sockets;

namespace Coroutines.Tests.Streams;

/// <summary>Local sockets at a path that depends on where the process is.</summary>
[Collection(WholeProcess.Alone)]
public sealed partial class WorkingDirectoryTests : IDisposable
{
    private const string Name = "./name.sock";

    private readonly string _before = Directory.GetCurrentDirectory();
    private readonly string _folder = Directory.CreateTempSubdirectory("coroutines").FullName;

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_listener_takes_its_own_path_away_and_no_other() =>
        EventLoop.Run(LeaveAndClose(static () => SocketListener.Listen(new UnixDomainSocketEndPoint(Name))));

    [Fact]
    public void A_datagram_socket_takes_its_own_path_away_and_no_other() =>
        EventLoop.Run(LeaveAndClose(static () => DatagramSocket.Bind(new UnixDomainSocketEndPoint(Name))));

    [Coroutine]
    private async Coroutine LeaveAndClose(Func<IDisposable> bind)
    {
        string other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        File.WriteAllText(Path.Combine(other, Name), "somebody else's");
        Directory.SetCurrentDirectory(_folder);
        using (bind())
        {
            Assert.True(File.Exists(Path.Combine(_folder, Name)));
            Directory.SetCurrentDirectory(other);
        }

        Assert.False(File.Exists(Path.Combine(_folder, Name)));
        Assert.Equal("somebody else's", File.ReadAllText(Path.Combine(other, Name)));
    }
}
