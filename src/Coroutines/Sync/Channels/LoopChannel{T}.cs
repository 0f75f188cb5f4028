using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace Coroutines;

/// <summary>
/// Carries items from coroutines that write to coroutines that read, any number of each. Belongs to one loop; loop thread only. Made by <see cref="LoopChannel"/>.
/// </summary>
/// <remarks>
/// <para>First come, first served, on both sides: an item goes to the reader that waits longest, room to the writer that waits longest, and nobody can take it in between. An item is
/// never lost or given twice, whoever is cancelled.</para>
/// <para>Reads and writes that need not wait do not suspend.</para>
/// </remarks>
/// <typeparam name="T">The items.</typeparam>
[DebuggerDisplay("items = {Count}, completed = {IsCompleted}")]
public sealed partial class LoopChannel<T>
{
    private readonly EventLoop _loop;
    private readonly ChannelBuffer<T> _buffer;
    private readonly int _capacity;

    internal LoopChannel(EventLoop? loop, ChannelBuffer<T> buffer, int capacity)
    {
        _loop = loop ?? EventLoop.Current;
        _loop.VerifyAccess();
        _buffer = buffer;
        _capacity = capacity;
        _allDone = new LoopEvent(_loop, EventResetMode.ManualReset, isSet: true);
    }

    /// <summary>How many items it keeps: written, and not given to a reader. Those of writers that wait are not counted.</summary>
    public int Count => _buffer.Count;

    /// <summary>How many items it can keep, 0 for a rendezvous channel; null for any number.</summary>
    public int? Capacity => _capacity == int.MaxValue ? null : _capacity;

    /// <summary>Whether it was completed: nothing can be written any more. There may be items to read.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>Writes an item. Suspends while the channel is full, or, if it is a rendezvous channel, until somebody reads. Loop thread only.</summary>
    /// <remarks>
    /// Cancelled while it waits, it has not written: nobody will read the item. Once the item was taken, it ends as usual even if it is cancelled before it goes on.
    /// </remarks>
    /// <param name="item">The item.</param>
    /// <returns>Something to await, which throws <see cref="ChannelClosedException"/> if the channel is completed before the item was written.</returns>
    public ChannelWriteAwaitable<T> Write(T item) => new(this, item);

    /// <summary>Writes an item if there is room, or a reader that waits for it. Does not suspend; loop thread only.</summary>
    /// <param name="item">The item.</param>
    /// <returns>False if the channel is full or completed.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool TryWrite(T item)
    {
        _loop.VerifyAccess();
        return !IsCompleted && TryPut(item);
    }

    /// <summary>Reads an item. Suspends while there is none. Loop thread only.</summary>
    /// <remarks>Cancelled while it waits, it takes no item. Once it was handed one, it ends as usual even if it is cancelled before it goes on.</remarks>
    /// <returns>Something to await, which throws <see cref="ChannelClosedException"/> if the channel is completed and no item is left.</returns>
    public ChannelReadAwaitable<T> Read() => new(this);

    /// <summary>Reads an item if there is one, or a writer that waits with one. Does not suspend; loop thread only.</summary>
    /// <param name="item">The item; the default value if there is none.</param>
    /// <returns>False if there is none.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool TryRead(out T item)
    {
        _loop.VerifyAccess();
        return TryTake(out item);
    }

    /// <summary>Waits until there is an item to read, without taking it. Suspends while there is none. Loop thread only.</summary>
    /// <remarks>
    /// The item is not kept for the one who waited: another one may read it first, so go on with <see cref="TryRead"/> in a loop. Cancellation leaves nothing behind.
    /// </remarks>
    /// <returns>Something to await: true if there is, or was, an item; false if there will be none. Throws the fault with which the channel was completed, once no item is left.</returns>
    public ChannelReadinessAwaitable<T> WaitToRead() => new(this);

    /// <summary>
    /// All items up to the channel's end, each given to one reader: <c>await foreach (var item in channel.ReadAll())</c>. Suspends between items while there is none. Loop thread only.
    /// </summary>
    /// <remarks>Ends when the channel is completed and no item is left, by throwing if it was completed with a fault. Cancellation is that of <see cref="Read"/>.</remarks>
    /// <returns>The items, for <c>await foreach</c> in a coroutine; ordinary code can use them as an <see cref="IAsyncEnumerable{T}"/>.</returns>
    public ChannelItems<T> ReadAll() => new(this);

    internal EventLoop Loop => _loop;

    /// <summary>An enumerator that no <c>await foreach</c> uses, if there is one.</summary>
    internal ChannelEnumerator<T>? SpareEnumerator { get; set; }

    internal ExceptionDispatchInfo? Fault { get; private set; }

    internal ChannelClosedException Closed() => Fault is { } fault
        ? new ChannelClosedException("The channel was completed with a fault.", fault.SourceException)
        : new ChannelClosedException("The channel was completed.");
}
