using Coroutines.Tests.Reactors;

namespace Coroutines.Tests.Sockets;

/// <summary>A loop with nothing to do sleeps in the kernel, however many sockets it watches.</summary>
public sealed class IdleLoopTests
{
    [Theory]
    [InlineData(ReactorKind.Epoll, 1)]
    [InlineData(ReactorKind.Epoll, 400)]
    [InlineData(ReactorKind.IoUring, 1)]
    [InlineData(ReactorKind.IoUring, 400)]
    [InlineData(ReactorKind.Portable, 1)]
    [InlineData(ReactorKind.Portable, 400)]
    public void While_nothing_happens_the_kernel_is_asked_once(ReactorKind kind, int sockets)
    {
        using var loop = new EventLoop(new EventLoopOptions { Reactor = kind });
        var pairs = Enumerable.Range(0, sockets).Select(_ => LoopbackPair.Connect()).ToArray();
        foreach (var pair in pairs)
            loop.Spawn(loop.Receive(pair.Near, new byte[1]));
        // Each wait begins, and the state at registration is reported and dropped.
        loop.RunOnce();
        loop.RunOnce();

        var reactor = (DescriptorReactor)loop.Reactor;
        long before = reactor.Waits;
        loop.RunOnce(TimeSpan.FromMilliseconds(300));
        // One more to look for closed handles where they are many: not one for each, and none for each interval.
        Assert.InRange(reactor.Waits - before, 1, 2);

        foreach (var pair in pairs)
            pair.Dispose();
    }

    [Theory]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.IoUring)]
    [InlineData(ReactorKind.Portable)]
    public void A_post_wakes_a_loop_that_waits_for_sockets(ReactorKind kind)
    {
        using var loop = new EventLoop(new EventLoopOptions { Reactor = kind });
        using var pair = LoopbackPair.Connect();
        loop.Spawn(loop.Receive(pair.Near, new byte[1]));
        var poster = new Thread(() => loop.CallSoonThreadSafe(static state => ((EventLoop)state!).Stop(), loop));
        poster.Start();
        loop.RunForever();
        poster.Join();
    }
}
