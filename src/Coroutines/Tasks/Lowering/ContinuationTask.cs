using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Stands in for ordinary async code that awaits something of the loop: it waits as a task would, and its step calls the continuation.
/// Not in the loop's list of tasks. Cannot be cancelled, unless it is a pull: an iterator of the compiler's that runs for a task, or a task whose operand is dynamic.
/// </summary>
internal sealed class ContinuationTask : PulledTask
{
    private readonly Action _continuation;
    private ExceptionDispatchInfo? _refusal;
    private LoopTask? _spawned;
    private ReaderContext? _context;
    private LoopTask? _task;

    private ContinuationTask(EventLoop loop, Action continuation)
    {
        Loop = loop;
        _continuation = continuation;
    }

    /// <summary>What waits in place of <paramref name="continuation"/>.</summary>
    public static ContinuationTask Of(EventLoop loop, Action continuation)
    {
        var waiter = new ContinuationTask(loop, continuation);
        if (continuation.Target is LoopTask { Details.IsOwnAwaiter: true } task)
        {
            waiter._task = task;
            waiter.BeginPull(task);
        }
        else if (loop.LogicalTask is { } owner && IteratorContinuations.Contain(continuation))
        {
            waiter.BeginPull(owner);
            waiter._context = ReaderContext.Of(owner);
        }

        return waiter;
    }

    public override Step MoveNext(LoopTask task) => throw new UnreachableException("A continuation is nobody's child.");

    internal override void ObserveOutcome(int version) => throw new UnreachableException("A continuation has no handle.");

    /// <summary>Waits for a coroutine that was spawned because async code has no task to run it in. It belongs to this await, and is cancelled with it.</summary>
    public void WaitFor(LoopTask spawned)
    {
        _spawned = spawned;
        if (Owner is not null)
            (spawned.Details ??= new TaskDetails()).StandsInFor = this;
        spawned.AddWaiter(this);
        if ((Bits & TaskBits.CancelRequested) != 0)
            spawned.RequestCancel();
    }

    internal override void BeginCancellationWithOwner()
    {
        base.BeginCancellationWithOwner();
        _spawned?.RequestCancel();
    }

    /// <summary>Lets the continuation run in the next turn and find why the await was refused.</summary>
    public void Refuse(ExceptionDispatchInfo refusal)
    {
        _refusal = refusal;
        Loop!.Ready.Enqueue(this);
    }

    internal override void Run()
    {
        EndPull();
        if (_task is not null)
        {
            HandOver(_task);
            return;
        }

        Loop!.RefusedAwait = _refusal;
        if (_context is null)
        {
            _continuation();
            return;
        }

        using (new ReaderContext.Reading(_context))
            _continuation();
    }

    /// <summary>The task asks the awaiter for the result in a step of its own.</summary>
    private void HandOver(LoopTask task)
    {
        if (_refusal is not null)
            task.Details!.Refusal = _refusal;
        if (_refusal is not null || TakeCancellation())
            task.Bits |= TaskBits.LeafCancelled;
        _continuation();
    }

    internal override void Describe(CallChain chain)
    {
        // Ordinary async code keeps its chain to itself.
    }

    private protected override void ClearFrame()
    {
    }
}
