namespace Coroutines;

/// <summary>The items that a channel keeps, in the order in which it gives them. Loop thread only.</summary>
internal abstract class ChannelBuffer<T>
{
    public int Count { get; protected set; }

    public abstract void Add(T item);

    /// <summary>Removes the next item. Not called when there is none.</summary>
    public abstract T Take();

    /// <summary>Removes the next item and adds another one in its stead, which is not the next one by this call. Not called when there is none. If it throws, nothing has changed.</summary>
    public virtual T Replace(T added)
    {
        var item = Take();
        Add(added);
        return item;
    }
}
