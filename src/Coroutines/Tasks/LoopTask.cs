using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Coroutines.CompilerServices;

/// <summary>
/// A coroutine's object: its frame, and, if it was spawned, the task that runs. Not meant to be used in user code.
/// </summary>
/// <remarks>
/// <para>One object per task: state bits, list links, waiters and the frame. A coroutine that is awaited as a value instead of spawned is
/// the same object used as a boxed child frame: <see cref="MoveNext"/> is then called with the task that runs it.</para>
/// <para>Owned by the loop's thread. Objects are pooled; <see cref="Version"/> tells a handle whether it still speaks of the same coroutine. An
/// object is recycled only where nothing can be asked of it any more but "did it succeed?", and the answer is yes (see <see cref="Recycle"/>).</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class LoopTask : LoopNode, IWaitSource
{
    internal EventLoop? Loop;
    internal TaskDetails? Details;

    /// <summary>The place in the loop's list of all tasks.</summary>
    internal int Index;

    /// <summary>Those who await this task.</summary>
    internal WaitQueue Waiters;

    internal TaskBits Bits;

    /// <summary>Those who will still ask for the result; <see cref="ushort.MaxValue"/> stands for "too many to count" and stays.</summary>
    private protected ushort Takers;

    /// <summary>Counts the coroutines this object has been.</summary>
    internal int Version;

    private protected LoopTask()
    {
    }

    internal bool IsSpawned => (Bits & TaskBits.Spawned) != 0;

    internal bool IsEnded => (Bits & TaskBits.Ended) != 0;

    /// <summary>Starts or resumes this coroutine as the child of a running task.</summary>
    /// <param name="task">The running task.</param>
    /// <returns>Whether it suspended, completed, or was cancelled.</returns>
    public abstract Step MoveNext(LoopTask task);

    /// <summary>Whether the await that ends now was cancelled; says so once.</summary>
    /// <returns>True if the await must leave as cancelled.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeCancellation()
    {
        if ((Bits & TaskBits.LeafCancelled) == 0)
            return false;
        Bits &= ~TaskBits.LeafCancelled;
        return true;
    }

    /// <summary>Makes the exception of a cancelled await, for a place where a <c>catch</c> can see it.</summary>
    /// <returns>The exception, to be thrown.</returns>
    public Exception CreateCancellation() => new OperationCanceledException("The coroutine's task was cancelled.");

    /// <summary>
    /// Asks to suspend until <paramref name="source"/> signals this task. If it may, the caller registers the task with the source
    /// and suspends; if not, the await is cancelled at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryPark(IWaitSource source)
    {
        if (!MaySuspend())
            return false;
        WaitSource = source;
        return true;
    }

    /// <summary>As <see cref="TryPark(IWaitSource)"/>, for a source that signals by way of <paramref name="loop"/>.</summary>
    /// <exception cref="InvalidOperationException">The task is one of another loop, which may be one of the same thread.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryPark(IWaitSource source, EventLoop loop)
    {
        if (!ReferenceEquals(Loop, loop))
            ThrowOtherLoop(loop);
        return TryPark(source);
    }

    /// <summary>Whether the running await may suspend; if not, it is cancelled at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool MaySuspend()
    {
        if ((Bits & TaskBits.CancelRequested) == 0)
            return true;
        MarkCancelled();
        return false;
    }

    /// <summary>Whether <paramref name="version"/> is the coroutine this object is now, rather than an earlier one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Is(int version) => Version == version;

    /// <summary>Marks a cold coroutine as used, by await or spawn.</summary>
    internal void Consume(int version)
    {
        VerifyCold(version);
        Bits |= TaskBits.Consumed;
    }

    /// <summary>Throws unless the coroutine has not been used yet.</summary>
    internal void VerifyCold(int version)
    {
        if (Version != version || (Bits & TaskBits.Consumed) != 0)
            ThrowConsumed();
    }

    /// <summary>Makes the object fit for another coroutine. Handles of this one become stale, which they read as "succeeded".</summary>
    internal void Recycle(EventLoop loop, int kind)
    {
        Version++;
        Bits = TaskBits.None;
        if (Details is { } details)
        {
            details.Name = null;
            details.Context = null;
        }

        loop.Pools.Return(kind, this);
    }

    internal CoroutineStatus StatusOf(int version)
    {
        if (!Is(version) || (Bits & TaskBits.RanToCompletion) != 0)
            return CoroutineStatus.RanToCompletion;
        if ((Bits & TaskBits.Faulted) != 0)
            return CoroutineStatus.Faulted;
        return (Bits & TaskBits.Cancelled) != 0 ? CoroutineStatus.Cancelled : CoroutineStatus.Running;
    }

    /// <summary>Starts or resumes this coroutine as the child of one in the compiler's lowering, whose <c>GetResult</c> asks for the outcome.</summary>
    /// <returns>True when it has ended, however; false if it suspended.</returns>
    [StackTraceHidden]
    internal virtual bool RunAsChild(LoopTask task)
    {
        try
        {
            var step = MoveNext(task);
            if (step == Step.Pending)
                return false;
            EndAsChild(step);
        }
        catch (Exception exception)
        {
            FailAsChild(ExceptionDispatchInfo.Capture(exception));
        }

        return true;
    }

    private protected void EndAsChild(Step step) => Bits |= step == Step.Completed ? TaskBits.RanToCompletion : TaskBits.Cancelled;

    private protected void FailAsChild(ExceptionDispatchInfo fault)
    {
        Bits |= TaskBits.Faulted;
        (Details ??= new TaskDetails()).ChildFault = fault;
    }

    /// <summary>Says in which coroutines the task is suspended.</summary>
    internal abstract void Describe(CallChain chain);

    /// <inheritdoc />
    string IWaitSource.Describe(LoopNode node) => Details?.Name is { } name ? $"task \"{name}\"" : "a task";

    /// <summary>Adds somebody who awaits this task.</summary>
    internal virtual void AddWaiter(LoopNode waiter) => Waiters.Append(waiter);

    /// <summary>Takes back somebody who awaited this task and was cancelled.</summary>
    internal virtual void Abandon(LoopNode node) => Waiters.Remove(node);

    void IWaitSource.Abandon(LoopNode node) => Abandon(node);

    /// <summary>Returns if the coroutine <paramref name="version"/> succeeded, throws as it ended otherwise. Takes no result.</summary>
    internal abstract void ObserveOutcome(int version);

    // Woken there, the task would run on a loop that is not its own.
    private static void ThrowOtherLoop(EventLoop loop)
    {
        loop.VerifyAccess();
        throw new InvalidOperationException(
            "This belongs to another event loop of this thread than the task that awaits it. Await it on its own loop, and hand the outcome over with the Post… members of a Future<T>, or with AsTask().");
    }

    private static void ThrowConsumed() => throw new InvalidOperationException(
        "This coroutine has been awaited or spawned before. A coroutine runs once: call the method again for another run, or spawn it and await the CoroutineTask several times.");
}
