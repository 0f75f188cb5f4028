using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Coroutines;

/// <summary>All items of a channel up to its end: what <see cref="LoopChannel{T}.ReadAll"/> returns.</summary>
/// <typeparam name="T">The items.</typeparam>
public readonly struct ChannelItems<T> : IAsyncEnumerable<T>
{
    private readonly LoopChannel<T>? _channel;

    internal ChannelItems(LoopChannel<T> channel) => _channel = channel;

    /// <summary>Used by <c>await foreach</c>.</summary>
    /// <returns>The enumerator.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ChannelEnumerator<T> GetAsyncEnumerator() => ChannelEnumerator<T>.Rent(Channel);

    [SuppressMessage("Design", "CA1033", Justification = "For code that knows nothing of loops; await foreach takes the other one.")]
    IAsyncEnumerator<T> IAsyncEnumerable<T>.GetAsyncEnumerator(CancellationToken cancellationToken) => Iterate(Channel, cancellationToken);

    private LoopChannel<T> Channel => _channel ?? throw DefaultAwaitable.Exception("ChannelItems<T>", "LoopChannel<T>.ReadAll()");

    // Ordinary code cannot be taken out of a wait, so the token is looked at between items.
    private static async IAsyncEnumerator<T> Iterate(LoopChannel<T> channel, CancellationToken cancellationToken)
    {
        while (await channel.WaitToRead())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (channel.TryRead(out var item))
                yield return item;
        }
    }
}
