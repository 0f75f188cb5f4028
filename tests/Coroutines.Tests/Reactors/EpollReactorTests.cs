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
    public void An_edge_is_reported_once_whether_or_not_anybody_waits()
    {
        using var pair = LoopbackPair.Connect();
        var writer = new ProbeNode().WaitFor(Reactor, pair.Near.SafeHandle, ReadinessKind.Write);
        while (writer.IsWaiting)
            Reactor.Poll(-1);
        pair.Far.Send([1]);
        Reactor.Poll(0);
        var reader = new ProbeNode().WaitFor(Reactor, pair.Near.SafeHandle, ReadinessKind.Read);
        Reactor.Poll(0);
        Assert.True(reader.IsWaiting);
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
        var time = KernelTime.FromTicks(ticks);
        Assert.Equal(seconds, time.Seconds);
        Assert.Equal(nanoseconds, time.Nanoseconds);
    }
}
