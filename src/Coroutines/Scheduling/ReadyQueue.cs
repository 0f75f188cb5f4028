using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// The ring of nodes that are ready to run, in the order they became ready. Loop thread only.
/// </summary>
/// <remarks>
/// A power-of-two array of one-field structs: the wrapper spares the covariance check that storing into an array of a class costs,
/// and unsigned positions that never wrap backwards make "full" and "empty" one subtraction each.
/// </remarks>
internal struct ReadyQueue
{
    private struct Slot
    {
        public LoopNode? Node;
    }

    private Slot[] _slots;
    private uint _head;
    private uint _tail;

    public ReadyQueue(int capacity)
    {
        _slots = new Slot[capacity];
        _head = 0;
        _tail = 0;
    }

    public readonly bool IsEmpty => _head == _tail;

    public readonly int Count => (int)(_tail - _head);

    /// <summary>The position behind the last node: a batch runs up to it, so that what becomes ready meanwhile waits for the next turn.</summary>
    public readonly uint Tail => _tail;

    public readonly uint Head => _head;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enqueue(LoopNode node)
    {
        var slots = _slots;
        uint tail = _tail;
        SlotAt(tail) = node;
        _tail = tail + 1;
        if (tail + 1 - _head == (uint)slots.Length)
            Grow();
    }

    /// <summary>The oldest node, which stays in the queue while it runs: so "what runs now" needs no field of its own.</summary>
    public readonly LoopNode First => FirstSlot!;

    /// <summary>
    /// The slot of the oldest node, to be cleared before <see cref="RemoveFirst"/>, so that the ring keeps no finished task alive. If the ring has grown
    /// since, clearing it does nothing, and the copy goes when the ring comes round.
    /// </summary>
    public readonly ref LoopNode? FirstSlot
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref SlotAt(_head);
    }

    /// <summary>Removes the oldest node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RemoveFirst() => _head++;

    // The mask keeps the index inside the array; the check would cost as much as the rest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref LoopNode? SlotAt(uint position)
    {
        var slots = _slots;
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(slots), position & (uint)(slots.Length - 1)).Node;
    }

    // Positions keep their values, so that the end of the running batch stays valid while the ring grows.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        var old = _slots;
        var grown = new Slot[old.Length * 2];
        for (uint at = _head; at != _tail; at++)
            grown[at & (uint)(grown.Length - 1)] = old[at & (uint)(old.Length - 1)];
        _slots = grown;
    }
}
