using System.ComponentModel;
using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Waits for an item, without taking it, when awaited: what <see cref="LoopChannel{T}.WaitToRead"/> returns.</summary>
/// <typeparam name="T">The items.</typeparam>
public readonly struct ChannelReadinessAwaitable<T> : ILoopAwaitable<bool>
{
    private readonly LoopChannel<T>? _channel;

    internal ChannelReadinessAwaitable(LoopChannel<T> channel) => _channel = channel;

    /// <summary>Used by <c>await</c>.</summary>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Awaiter GetAwaiter() => new(_channel ?? throw DefaultAwaitable.Exception("ChannelReadinessAwaitable<T>", "LoopChannel<T>.WaitToRead()"));

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of<Awaiter, bool>(GetAwaiter());

    Coroutine ILoopAwaitable<bool>.AsCoroutine(Action<bool> result) => AwaitFrame.Of(GetAwaiter(), result);

    /// <summary>Used by <c>await</c>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : ILoopAwaiter<bool>
    {
        private readonly LoopChannel<T> _channel;

        internal Awaiter(LoopChannel<T> channel) => _channel = channel;

        /// <inheritdoc />
        public bool IsCompleted
        {
            get
            {
                _channel.Loop.VerifyAccess();
                return _channel.IsReadable || _channel.IsCompleted;
            }
        }

        /// <inheritdoc />
        public bool Suspend(LoopTask task) => _channel.SuspendWatcher(task);

        /// <summary>Ends the await.</summary>
        /// <returns>Whether there is, or was, an item.</returns>
        /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
        [StackTraceHidden]
        public bool GetResult()
        {
            LoopAwaiters.EndAwait();
            return TakeResult();
        }

        /// <summary>Ends the await in generated code.</summary>
        /// <returns>Whether there is, or was, an item.</returns>
        [StackTraceHidden]
        public bool TakeResult()
        {
            if (!_channel.IsFinished)
                return true;
            _channel.Fault?.Throw();
            return false;
        }

        /// <inheritdoc />
        public void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        /// <inheritdoc />
        public void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
