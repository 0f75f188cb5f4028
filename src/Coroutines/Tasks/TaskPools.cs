using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// A loop's finished nodes, ready for reuse: a free list for each kind, linked through <see cref="LoopNode.Next"/>. Loop thread only.
/// They go with the loop.
/// </summary>
internal sealed class TaskPools(int capacity)
{
    private struct Pool
    {
        public LoopNode? First;
        public int Count;
    }

    private static int s_kinds;

    [ThreadStatic]
    private static TaskPools? t_ofThread;

    private Pool[] _pools = new Pool[16];

    /// <summary>
    /// The pools of the loop that ran last on this thread: a coroutine made between two runs of a loop takes its object from there as well.
    /// </summary>
    public static TaskPools? OfThread
    {
        get => t_ofThread;
        set => t_ofThread = value;
    }

    /// <summary>A number for one kind of node, the same on every loop. Called once per closed type.</summary>
    public static int NewKind() => Interlocked.Increment(ref s_kinds) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LoopNode? Rent(int kind)
    {
        var pools = _pools;
        if ((uint)kind >= (uint)pools.Length)
            return null;
        ref var pool = ref pools[kind];
        var node = pool.First;
        if (node is not null)
        {
            pool.First = node.Next;
            pool.Count--;
            node.Next = null;
        }

        return node;
    }

    public void Return(int kind, LoopNode node)
    {
        if (kind >= _pools.Length)
            Array.Resize(ref _pools, Math.Max(kind + 1, _pools.Length * 2));
        ref var pool = ref _pools[kind];
        if (pool.Count >= capacity)
            return;
        node.Next = pool.First;
        pool.First = node;
        pool.Count++;
    }
}
