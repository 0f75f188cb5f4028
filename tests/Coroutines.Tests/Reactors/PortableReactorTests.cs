using System.Net;
using System.Net.Sockets;

namespace Coroutines.Tests.Reactors;

public sealed partial class PortableReactorTests : ReactorContract
{
    internal override IReactor Create(EventLoop loop) => new SelectReactor(loop);

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(0, 0)]
    [InlineData(1, 1000)]
    [InlineData(10_000, 1000)]
    [InlineData(10_001, 2000)]
    [InlineData(long.MaxValue, int.MaxValue / 1000 * 1000)]
    public void Timeouts_are_whole_milliseconds_rounded_up(long ticks, int expected) => Assert.Equal(expected, SelectReactor.Microseconds(ticks));

    [Fact]
    public void Sockets_that_another_thread_closes_at_any_moment_end_their_waits_and_not_the_loop() =>
        EventLoop.Run(ClosedElsewhere(), new EventLoopOptions { Reactor = ReactorKind.Portable });

    [Coroutine]
    private static async Coroutine ClosedElsewhere()
    {
        var loop = EventLoop.Current;
        for (int round = 0; round < 300; round++)
        {
            var sockets = Enumerable.Range(0, 20).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)).ToArray();
            foreach (var socket in sockets)
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                loop.Spawn(WaitFor(socket));
            }

            var closing = Task.Run(() => Array.ForEach(sockets, static socket => socket.Dispose()));
            // The turns that go on meanwhile poll without blocking.
            while (!closing.IsCompleted || loop.TaskCount > 1)
                await Coroutine.Yield();
        }
    }

    [Coroutine]
    private static async Coroutine WaitFor(Socket socket)
    {
        try
        {
            await EventLoop.Current.ReceiveFrom(socket, new byte[1]);
        }
        catch (ObjectDisposedException)
        {
        }
    }
}
