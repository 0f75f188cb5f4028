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
    private struct Entry
    {
        public LoopNode Node;
    }

    private Entry[] _entries;
    private uint _head;
    private uint _tail;

    /// <summary>Up to where the ring holds no node that has run.</summary>
    private uint _forgotten;

    public ReadyQueue(int capacity)
    {
        _entries = new Entry[capacity];
        _head = 0;
        _tail = 0;
    }

    public readonly bool IsEmpty => _head == _tail;

    public readonly int Count => (int)(_tail - _head);

    /// <summary>The position behind the last node: a batch runs up to it, so that what becomes ready meanwhile waits for the next turn.</summary>
    public readonly uint Tail => _tail;

    /// <summary>The position of the node that runs, or of the next one to run; moved on when it has run.</summary>
    public uint Head
    {
        readonly get => _head;
        set => _head = value;
    }

    // The store comes last: it calls the write barrier, and nothing has to survive the call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enqueue(LoopNode node)
    {
        uint tail = _tail;
        if (tail - _head == (uint)_entries.Length)
            Grow();
        _tail = tail + 1;
        EntryAt(tail).Node = node;
    }

    /// <summary>The oldest node, which stays in the queue while it runs: so "what runs now" needs no field of its own.</summary>
    public readonly LoopNode First => NodeAt(_head);

    public readonly LoopNode NodeAt(uint position) => EntryAt(position).Node;

    /// <summary>Puts another node in the place of the one that runs, so that it is the one that runs.</summary>
    public readonly void ReplaceFirst(LoopNode node) => EntryAt(_head).Node = node;

    /// <summary>
    /// Lets go of the nodes that have run. Called when the queue runs empty instead of after each node: cheaper by far, and while there is work the ring comes
    /// round and overwrites them.
    /// </summary>
    public void Forget()
    {
        uint count = Math.Min(_head - _forgotten, (uint)_entries.Length);
        for (uint at = _head - count; at != _head; at++)
            EntryAt(at).Node = null!;
        _forgotten = _head;
    }

    // The mask keeps the index inside the array; the check would cost as much as the rest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref Entry EntryAt(uint position)
    {
        var entries = _entries;
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(entries), position & (uint)(entries.Length - 1));
    }

    // Positions keep their values, so that the end of the running batch stays valid while the ring grows.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        var old = _entries;
        var grown = new Entry[old.Length * 2];
        for (uint at = _head; at != _tail; at++)
            grown[at & (uint)(grown.Length - 1)] = old[at & (uint)(old.Length - 1)];
        _entries = grown;
        _forgotten = _head;
    }
}
