using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>A stack of finished nodes of one kind, ready for reuse. Loop thread only.</summary>
internal sealed class NodePool(TaskPools owner, int capacity)
{
    // A struct around the reference spares the covariance check of storing into an array of a class.
    private struct Slot
    {
        public LoopNode? Node;
    }

    private const int FirstCapacity = 16;

    // An array costs one reference store for each way; a linked list would cost three.
    private Slot[] _slots = [];

    // Whether the owner is going to ask what the nodes still refer to.
    private bool _isListed;

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

    /// <summary>Returns a node that may keep what it refers to until the loop has run what is ready: mostly it is taken again before, for the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReturnWithContent(LoopNode node)
    {
        if (!_isListed)
            List();
        Return(node);
    }

    /// <summary>Makes the nodes let go of what they still refer to: those on top, as far as there is something.</summary>
    public void ForgetContents()
    {
        for (int i = Count - 1; i >= 0 && _slots[i].Node!.ForgetContent(); i--)
        {
        }
    }

    /// <summary>As <see cref="ForgetContents"/>, for the owner, who takes it off its list.</summary>
    public void EndListing()
    {
        _isListed = false;
        ForgetContents();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void List()
    {
        _isListed = true;
        owner.AddWithContent(this);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReturnToGrown(LoopNode node)
    {
        if (Count >= capacity)
        {
            node.ForgetContent();
            return;
        }

        Array.Resize(ref _slots, (int)Math.Min(Math.Max(Count * 2L, FirstCapacity), capacity));
        _slots[Count++].Node = node;
    }
}
