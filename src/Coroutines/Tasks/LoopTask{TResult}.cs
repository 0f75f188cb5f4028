using System.ComponentModel;
using System.Diagnostics;

namespace Coroutines.CompilerServices;

/// <summary>A <see cref="LoopTask"/> with a result. Not meant to be used in user code.</summary>
/// <typeparam name="TResult">The result, <see cref="Unit"/> if there is none.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LoopTask<TResult> : LoopTask
{
    private protected LoopTask()
    {
    }

    /// <summary>Takes the result of a child that completed, and recycles the child.</summary>
    /// <param name="task">The running task.</param>
    /// <returns>The result.</returns>
    public abstract TResult TakeResult(LoopTask task);

    /// <summary>Takes the result without recycling: for a task that others may still await.</summary>
    private protected abstract TResult PeekResult();

    /// <summary>The pool this object belongs to.</summary>
    private protected abstract int Kind { get; }

    /// <summary>Recycles a child that was cancelled, for the one who ran it: nobody else has seen it.</summary>
    internal void Discard(LoopTask task)
    {
        ClearFrame();
        Recycle(task.Loop!, Kind);
    }

    /// <summary>The last thing a spawned task does in a step that does not suspend.</summary>
    private protected void Finish(Step step)
    {
        End(step);
        // Nobody can ask more of a task without a result than whether it succeeded, which a stale handle answers.
        if (step == Step.Completed && typeof(TResult) == typeof(Unit))
        {
            Takers = 0;
            TakeResult(this);
        }
        else if (step == Step.Cancelled)
            ClearFrame();
    }

    internal sealed override void AddWaiter(LoopNode waiter)
    {
        base.AddWaiter(waiter);
        AddTaker();
    }

    internal sealed override void Abandon(LoopNode node)
    {
        base.Abandon(node);
        RemoveTaker();
    }

    [StackTraceHidden]
    internal sealed override void ObserveOutcome(int version)
    {
        if (Is(version) && (Bits & TaskBits.RanToCompletion) == 0)
            ThrowOutcome();
    }

    /// <summary>Counts somebody who will ask for the result without waiting in the queue.</summary>
    internal void AddTaker()
    {
        if (Takers != ushort.MaxValue)
            Takers++;
    }

    /// <summary>Whether there is an outcome; if so, the caller will take it (see <see cref="TakeOutcome"/>).</summary>
    internal bool IsEndedForTaker(int version)
    {
        if (!Is(version))
            return true;
        if (!IsEnded)
            return false;
        AddTaker();
        return true;
    }

    /// <summary>
    /// The outcome for an awaiter of the task: returns or throws. Everybody who waits, or was told that the task had ended, counts as a
    /// taker; the object is recycled when the last taker has the result.
    /// </summary>
    [StackTraceHidden]
    internal TResult TakeOutcome(int version)
    {
        if (!Is(version))
            return StaleResult();
        if ((Bits & TaskBits.RanToCompletion) == 0)
            ThrowOutcome();
        if (Takers > 1)
        {
            RemoveTaker();
            return PeekResult();
        }

        Takers = 0;
        return TakeResult(this);
    }

    /// <summary>The outcome of a child run by the compiler's lowering.</summary>
    [StackTraceHidden]
    internal TResult TakeChildOutcome(int version)
    {
        if (!Is(version))
            return StaleResult();
        if ((Bits & TaskBits.RanToCompletion) != 0)
            return TakeResult(LoopAwaiters.RunningTask);
        if ((Bits & TaskBits.Cancelled) != 0)
            throw CreateCancellation();
        Details?.ChildFault?.Throw();
        throw new InvalidOperationException("The coroutine has not run. Await it; GetAwaiter().GetResult() cannot wait for it.");
    }

    // A taker who never announced itself (GetResult called by hand on an ended task) finds zero.
    private void RemoveTaker()
    {
        if (Takers is not (0 or ushort.MaxValue))
            Takers--;
    }

    private static TResult StaleResult() => typeof(TResult) == typeof(Unit)
        ? default!
        : throw new InvalidOperationException("The result of this task has been taken. A CoroutineTask<T> can be awaited by many while it runs, and once after it has ended; keep the result, or use a Future<T>.");

    [StackTraceHidden]
    private void ThrowOutcome()
    {
        if ((Bits & TaskBits.Cancelled) != 0)
            throw new OperationCanceledException("The awaited task was cancelled.");
        if ((Bits & TaskBits.Faulted) == 0)
            throw new InvalidOperationException("The task has not ended. Await it instead of asking for its result.");
        Details!.Fault!.Throw();
    }
}
