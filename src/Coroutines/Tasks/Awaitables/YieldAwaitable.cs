using System.ComponentModel;
using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Puts the task at the back of the ready queue: what <see cref="Coroutine.Yield"/> returns.</summary>
public readonly struct YieldAwaitable : ILoopAwaitable
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
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Suspend(LoopTask task)
        {
            if (!task.MaySuspend())
                return false;
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
