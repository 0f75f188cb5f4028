using System.Runtime.CompilerServices;

namespace Coroutines;

/// <summary>
/// Where the items lie of those who wait: of writers until they are taken, of readers from being handed over to the reader's next step. The task keeps the
/// number of the slot, so that any of them can be taken out at once, and nothing is allocated per wait. Loop thread only.
/// </summary>
internal struct ItemSlots<T>
{
    private struct Slot
    {
        public T Item;

        /// <summary>Of an unused slot: the next unused one, plus one, so that 0 is none.</summary>
        public int Next;
    }

    private Slot[]? _slots;
    private int _count;
    private int _unused;

    public int Add(T item)
    {
        int at = _unused - 1;
        if (at >= 0)
            _unused = _slots![at].Next;
        else
            at = NewSlot();
        _slots![at].Item = item;
        return at;
    }

    public readonly T Peek(long number) => _slots![number].Item;

    public T Take(long number)
    {
        ref var slot = ref _slots![number];
        var item = slot.Item;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            slot.Item = default!;
        slot.Next = _unused;
        _unused = (int)number + 1;
        return item;
    }

    private int NewSlot()
    {
        if (_slots is null)
            _slots = new Slot[4];
        else if (_count == _slots.Length)
            Array.Resize(ref _slots, _count * 2);
        return _count++;
    }
}
