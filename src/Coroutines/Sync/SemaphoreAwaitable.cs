using System.ComponentModel;
using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Acquires a permit when awaited: what <see cref="LoopSemaphore.Acquire"/> returns.</summary>
public readonly struct SemaphoreAwaitable : ILoopAwaitable<LoopSemaphore.Permit>
{
    private readonly LoopSemaphore? _semaphore;

    internal SemaphoreAwaitable(LoopSemaphore semaphore) => _semaphore = semaphore;

    /// <summary>Used by <c>await</c>.</summary>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Awaiter GetAwaiter() => new(_semaphore ?? throw DefaultAwaitable.Exception("SemaphoreAwaitable", "LoopSemaphore.Acquire()"));

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of<Awaiter, LoopSemaphore.Permit>(GetAwaiter());

    Coroutine ILoopAwaitable<LoopSemaphore.Permit>.AsCoroutine(Action<LoopSemaphore.Permit> result) => AwaitFrame.Of(GetAwaiter(), result);

    /// <summary>Used by <c>await</c>. Reading <see cref="IsCompleted"/> takes a permit if there is one.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : ILoopAwaiter<LoopSemaphore.Permit>
    {
        private readonly LoopSemaphore _semaphore;

        internal Awaiter(LoopSemaphore semaphore) => _semaphore = semaphore;

        /// <inheritdoc />
        public bool IsCompleted => _semaphore.TryTake();

        /// <inheritdoc />
        public bool Suspend(LoopTask task) => _semaphore.Suspend(task);

        /// <summary>Ends the await.</summary>
        /// <returns>Releases the permit when disposed.</returns>
        /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
        [StackTraceHidden]
        public LoopSemaphore.Permit GetResult()
        {
            LoopAwaiters.EndAwait();
            return TakeResult();
        }

        /// <summary>Ends the await in generated code.</summary>
        /// <returns>Releases the permit when disposed.</returns>
        public LoopSemaphore.Permit TakeResult() => new(_semaphore);

        /// <inheritdoc />
        public void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        /// <inheritdoc />
        public void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
