using System.ComponentModel;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Waits for an event when awaited: what <see cref="LoopEvent.Wait"/> returns.</summary>
public readonly struct EventAwaitable : ILoopAwaitable
{
    private readonly LoopEvent? _event;

    internal EventAwaitable(LoopEvent @event) => _event = @event;

    /// <summary>Used by <c>await</c>.</summary>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Awaiter GetAwaiter() => new(_event ?? throw DefaultAwaitable.Exception("EventAwaitable", "LoopEvent.Wait()"));

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of(GetAwaiter());

    /// <summary>Used by <c>await</c>. Reading <see cref="IsCompleted"/> takes the signal if the event resets itself.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : ISignalAwaiter
    {
        private readonly LoopEvent _event;

        internal Awaiter(LoopEvent @event) => _event = @event;

        /// <inheritdoc />
        public bool IsCompleted => _event.TryPass();

        /// <inheritdoc />
        public bool Suspend(LoopTask task) => _event.Suspend(task);

        /// <summary>Ends the await.</summary>
        /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
        public void GetResult() => LoopAwaiters.EndAwait();

        /// <inheritdoc />
        public void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        /// <inheritdoc />
        public void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
