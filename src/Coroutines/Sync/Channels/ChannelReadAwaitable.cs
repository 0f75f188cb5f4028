using System.ComponentModel;
using System.Diagnostics;
using System.Threading.Channels;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Reads an item when awaited: what <see cref="LoopChannel{T}.Read"/> returns.</summary>
/// <typeparam name="T">The items.</typeparam>
public readonly struct ChannelReadAwaitable<T> : ILoopAwaitable<T>
{
    private readonly LoopChannel<T>? _channel;

    internal ChannelReadAwaitable(LoopChannel<T> channel) => _channel = channel;

    /// <summary>Used by <c>await</c>.</summary>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Awaiter GetAwaiter() => new(_channel ?? throw DefaultAwaitable.Exception("ChannelReadAwaitable<T>", "LoopChannel<T>.Read()"));

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of<Awaiter, T>(GetAwaiter());

    Coroutine ILoopAwaitable<T>.AsCoroutine(Action<T> result) => AwaitFrame.Of(GetAwaiter(), result);

    /// <summary>Used by <c>await</c>. Reading <see cref="IsCompleted"/> takes an item if there is one.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public struct Awaiter : ILoopAwaiter<T>
    {
        private readonly LoopChannel<T> _channel;
        private ChannelRead<T> _read;

        internal Awaiter(LoopChannel<T> channel) => _channel = channel;

        /// <inheritdoc />
        public bool IsCompleted => _read.TryComplete(_channel);

        /// <inheritdoc />
        public readonly bool Suspend(LoopTask task) => _channel.SuspendReader(task);

        /// <summary>Ends the await.</summary>
        /// <returns>The item.</returns>
        /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
        /// <exception cref="ChannelClosedException">The channel was completed, and no item is left.</exception>
        [StackTraceHidden]
        public readonly T GetResult()
        {
            LoopAwaiters.EndAwait();
            return TakeResult();
        }

        /// <summary>Ends the await in generated code.</summary>
        /// <returns>The item.</returns>
        [StackTraceHidden]
        public readonly T TakeResult() => _read.TryGetItem(_channel, out var item) ? item : throw _channel.Closed();

        /// <inheritdoc />
        public readonly void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        /// <inheritdoc />
        public readonly void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
