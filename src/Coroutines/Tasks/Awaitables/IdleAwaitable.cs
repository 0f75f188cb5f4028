using System.ComponentModel;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Waits until nothing else can run: what <see cref="Coroutine.UntilIdle"/> returns.</summary>
public readonly struct IdleAwaitable : ILoopAwaitable
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
        /// <inheritdoc />
        public bool IsCompleted => false;

        /// <inheritdoc />
        public bool Suspend(LoopTask task)
        {
            var idle = task.Loop!.Idle;
            if (!task.TryPark(idle))
                return false;
            idle.Queue.Append(task);
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
