using System.ComponentModel;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>A place where a cancellation is felt and nothing is waited for: what <see cref="Coroutine.Checkpoint"/> returns.</summary>
public readonly struct CheckpointAwaitable : ILoopAwaitable
{
    /// <summary>Used by <c>await</c>.</summary>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Awaiter GetAwaiter() => default;

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of(GetAwaiter());

    /// <summary>Used by <c>await</c>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : ISignalAwaiter
    {
        /// <summary>Whether no cancellation is felt here.</summary>
        public bool IsCompleted => EventLoop.CurrentOrNull?.CurrentTask is not { } task || (task.Bits & TaskBits.CancelRequested) == 0;

        /// <inheritdoc />
        public bool Suspend(LoopTask task)
        {
            if (!task.MaySuspend())
                return false;
            // Ordinary async code that a cancelled coroutine awaits is not cancelled itself.
            task.Loop!.Ready.Enqueue(task);
            return true;
        }

        /// <summary>Ends the await.</summary>
        /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
        public void GetResult() => LoopAwaiters.EndAwait();

        /// <inheritdoc />
        public void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        /// <inheritdoc />
        public void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
