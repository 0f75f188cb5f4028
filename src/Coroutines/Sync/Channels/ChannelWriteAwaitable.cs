using System.ComponentModel;
using System.Diagnostics;
using System.Threading.Channels;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Writes an item when awaited: what <see cref="LoopChannel{T}.Write"/> returns.</summary>
/// <typeparam name="T">The items.</typeparam>
public readonly struct ChannelWriteAwaitable<T> : ILoopAwaitable
{
    private readonly LoopChannel<T>? _channel;
    private readonly T _item;

    internal ChannelWriteAwaitable(LoopChannel<T> channel, T item)
    {
        _channel = channel;
        _item = item;
    }

    /// <summary>Used by <c>await</c>.</summary>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Awaiter GetAwaiter() => new(_channel ?? throw DefaultAwaitable.Exception("ChannelWriteAwaitable<T>", "LoopChannel<T>.Write()"), _item);

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of<Awaiter, Unit>(GetAwaiter());

    /// <summary>Used by <c>await</c>. Reading <see cref="IsCompleted"/> writes the item if there is room.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public struct Awaiter : ILoopAwaiter<Unit>
    {
        private readonly LoopChannel<T> _channel;
        private readonly T _item;

        // How the await ends that did not suspend, 0 for one that did: that one finds it in the task.
        private long _outcome;

        internal Awaiter(LoopChannel<T> channel, T item)
        {
            _channel = channel;
            _item = item;
        }

        /// <inheritdoc />
        public bool IsCompleted
        {
            get
            {
                _channel.Loop.VerifyAccess();
                if (_channel.IsCompleted)
                    _outcome = ChannelTag.Closed;
                else if (_channel.TryPut(_item))
                    _outcome = ChannelTag.Written;
                return _outcome != 0;
            }
        }

        /// <inheritdoc />
        public readonly bool Suspend(LoopTask task) => _channel.SuspendWriter(task, _item);

        /// <summary>Ends the await.</summary>
        /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
        /// <exception cref="ChannelClosedException">The channel was completed before the item was written.</exception>
        [StackTraceHidden]
        public readonly void GetResult()
        {
            LoopAwaiters.EndAwait();
            TakeResult();
        }

        readonly Unit ILoopAwaiter<Unit>.TakeResult()
        {
            TakeResult();
            return default;
        }

        /// <summary>Ends the await in generated code.</summary>
        [StackTraceHidden]
        public readonly void TakeResult()
        {
            if ((_outcome != 0 ? _outcome : _channel.EndedWait) == ChannelTag.Closed)
                throw _channel.Closed();
        }

        /// <inheritdoc />
        public readonly void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        /// <inheritdoc />
        public readonly void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
