using System.Net;
using System.Net.Sockets;

namespace Coroutines.Tests.Streams;

/// <summary>The kinds of connections that streams are tested on.</summary>
public enum Transport
{
    Tcp,
    Unix,
}

/// <summary>Both ends of a connection, in one loop.</summary>
internal sealed partial class StreamPair : IAsyncDisposable
{
    private StreamPair(SocketStream near, SocketStream far)
    {
        Near = near;
        Far = far;
    }

    public SocketStream Near { get; }

    public SocketStream Far { get; }

    [Coroutine]
    public static async Coroutine<StreamPair> Connect(Transport transport = Transport.Tcp, ByteStreamOptions? options = null)
    {
        using var listener = SocketListener.Listen(EndPointOf(transport), options: options);
        var connecting = EventLoop.Current.Spawn(SocketStream.Connect(listener.LocalEndPoint, options));
        var far = await listener.Accept();
        return new StreamPair(await connecting, far);
    }

    public static EndPoint EndPointOf(Transport transport) => transport == Transport.Tcp
        ? new IPEndPoint(IPAddress.Loopback, 0)
        : new UnixDomainSocketEndPoint(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock"));

    /// <summary>The kernel takes no more than little, so that a peer that does not read is soon noticed.</summary>
    public void LimitBuffers(int size = 4096)
    {
        foreach (var socket in new[] { Near.Socket, Far.Socket })
        {
            socket.SendBufferSize = size;
            socket.ReceiveBufferSize = size;
        }
    }

    [Coroutine]
    public async Coroutine DisposeAsync()
    {
        Near.Abort();
        Far.Abort();
    }

    ValueTask IAsyncDisposable.DisposeAsync() => DisposeAsync().AsValueTask();
}
