namespace Coroutines;

/// <summary>One read of a channel, in the awaiter that does it.</summary>
internal struct ChannelRead<T>
{
    private enum Outcome : byte
    {
        /// <summary>The read suspends: its outcome is in the task.</summary>
        Waits,
        Item,
        Closed,
    }

    private T _item;
    private Outcome _outcome;

    /// <summary>Ends the read if it need not wait.</summary>
    public bool TryComplete(LoopChannel<T> channel)
    {
        channel.Loop.VerifyAccess();
        if (channel.TryTake(out _item))
            _outcome = Outcome.Item;
        else if (channel.IsCompleted)
            _outcome = Outcome.Closed;
        return _outcome != Outcome.Waits;
    }

    /// <summary>The item. False if there will be none.</summary>
    public readonly bool TryGetItem(LoopChannel<T> channel, out T item)
    {
        item = _item;
        if (_outcome != Outcome.Waits)
            return _outcome == Outcome.Item;
        long ended = channel.EndedWait;
        if (ended == ChannelTag.Closed)
            return false;
        item = channel.TakeHanded(ended);
        return true;
    }
}
