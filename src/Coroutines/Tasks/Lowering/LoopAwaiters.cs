using System.Diagnostics.CodeAnalysis;
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
    public static LoopTask RunningTask => EventLoop.Current.CurrentTask
        ?? throw new InvalidOperationException("No coroutine runs here. Spawn the coroutine on a loop, or await it in an async method that the loop runs.");

    /// <summary>Whether awaiters of this type understand <see cref="Marker"/>.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "The static is the cached answer for one type.")]
    public static class Knows<TAwaiter>
    {
        public static readonly bool Marker = typeof(IMarkedAwaiter).IsAssignableFrom(typeof(TAwaiter));
    }

    public static void OnCompleted<TAwaiter>(TAwaiter awaiter, Action continuation)
        where TAwaiter : struct, ILoopAwaiter
    {
        if (ReferenceEquals(continuation, Marker))
        {
            // Refused or not: the mark on the task says so.
            awaiter.Suspend(RunningTask);
            return;
        }

        ArgumentNullException.ThrowIfNull(continuation);
        var waiter = new ContinuationTask(EventLoop.Current, continuation);
        awaiter.Suspend(waiter);
    }
}
