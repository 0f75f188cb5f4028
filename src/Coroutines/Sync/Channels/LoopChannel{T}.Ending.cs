using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Coroutines.CompilerServices;

namespace Coroutines;

// The end: no more writing, nothing left to read, everything read also done.
public sealed partial class LoopChannel<T>
{
    private readonly LoopEvent _allDone;
    private WaitQueue _finishers;
    private long _undone;

    /// <summary>
    /// Ends once the channel is completed and no item is left to read; throws the fault with which it was completed. Awaiting it suspends until then. Cancelling the await changes nothing. Loop thread only.
    /// </summary>
    public ChannelCompletionAwaitable<T> Completion => new(this);

    /// <summary>
    /// Ends writing: what was written can still be read, then readers learn that it is the end. Writers that wait have not written, and get <see cref="ChannelClosedException"/>. Does not suspend; loop thread only.
    /// </summary>
    /// <param name="fault">Why; null for a regular end. Readers get it once no item is left.</param>
    /// <exception cref="ChannelClosedException">It is completed already.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public void Complete(Exception? fault = null)
    {
        if (!TryComplete(fault))
            throw new ChannelClosedException("The channel is completed already. Use TryComplete where several may complete it.");
    }

    /// <summary>Does what <see cref="Complete"/> does, unless the channel is completed. Does not suspend; loop thread only.</summary>
    /// <param name="fault">Why; null for a regular end. Readers get it once no item is left.</param>
    /// <returns>False if it was completed already.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool TryComplete(Exception? fault = null)
    {
        _loop.VerifyAccess();
        if (IsCompleted)
            return false;
        IsCompleted = true;
        Fault = fault is null ? null : ExceptionDispatchInfo.Capture(fault);
        while (_writers.TakeFirst() is { } writer)
        {
            _slots.Take(writer.Tag);
            Wake(writer, ChannelTag.Closed);
        }

        while (_readers.TakeFirst() is { } reader)
            Wake(reader, ChannelTag.Closed);
        FinishIfEmpty();
        return true;
    }

    /// <summary>
    /// Reads what can be read at once, writers that wait included, and counts it as done: to throw away what is left. Does not suspend; loop thread only.
    /// </summary>
    /// <param name="discarded">Called with each item, in the order of reading; to dispose it, for example. What it throws ends the draining, after this item.</param>
    /// <returns>How many items there were.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public int Drain(Action<T>? discarded = null)
    {
        int count = 0;
        for (; TryRead(out var item); count++)
        {
            // Somebody may have called ItemDone more often than items were read.
            if (_undone > 0)
                ItemDone();
            discarded?.Invoke(item);
        }

        return count;
    }

    /// <summary>
    /// Says that an item which was read has been dealt with: see <see cref="Join"/>. Does not suspend; loop thread only.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was called more often than items were written, or this is not the loop's thread.</exception>
    public void ItemDone()
    {
        _loop.VerifyAccess();
        if (_undone == 0)
            throw new InvalidOperationException("ItemDone was called more often than items were written. Call it once for each item that was read.");
        if (--_undone == 0)
            _allDone.Set();
    }

    /// <summary>
    /// Waits until <see cref="ItemDone"/> was called for every item written so far. Suspends unless that is so. Loop thread only.
    /// </summary>
    /// <remarks>Independent of completion. Cancelling the await changes nothing.</remarks>
    /// <returns>Something to await.</returns>
    public EventAwaitable Join() => _allDone.Wait();

    /// <summary>Whether nothing can be written and nothing is left to read.</summary>
    internal bool IsFinished => IsCompleted && _buffer.Count == 0;

    internal bool SuspendFinisher(LoopTask task) => Suspend(task, ref _finishers, ChannelTag.Finisher);

    private void CountWritten()
    {
        if (_undone++ == 0)
            _allDone.Reset();
    }

    private void FinishIfEmpty()
    {
        if (!IsFinished)
            return;
        WakeAll(ref _watchers);
        WakeAll(ref _finishers);
    }
}
