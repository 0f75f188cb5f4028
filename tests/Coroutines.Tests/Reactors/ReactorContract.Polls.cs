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

    [Fact]
    public void A_poll_without_end_asks_the_system_once()
    {
        var reactor = (DescriptorReactor)_reactor;
        using var pair = LoopbackPair.Connect();
        WaitFor(pair.Near.SafeHandle, ReadinessKind.Read);
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
        var reactor = (DescriptorReactor)_reactor;
        var pairs = Enumerable.Range(0, 200).Select(_ => LoopbackPair.Connect()).ToArray();
        foreach (var pair in pairs)
        {
            WaitFor(pair.Near.SafeHandle, ReadinessKind.Read);
            WaitFor(pair.Far.SafeHandle, ReadinessKind.Read);
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
    [InlineData(1)]
    [InlineData(9_999)]
    [InlineData(123_457)]
    public void A_poll_does_not_end_early_for_rounding(long ticks)
    {
        // A signal may end one early, such as that of a child process of another test; rounding would end them all. So may the end of an
        // io_uring that this thread has used, which the kernel brings about later and for each of them: hence a thread of its own.
        const int Polls = 9;
        int early = 0;
        var fresh = new Thread(() => early = Enumerable.Range(0, Polls).Count(_ => Elapsed() < ticks));
        fresh.Start();
        fresh.Join();
        Assert.InRange(early, 0, Polls / 2);

        long Elapsed()
        {
            long before = Stopwatch.GetTimestamp();
            _reactor.Poll(ticks);
            return Stopwatch.GetElapsedTime(before).Ticks;
        }
    }

    [Fact]
    public void Waking_a_disposed_reactor_does_nothing()
    {
        _reactor.Dispose();
        _reactor.Wake();
        _reactor.Dispose();
    }
}
