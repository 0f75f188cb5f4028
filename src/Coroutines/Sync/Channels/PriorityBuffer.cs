using System.Runtime.CompilerServices;

namespace Coroutines;

/// <summary>The least first, and of equal items the one that came first: a binary heap of items with the numbers of their coming.</summary>
internal sealed class PriorityBuffer<T>(IComparer<T> comparer) : ChannelBuffer<T>
{
    private struct Entry
    {
        public T Item;
        public long Number;
    }

    private Entry[] _heap = [];
    private long _added;

    public override void Add(T item)
    {
        if (Count == _heap.Length)
            Array.Resize(ref _heap, Math.Max(4, Count * 2));
        var entry = new Entry { Item = item, Number = _added++ };
        int at = Count;
        // A comparer may throw: nothing has been added then.
        while (at > 0 && IsBefore(entry, _heap[Parent(at)]))
            at = Parent(at);
        InsertAt(at, entry);
    }

    public override T Take()
    {
        var item = _heap[0].Item;
        int last = Count - 1;
        int hole = HoleFor(_heap[last], last);
        PullUp(hole, _heap[last]);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            _heap[last] = default;
        Count = last;
        return item;
    }

    public override T Replace(T added)
    {
        var item = _heap[0].Item;
        var entry = new Entry { Item = added, Number = _added++ };
        PullUp(HoleFor(entry, Count), entry);
        return item;
    }

    private static int Parent(int at) => (at - 1) / 2;

    // Moves the ancestors from the new leaf up to the place one step down, along the path that Add has climbed.
    private void InsertAt(int place, Entry entry)
    {
        for (int at = Count; at != place; at = Parent(at))
            _heap[at] = _heap[Parent(at)];
        _heap[place] = entry;
        Count++;
    }

    // Where an entry belongs once the first one is gone: found before anything moves, as a comparer may throw.
    private int HoleFor(Entry entry, int count)
    {
        int at = 0;
        while (LesserChild(at, count) is var child && child < count && IsBefore(_heap[child], entry))
            at = child;
        return at;
    }

    // Moves what lies on the path from the first place to the hole one step up.
    private void PullUp(int hole, Entry entry)
    {
        var below = entry;
        for (int at = hole; ; at = Parent(at))
        {
            (below, _heap[at]) = (_heap[at], below);
            if (at == 0)
                return;
        }
    }

    private int LesserChild(int at, int count)
    {
        int left = 2 * at + 1;
        return left + 1 < count && IsBefore(_heap[left + 1], _heap[left]) ? left + 1 : left;
    }

    private bool IsBefore(in Entry left, in Entry right)
    {
        int order = comparer.Compare(left.Item, right.Item);
        return order < 0 || (order == 0 && left.Number < right.Number);
    }
}
