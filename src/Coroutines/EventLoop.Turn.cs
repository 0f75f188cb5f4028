using System.Diagnostics;
using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

// One turn of the loop. A turn runs exactly what was ready when its batch began; what becomes ready meanwhile waits for the next one.
public sealed partial class EventLoop
{
    private const long WithoutLimit = -1;

    // Turns that are nothing but their batch run back to back; after so many, the next one begins from the top.
    private const int BatchesInARow = 64;

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

    /// <summary>Whether every turn has to look for timers that are due and for events. The first one that comes up in a row of turns ends it.</summary>
    private bool HasDuties => Timers.Count != 0 || _reactor is { HasInterest: true };

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

    /// <summary>Runs the batch, and the next ones as long as their turns would do nothing else.</summary>
    [StackTraceHidden]
    private void RunBatches(int limit)
    {
        _rowEnd = _leave == Leave.Nothing && !HasDuties ? _turns + limit : 0;
        do
        {
            Ready.BeginBatch();
            while (!Ready.IsBatchDone)
                RunGuarded();
        }
        while (_turns < _rowEnd && !Ready.IsEmpty && !_inbox.HasPosts);

        Ready.Forget();
        CallbackPools.ForgetContents();
        ForgetTasks();
    }

    [StackTraceHidden]
    private void RunGuarded()
    {
        try
        {
            if (_slowStep != 0)
                RunBatchWatched();
            else if (Ready.IsBatchLong)
                RunLongBatch();
            else
                RunShortBatches();
        }
        catch (Exception exception)
        {
            // What threw is still at the front.
            Failed(Ready.First, exception);
            if (!Ready.Advance())
                _turns++;
        }
    }

    // The hot loop. A method of its own, without an exception handler, so that its variables live in registers.
    [StackTraceHidden]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunShortBatches()
    {
        ref var ready = ref Ready;
        while (true)
        {
            do
                RunFirst(ref ready);
            while (ready.Advance());

            if (++_turns >= _rowEnd || !ready.IsNextShort || _inbox.HasPosts)
                return;
            ready.BeginBatch();
        }
    }

    // Apart, as what is done for each node costs a short batch more than it gains.
    [StackTraceHidden]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunLongBatch()
    {
        ref var ready = ref Ready;
        do
        {
            ready.FetchAhead();
            RunFirst(ref ready);
        }
        while (ready.Advance());
        _turns++;
    }

    [StackTraceHidden]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunFirst(ref ReadyQueue ready)
    {
        var node = ready.First;
        node.Run();
        if (IsContextChanged)
            LeaveContext(node);
    }

    /// <summary>Something has come up that the turns to come have to look for.</summary>
    private void EndRow() => _rowEnd = 0;

    void IWakeTarget.EndRow() => EndRow();

    internal void ArmTimer(LoopNode node)
    {
        EndRow();
        Timers.Arm(node);
    }

    /// <summary>A step has changed the execution context: a task that goes on keeps it, and the thread gets its own back.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LeaveContext(LoopNode node)
    {
        if (node is LoopTask { IsSpawned: true, IsEnded: false } task)
            task.KeepContext();
        RestoreBaseContext();
    }

    private void Failed(LoopNode node, Exception exception)
    {
        AwaitedChild = null;
        RestoreBaseContext();
        if (node is LoopTask { Loop: not null, IsSpawned: true, IsEnded: false } task)
            task.EndWith(exception);
        else
            ReportUnhandled(exception);
    }

    /// <summary>The loop time that lies <paramref name="delay"/> ahead; a delay too long to count never ends.</summary>
    internal long DeadlineAfter(TimeSpan delay)
    {
        long now = _clock.Now;
        long deadline = now + delay.Ticks;
        return deadline < now ? long.MaxValue : deadline;
    }
}
