using System.Runtime.CompilerServices;

namespace Coroutines;

/// <summary>Last in, first out.</summary>
internal sealed class LifoBuffer<T> : ChannelBuffer<T>
{
    private T[] _items = [];

    public override void Add(T item)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Math.Max(4, Count * 2));
        _items[Count++] = item;
    }

    public override T Take()
    {
        ref var slot = ref _items[--Count];
        var item = slot;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            slot = default!;
        return item;
    }
}
