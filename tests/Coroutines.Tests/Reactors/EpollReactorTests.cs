namespace Coroutines.Tests.Reactors;

/// <summary>As on a system without epoll_pwait2.</summary>
public sealed class EpollMillisecondReactorTests : ReactorContract
{
    internal override IReactor Create(EventLoop loop) => new EpollReactor(loop, nanosecondTimeouts: false);
}

public sealed class EpollReactorTests : ReactorContract
{
    internal override IReactor Create(EventLoop loop) => new EpollReactor(loop);

    [Fact]
    public void A_poll_without_end_asks_the_kernel_once()
    {
        var reactor = (EpollReactor)Reactor;
        using var pair = LoopbackPair.Connect();
        new ProbeNode().WaitFor(reactor, pair.Near.SafeHandle, ReadinessKind.Read);
        reactor.Poll(0);
        long before = reactor.Waits;
        var waker = new Thread(reactor.Wake);
        waker.Start();
        reactor.Poll(-1);
        waker.Join();
        Assert.Equal(1, reactor.Waits - before);
    }

    [Fact]
    public void After_one_pass_over_many_handles_a_poll_sleeps()
    {
        var reactor = (EpollReactor)Reactor;
        var pairs = Enumerable.Range(0, 200).Select(_ => LoopbackPair.Connect()).ToArray();
        foreach (var pair in pairs)
        {
            new ProbeNode().WaitFor(reactor, pair.Near.SafeHandle, ReadinessKind.Read);
            new ProbeNode().WaitFor(reactor, pair.Far.SafeHandle, ReadinessKind.Read);
        }

        // The state of each at registration.
        reactor.Poll(0);
        long before = reactor.Waits;
        reactor.Poll(TimeSpan.TicksPerSecond / 10);
        Assert.InRange(reactor.Waits - before, 1, 2);
        foreach (var pair in pairs)
            pair.Dispose();
    }

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(9_999, 1)]
    [InlineData(10_000, 1)]
    [InlineData(10_001, 2)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void Milliseconds_are_rounded_up(long ticks, int expected) => Assert.Equal(expected, EpollInstance.Milliseconds(ticks));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 100)]
    [InlineData(10_000_000, 1, 0)]
    [InlineData(12_345_678, 1, 234_567_800)]
    public void Nanoseconds_are_exact(long ticks, long seconds, long nanoseconds)
    {
        var specification = EpollInstance.Specification(ticks);
        Assert.Equal(seconds, specification.Seconds);
        Assert.Equal(nanoseconds, specification.Nanoseconds);
    }
}
