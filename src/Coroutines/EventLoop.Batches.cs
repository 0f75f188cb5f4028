using System.Diagnostics;
using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

// What was ready when a turn began, and rows of turns that are nothing but that.
public sealed partial class EventLoop
{
    // Turns that are nothing but their batch run back to back; after so many, the next one begins from the top.
    private const int BatchesInARow = 64;

    /// <summary>Whether every turn has to look for timers that are due and for events. The first one that comes up in a row of turns ends it.</summary>
    private bool HasDuties => Timers.Count != 0 || _reactor is { HasInterest: true };

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
}
