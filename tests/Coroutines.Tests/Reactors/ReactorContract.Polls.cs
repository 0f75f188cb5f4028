using System.Diagnostics;

namespace Coroutines.Tests.Reactors;

// The poll itself: how long it blocks, and what ends it.
public abstract partial class ReactorContract
{
    [Fact]
    public void A_wake_ends_a_poll_on_another_thread_and_is_not_lost_before_one()
    {
        var waker = new Thread(_reactor.Wake);
        waker.Start();
        _reactor.Poll(-1);
        waker.Join();

        _reactor.Wake();
        _reactor.Wake();
        _reactor.Poll(-1);
    }

    [Fact]
    public void Wakes_before_a_poll_are_one()
    {
        _reactor.Wake();
        _reactor.Wake();
        _reactor.Poll(-1);
        long before = Stopwatch.GetTimestamp();
        _reactor.Poll(20 * TimeSpan.TicksPerMillisecond);
        Assert.True(Stopwatch.GetElapsedTime(before).Ticks >= 20 * TimeSpan.TicksPerMillisecond, "the second wake was reported twice");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9_999)]
    [InlineData(123_457)]
    public void A_poll_never_ends_before_its_timeout(long ticks)
    {
        long before = Stopwatch.GetTimestamp();
        _reactor.Poll(ticks);
        Assert.True(Stopwatch.GetElapsedTime(before).Ticks >= ticks);
    }

    [Fact]
    public void Waking_a_disposed_reactor_does_nothing()
    {
        _reactor.Dispose();
        _reactor.Wake();
        _reactor.Dispose();
    }
}
