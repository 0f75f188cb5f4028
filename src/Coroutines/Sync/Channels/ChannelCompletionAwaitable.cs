using System.ComponentModel;
using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Waits for the end of a channel when awaited: what <see cref="LoopChannel{T}.Completion"/> returns.</summary>
/// <typeparam name="T">The items.</typeparam>
public readonly struct ChannelCompletionAwaitable<T> : ILoopAwaitable
{
    private readonly LoopChannel<T>? _channel;

    internal ChannelCompletionAwaitable(LoopChannel<T> channel) => _channel = channel;

    /// <summary>Used by <c>await</c>.</summary>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Awaiter GetAwaiter() => new(_channel ?? throw DefaultAwaitable.Exception("ChannelCompletionAwaitable<T>", "LoopChannel<T>.Completion"));

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of<Awaiter, Unit>(GetAwaiter());

    /// <summary>Used by <c>await</c>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : ILoopAwaiter<Unit>
    {
        private readonly LoopChannel<T> _channel;

        internal Awaiter(LoopChannel<T> channel) => _channel = channel;

        /// <inheritdoc />
        public bool IsCompleted
        {
            get
            {
                _channel.Loop.VerifyAccess();
                return _channel.IsFinished;
            }
        }

        /// <inheritdoc />
        public bool Suspend(LoopTask task) => _channel.SuspendFinisher(task);

        /// <summary>Ends the await, by throwing if the channel was completed with a fault.</summary>
        /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
        [StackTraceHidden]
        public void GetResult()
        {
            LoopAwaiters.EndAwait();
            TakeResult();
        }

        Unit ILoopAwaiter<Unit>.TakeResult()
        {
            TakeResult();
            return default;
        }

        /// <summary>Ends the await in generated code.</summary>
        [StackTraceHidden]
        public void TakeResult() => _channel.Fault?.Throw();

        /// <inheritdoc />
        public void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        /// <inheritdoc />
        public void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
