using System.ComponentModel;
using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Acquires a lock when awaited: what <see cref="LoopLock.Acquire"/> returns.</summary>
public readonly struct LockAwaitable : ILoopAwaitable<LoopLock.Holder>
{
    private readonly LoopLock? _mutex;

    internal LockAwaitable(LoopLock mutex) => _mutex = mutex;

    /// <summary>Used by <c>await</c>.</summary>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Awaiter GetAwaiter() => new(_mutex ?? throw DefaultAwaitable.Exception("LockAwaitable", "LoopLock.Acquire()"));

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of<Awaiter, LoopLock.Holder>(GetAwaiter());

    Coroutine ILoopAwaitable<LoopLock.Holder>.AsCoroutine(Action<LoopLock.Holder> result) => AwaitFrame.Of(GetAwaiter(), result);

    /// <summary>Used by <c>await</c>. Reading <see cref="IsCompleted"/> acquires the lock if it can.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : ILoopAwaiter<LoopLock.Holder>
    {
        private readonly LoopLock _mutex;

        internal Awaiter(LoopLock mutex) => _mutex = mutex;

        /// <inheritdoc />
        public bool IsCompleted => _mutex.TryTake();

        /// <inheritdoc />
        public bool Suspend(LoopTask task) => _mutex.Suspend(task);

        /// <summary>Ends the await.</summary>
        /// <returns>Releases the lock when disposed.</returns>
        /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
        [StackTraceHidden]
        public LoopLock.Holder GetResult()
        {
            LoopAwaiters.EndAwait();
            return TakeResult();
        }

        /// <summary>Ends the await in generated code.</summary>
        /// <returns>Releases the lock when disposed.</returns>
        public LoopLock.Holder TakeResult() => _mutex.Holding;

        /// <inheritdoc />
        public void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        /// <inheritdoc />
        public void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
