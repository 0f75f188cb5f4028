using System.ComponentModel;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Waits for a time on the loop's clock: what <see cref="Coroutine.Delay"/> returns. The time begins when it is awaited.</summary>
public readonly struct DelayAwaitable : ILoopAwaitable
{
    private readonly TimeSpan _delay;

    internal DelayAwaitable(TimeSpan delay) => _delay = delay;

    /// <summary>Used by <c>await</c>.</summary>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Awaiter GetAwaiter() => new(_delay);

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of(GetAwaiter());

    /// <summary>Used by <c>await</c>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : ISignalAwaiter
    {
        private readonly TimeSpan _delay;

        internal Awaiter(TimeSpan delay) => _delay = delay;

        /// <inheritdoc />
        public bool IsCompleted => false;

        /// <inheritdoc />
        public bool Suspend(LoopTask task)
        {
            var loop = task.Loop!;
            if (!task.MaySuspend())
                return false;
            task.Deadline = loop.DeadlineAfter(_delay);
            loop.ArmTimer(task);
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
