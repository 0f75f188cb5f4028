using System.ComponentModel;

namespace Coroutines;

/// <summary>Reads a channel for one <c>await foreach</c>. The channel keeps one that is not used, so that a loop after another allocates nothing. Loop thread only.</summary>
/// <typeparam name="T">The items.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChannelEnumerator<T>
{
    private readonly LoopChannel<T> _channel;

    private ChannelEnumerator(LoopChannel<T> channel) => _channel = channel;

    /// <summary>The item read last.</summary>
    public T Current { get; internal set; } = default!;

    /// <summary>Reads the next item. Suspends while there is none.</summary>
    /// <returns>Something to await: whether there is an item. Throws the fault with which the channel was completed.</returns>
    public ChannelNextAwaitable<T> MoveNextAsync() => new(_channel, this);

    /// <summary>Ends the enumeration; what was not read stays in the channel. Does not suspend.</summary>
    /// <returns>Something that is completed.</returns>
    public ValueTask DisposeAsync()
    {
        Current = default!;
        _channel.SpareEnumerator = this;
        return default;
    }

    internal static ChannelEnumerator<T> Rent(LoopChannel<T> channel)
    {
        var enumerator = channel.SpareEnumerator ?? new ChannelEnumerator<T>(channel);
        channel.SpareEnumerator = null;
        return enumerator;
    }
}
