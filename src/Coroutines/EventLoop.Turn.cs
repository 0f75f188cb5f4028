namespace Coroutines;

// One turn of the loop. A turn runs exactly what was ready when its batch began; what becomes ready meanwhile waits for the next one.
public sealed partial class EventLoop
{
    private const long WithoutLimit = -1;

    /// <param name="maxWait">How long to block when nothing is ready: 100 ns ticks, 0 not at all, <see cref="WithoutLimit"/> until something is.</param>
    /// <param name="batches">How many turns may run back to back: more than one only for a caller that does nothing between turns.</param>
    private void Turn(long maxWait, int batches)
    {
        TakePosted();
        ExpireTimers();
        if (Ready.IsEmpty && !Idle.Queue.IsEmpty)
            EndIdleWaits();
        if (Ready.IsEmpty && maxWait != 0)
            Wait(maxWait);
        else if (_reactor is { HasInterest: true } reactor)
            reactor.Poll(0);
        if (_turnTime is { Enabled: true })
            RunMeasured(batches);
        else
            RunBatches(batches);
        if ((_leave & Leave.TurnEnd) != 0)
            EndTurn();
    }

    private void TakePosted()
    {
        if (_inbox.HasPosts)
            Ready.Enqueue(_postedWork);
    }

    // Without timers the clock is not read, which costs more than the rest of an idle turn.
    private void ExpireTimers()
    {
        if (Timers.Count != 0)
            Timers.Expire(_clock.Now, ref Ready);
    }

    // Blocks until something may be ready, then collects it, so that it runs in this turn.
    private void Wait(long maxWait)
    {
        if (!TryJump(maxWait))
        {
            // The reactor must exist before the loop announces that it blocks: from then on posters wake it.
            var reactor = Reactor;
            if (_inbox.TryBeginBlocking())
                Block(reactor, maxWait);
            else
                reactor.Poll(0);
        }

        TakePosted();
        ExpireTimers();
    }

    private void Block(IReactor reactor, long maxWait)
    {
        try
        {
            reactor.Poll(TicksToWait(maxWait));
        }
        finally
        {
            _inbox.EndBlocking();
        }
    }

    /// <summary>With a virtual clock, time passes in no time, unless real events are being waited for.</summary>
    private bool TryJump(long maxWait)
    {
        if (_virtualClock is null || _reactor is { HasInterest: true } || _executorWork > 0 || _outsideWaits > 0 || !_inbox.IsEmpty)
            return false;
        long deadline = Timers.NextDeadline();
        if (deadline == long.MaxValue && maxWait < 0)
            return false;
        long distance = deadline - _clock.Now;
        if (maxWait >= 0)
            distance = Math.Min(distance, maxWait);
        if (distance > 0)
            _virtualClock.Advance(new TimeSpan(distance));
        return true;
    }

    private long TicksToWait(long maxWait)
    {
        // Virtual deadlines say nothing about how long to wait for real events.
        if (_virtualClock is not null)
            return maxWait;
        long deadline = Timers.NextSlot();
        if (deadline == long.MaxValue)
            return maxWait;
        long untilDeadline = Math.Max(0, deadline - _clock.Now);
        return maxWait < 0 ? untilDeadline : Math.Min(untilDeadline, maxWait);
    }

    /// <summary>The loop time that lies <paramref name="delay"/> ahead; a delay too long to count never ends.</summary>
    internal long DeadlineAfter(TimeSpan delay)
    {
        long now = _clock.Now;
        long deadline = now + delay.Ticks;
        return deadline < now ? long.MaxValue : deadline;
    }
}
