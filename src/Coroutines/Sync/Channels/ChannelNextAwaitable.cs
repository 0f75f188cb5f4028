using System.ComponentModel;
using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Reads the next item of an <c>await foreach</c> when awaited.</summary>
/// <typeparam name="T">The items.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ChannelNextAwaitable<T> : ILoopAwaitable<bool>
{
    private readonly LoopChannel<T>? _channel;
    private readonly ChannelEnumerator<T> _enumerator;

    internal ChannelNextAwaitable(LoopChannel<T> channel, ChannelEnumerator<T> enumerator)
    {
        _channel = channel;
        _enumerator = enumerator;
    }

    /// <summary>Used by <c>await</c>.</summary>
    /// <returns>The awaiter.</returns>
    public Awaiter GetAwaiter() => new(_channel ?? throw DefaultAwaitable.Exception("ChannelNextAwaitable<T>", "MoveNextAsync()"), _enumerator);

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of<Awaiter, bool>(GetAwaiter());

    Coroutine ILoopAwaitable<bool>.AsCoroutine(Action<bool> result) => AwaitFrame.Of(GetAwaiter(), result);

    /// <summary>Used by <c>await</c>. Reading <see cref="IsCompleted"/> takes an item if there is one.</summary>
    public struct Awaiter : ILoopAwaiter<bool>
    {
        private readonly LoopChannel<T> _channel;
        private readonly ChannelEnumerator<T> _enumerator;
        private ChannelRead<T> _read;

        internal Awaiter(LoopChannel<T> channel, ChannelEnumerator<T> enumerator)
        {
            _channel = channel;
            _enumerator = enumerator;
        }

        /// <inheritdoc />
        public bool IsCompleted => _read.TryComplete(_channel);

        /// <inheritdoc />
        public readonly bool Suspend(LoopTask task) => _channel.SuspendReader(task);

        /// <summary>Ends the await.</summary>
        /// <returns>Whether there is an item.</returns>
        /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
        [StackTraceHidden]
        public readonly bool GetResult()
        {
            LoopAwaiters.EndAwait();
            return TakeResult();
        }

        /// <summary>Ends the await in generated code.</summary>
        /// <returns>Whether there is an item.</returns>
        [StackTraceHidden]
        public readonly bool TakeResult()
        {
            bool isItem = _read.TryGetItem(_channel, out var item);
            _enumerator.Current = item;
            if (!isItem)
                _channel.Fault?.Throw();
            return isItem;
        }

        /// <inheritdoc />
        public readonly void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        /// <inheritdoc />
        public readonly void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
