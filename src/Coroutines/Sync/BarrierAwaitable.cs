using System.ComponentModel;
using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Arrives at a barrier when awaited: what <see cref="LoopBarrier.SignalAndWait"/> returns.</summary>
public readonly struct BarrierAwaitable : ILoopAwaitable<int>
{
    private readonly LoopBarrier? _barrier;

    internal BarrierAwaitable(LoopBarrier barrier) => _barrier = barrier;

    /// <summary>Used by <c>await</c>.</summary>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Awaiter GetAwaiter() => new(_barrier ?? throw DefaultAwaitable.Exception("BarrierAwaitable", "LoopBarrier.SignalAndWait()"));

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of<Awaiter, int>(GetAwaiter());

    Coroutine ILoopAwaitable<int>.AsCoroutine(Action<int> result) => AwaitFrame.Of(GetAwaiter(), result);

    /// <summary>Used by <c>await</c>. Reading <see cref="IsCompleted"/> completes the phase if this is the last one to arrive.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public struct Awaiter : ILoopAwaiter<int>
    {
        private readonly LoopBarrier _barrier;

        // How the await ends that did not suspend; one that did finds it in the task.
        private long _outcome;
        private bool _isCompleted;

        internal Awaiter(LoopBarrier barrier) => _barrier = barrier;

        /// <inheritdoc />
        public bool IsCompleted => _isCompleted = _barrier.TryArriveLast(out _outcome);

        /// <inheritdoc />
        public readonly bool Suspend(LoopTask task) => _barrier.Suspend(task);

        /// <summary>Ends the await.</summary>
        /// <returns>The place in the order of arrival.</returns>
        /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
        /// <exception cref="BrokenBarrierException">The barrier is broken, or was reset.</exception>
        [StackTraceHidden]
        public readonly int GetResult()
        {
            LoopAwaiters.EndAwait();
            return TakeResult();
        }

        /// <summary>Ends the await in generated code.</summary>
        /// <returns>The place in the order of arrival.</returns>
        [StackTraceHidden]
        public readonly int TakeResult() => _barrier.PlaceOf(_isCompleted ? _outcome : _barrier.EndedWait);

        /// <inheritdoc />
        public readonly void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        /// <inheritdoc />
        public readonly void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
