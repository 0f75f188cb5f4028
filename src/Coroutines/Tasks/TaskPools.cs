using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// A loop's finished nodes, ready for reuse: a stack for each kind. Loop thread only.
/// They go with the loop.
/// </summary>
internal sealed class TaskPools(int capacity)
{
    // A struct around the reference spares the covariance check of storing into an array of a class.
    private struct Slot
    {
        public LoopNode? Node;
    }

    // An array costs one reference store for each way; a linked list would cost three.
    private struct Pool
    {
        public Slot[]? Slots;
        public int Count;
    }

    private const int FirstCapacity = 16;

    private static int s_kinds;

    [ThreadStatic]
    private static TaskPools? t_ofThread;

    private Pool[] _pools = new Pool[16];

    /// <summary>
    /// The pools of the loop that ran last on this thread: a coroutine made between two runs of a loop takes its object from there as well.
    /// </summary>
    public static TaskPools? OfThread
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => EventLoop.EnteredHere is { } loop ? loop.Pools : t_ofThread;
        set => t_ofThread = value;
    }

    /// <summary>How many nodes wait to be used again: tests see with it that none are lost.</summary>
    internal int Count => _pools.Sum(static pool => pool.Count);

    /// <summary>A number for one kind of node, the same on every loop. Called once per closed type.</summary>
    public static int NewKind() => Interlocked.Increment(ref s_kinds) - 1;

    /// <param name="kind">What <see cref="NewKind"/> gave.</param>
    /// <param name="comesBack">Whether every such node is returned: then its slot may keep it meanwhile, and the return need not store it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LoopNode? Rent(int kind, bool comesBack = false)
    {
        var pools = _pools;
        if ((uint)kind >= (uint)pools.Length)
            return null;
        ref var pool = ref pools[kind];
        int last = pool.Count - 1;
        if (last < 0)
            return null;
        ref var slot = ref pool.Slots![last];
        var node = slot.Node;
        if (!comesBack)
            slot.Node = null;
        pool.Count = last;
        return node;
    }

    // The store comes last: it calls the write barrier, and nothing has to survive the call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(int kind, LoopNode node)
    {
        var pools = _pools;
        if ((uint)kind < (uint)pools.Length)
        {
            ref var pool = ref pools[kind];
            int count = pool.Count;
            var slots = pool.Slots;
            if (slots is not null && (uint)count < (uint)slots.Length)
            {
                pool.Count = count + 1;
                ref var slot = ref slots[count];
                if (slot.Node != node)
                    slot.Node = node;
                return;
            }
        }

        ReturnToGrown(kind, node);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReturnToGrown(int kind, LoopNode node)
    {
        if (kind >= _pools.Length)
            Array.Resize(ref _pools, Math.Max(kind + 1, _pools.Length * 2));
        ref var pool = ref _pools[kind];
        int count = pool.Count;
        if (count >= capacity)
            return;
        Array.Resize(ref pool.Slots, (int)Math.Min(Math.Max(count * 2L, FirstCapacity), capacity));
        pool.Slots[count].Node = node;
        pool.Count = count + 1;
    }
}
