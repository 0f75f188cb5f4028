using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>A stack of finished nodes of one kind, ready for reuse. Loop thread only.</summary>
internal sealed class NodePool(int capacity)
{
    // A struct around the reference spares the covariance check of storing into an array of a class.
    private struct Slot
    {
        public LoopNode? Node;
    }

    private const int FirstCapacity = 16;

    // An array costs one reference store for each way; a linked list would cost three.
    private Slot[] _slots = [];

    public int Count { get; private set; }

    /// <param name="comesBack">Whether every such node is returned: then its slot may keep it meanwhile, and the return need not store it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LoopNode? Rent(bool comesBack)
    {
        int last = Count - 1;
        if (last < 0)
            return null;
        ref var slot = ref _slots[last];
        var node = slot.Node;
        if (last >= Prefetch.Distance)
            Prefetch.Node(_slots[last - Prefetch.Distance].Node);
        if (!comesBack)
            slot.Node = null;
        Count = last;
        return node;
    }

    // The store comes last: it calls the write barrier, and nothing has to survive the call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(LoopNode node)
    {
        var slots = _slots;
        int count = Count;
        if ((uint)count >= (uint)slots.Length)
        {
            ReturnToGrown(node);
            return;
        }

        Count = count + 1;
        ref var slot = ref slots[count];
        if (slot.Node != node)
            slot.Node = node;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReturnToGrown(LoopNode node)
    {
        if (Count >= capacity)
            return;
        Array.Resize(ref _slots, (int)Math.Min(Math.Max(Count * 2L, FirstCapacity), capacity));
        _slots[Count++].Node = node;
    }
}
