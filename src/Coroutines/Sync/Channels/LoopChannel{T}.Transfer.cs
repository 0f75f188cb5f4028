using Coroutines.CompilerServices;

namespace Coroutines;

// How items travel. While readers wait, the buffer is empty and no writer waits; while writers wait, the buffer is full and no reader waits. So whoever can be served at
// once is not overtaking anybody.
public sealed partial class LoopChannel<T> : IWaitSource
{
    private WaitQueue _readers;
    private WaitQueue _writers;
    private WaitQueue _watchers;
    private ItemSlots<T> _slots;

    /// <summary>How the wait has ended of the task that goes on: see <see cref="ChannelTag"/>.</summary>
    internal long EndedWait => _loop.EndedWait;

    /// <summary>Whether a read would find an item now.</summary>
    internal bool IsReadable => _buffer.Count != 0 || !_writers.IsEmpty;

    internal bool TryPut(T item)
    {
        if (_readers.TakeFirst() is { } reader)
        {
            Wake(reader, _slots.Add(item));
        }
        else if (_buffer.Count < _capacity)
        {
            _buffer.Add(item);
            WakeAll(ref _watchers);
        }
        else
        {
            return false;
        }

        CountWritten();
        return true;
    }

    internal bool TryTake(out T item)
    {
        if (_buffer.Count != 0)
        {
            if (_writers.First is { } writer)
            {
                // A comparer may throw: then the writer goes on waiting, and whoever reads has taken nothing.
                item = _buffer.Replace(_slots.Peek(writer.Tag));
                _writers.Remove(writer);
                Accept(writer);
                return true;
            }

            item = _buffer.Take();
            FinishIfEmpty();
            return true;
        }

        if (_writers.TakeFirst() is { } waiting)
        {
            item = Accept(waiting);
            return true;
        }

        item = default!;
        return false;
    }

    /// <summary>The item that a reader was handed while it waited.</summary>
    internal T TakeHanded(long slot) => _slots.Take(slot);

    internal bool SuspendReader(LoopTask task) => Suspend(task, ref _readers, ChannelTag.Reader);

    internal bool SuspendWatcher(LoopTask task) => Suspend(task, ref _watchers, ChannelTag.Watcher);

    internal bool SuspendWriter(LoopTask task, T item)
    {
        if (!task.TryPark(this, _loop))
            return false;
        task.Tag = _slots.Add(item);
        _writers.Append(task);
        // A full buffer has been seen by those who watch; only without a buffer is the writer itself the news.
        if (_capacity == 0)
            WakeAll(ref _watchers);
        return true;
    }

    void IWaitSource.Abandon(LoopNode node)
    {
        switch (node.Tag)
        {
            case ChannelTag.Reader:
                _readers.Remove(node);
                break;
            case ChannelTag.Watcher:
                _watchers.Remove(node);
                break;
            case ChannelTag.Finisher:
                _finishers.Remove(node);
                break;
            default:
                _writers.Remove(node);
                _slots.Take(node.Tag);
                break;
        }
    }

    string IWaitSource.Describe(LoopNode node) => node.Tag switch
    {
        ChannelTag.Reader or ChannelTag.Watcher => $"an item of a LoopChannel<{typeof(T).Name}>",
        ChannelTag.Finisher => $"the end of a LoopChannel<{typeof(T).Name}>",
        _ => $"{(_capacity == 0 ? "a reader of" : "room in")} a LoopChannel<{typeof(T).Name}>",
    };

    private bool Suspend(LoopTask task, ref WaitQueue queue, long tag)
    {
        if (!task.TryPark(this, _loop))
            return false;
        task.Tag = tag;
        queue.Append(task);
        return true;
    }

    /// <summary>Takes the item of a writer that waited.</summary>
    private T Accept(LoopNode writer)
    {
        var item = _slots.Take(writer.Tag);
        Wake(writer, ChannelTag.Written);
        CountWritten();
        return item;
    }

    private void Wake(LoopNode node, long outcome)
    {
        node.Tag = outcome;
        _loop.Signal(node);
    }

    private void WakeAll(ref WaitQueue queue)
    {
        while (queue.TakeFirst() is { } node)
            _loop.Signal(node);
    }
}
