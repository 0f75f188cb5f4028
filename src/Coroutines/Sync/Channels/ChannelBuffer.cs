namespace Coroutines;

/// <summary>The items that a channel keeps, in the order in which it gives them. Loop thread only.</summary>
internal abstract class ChannelBuffer<T>
{
    public int Count { get; protected set; }

    public abstract void Add(T item);

    /// <summary>Removes the next item. Not called when there is none.</summary>
    public abstract T Take();
}
