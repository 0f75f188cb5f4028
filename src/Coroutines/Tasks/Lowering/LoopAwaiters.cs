using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>What awaiters of this library do when the compiler's lowering, or foreign async code, awaits them.</summary>
internal static class LoopAwaiters
{
    /// <summary>
    /// The continuation that says "suspend the running task": the awaiter's own type is known at the call, so nothing is boxed,
    /// which a test for an interface would do in code that is not optimised yet.
    /// </summary>
    public static readonly Action Marker = static () => throw new InvalidOperationException("The marker is not a continuation.");

    /// <summary>The task whose step runs on this thread.</summary>
    public static LoopTask RunningTask => EventLoop.Current.CurrentTask ?? throw NoTask();

    /// <inheritdoc cref="EventLoop.LogicalTask" />
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static LoopTask LogicalTask => EventLoop.Current.LogicalTask ?? throw NoTask();

    /// <summary>The task for which code runs on this thread: it need not be its step, for streams of the compiler's are read through continuations.</summary>
    public static LoopTask ReadingTask => EventLoop.Current.ReadingTask ?? throw NoTask();

    /// <summary>Whether awaiters of this type understand <see cref="Marker"/>.</summary>
    public static class Knows<TAwaiter>
    {
        public static readonly bool Marker = typeof(IMarkedAwaiter).IsAssignableFrom(typeof(TAwaiter));
    }

    /// <summary>
    /// Suspends the running task, or arranges for <paramref name="continuation"/> to be called. Never throws: async code takes no
    /// exception here (ordinary async methods end the process, the compiler's lowering skips <c>finally</c> blocks), so a refusal waits for <see cref="EndAwait"/>.
    /// </summary>
    public static void OnCompleted<TAwaiter>(TAwaiter awaiter, Action continuation)
        where TAwaiter : struct, ILoopAwaiter
    {
        if (EventLoop.CurrentOrNull is not { } loop)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static continuation => ((Action)continuation!)(), continuation);
            return;
        }

        var waiter = ReferenceEquals(continuation, Marker) ? loop.CurrentTask! : ContinuationTask.Of(loop, continuation);
        try
        {
            // A pull that is cancelled already goes on in the next turn: async code cannot go on inside the call that suspends it.
            if (!awaiter.Suspend(waiter) && waiter is ContinuationTask cancelled)
                loop.Ready.Enqueue(cancelled);
        }
        catch (Exception exception)
        {
            var refusal = ExceptionDispatchInfo.Capture(exception);
            if (waiter is ContinuationTask other)
                other.Refuse(refusal);
            else
                loop.RefusedAwait = refusal;
        }
    }

    /// <summary>Ends the await of a loop awaiter outside generated code: throws if it was refused or cancelled.</summary>
    [StackTraceHidden]
    public static void EndAwait()
    {
        var loop = EventLoop.Current;
        if (loop.RefusedAwait is { } refusal)
        {
            loop.RefusedAwait = null;
            refusal.Throw();
        }

        if (loop.Ready.RunningNode is not LoopTask task || !task.TakeCancellation())
            return;
        if (task.Details is { Refusal: { } late } details)
        {
            details.Refusal = null;
            late.Throw();
        }

        throw task.CreateCancellation();
    }

    private static InvalidOperationException NoTask() =>
        new("No coroutine runs here. Spawn the coroutine on a loop, or await it in an async method that the loop runs.");
}
