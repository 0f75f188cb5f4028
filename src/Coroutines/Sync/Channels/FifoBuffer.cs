using System.Runtime.CompilerServices;

namespace Coroutines;

/// <summary>First in, first out: a ring whose length is a power of two.</summary>
internal sealed class FifoBuffer<T> : ChannelBuffer<T>
{
    private T[] _items = [];
    private int _first;

    public override void Add(T item)
    {
        if (Count == _items.Length)
            Grow();
        _items[(_first + Count) & (_items.Length - 1)] = item;
        Count++;
    }

    public override T Take()
    {
        ref var slot = ref _items[_first];
        var item = slot;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            slot = default!;
        _first = (_first + 1) & (_items.Length - 1);
        Count--;
        return item;
    }

    private void Grow()
    {
        var grown = new T[Math.Max(4, _items.Length * 2)];
        int untilEnd = _items.Length - _first;
        Array.Copy(_items, _first, grown, 0, untilEnd);
        Array.Copy(_items, 0, grown, untilEnd, _first);
        _items = grown;
        _first = 0;
    }
}
