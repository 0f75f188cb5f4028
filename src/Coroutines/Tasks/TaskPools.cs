using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// A loop's finished nodes, ready for reuse: a pool for each kind. Loop thread only.
/// They go with the loop.
/// </summary>
internal sealed class TaskPools(int capacity)
{
    private static int s_kinds;

    [ThreadStatic]
    private static TaskPools? t_ofThread;

    private NodePool?[] _pools = new NodePool?[16];
    private readonly List<NodePool> _withContent = [];

    /// <summary>
    /// The pools of the loop that ran last on this thread: a coroutine made between two runs of a loop takes its object from there as well.
    /// </summary>
    public static TaskPools? OfThread
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => EventLoop.EnteredHere is { } loop ? loop.Pools : Find();
        set => t_ofThread = value;
    }

    // A method of its own: where the compiler takes the look for rare, it makes it a slow one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TaskPools? Find() => t_ofThread;

    /// <summary>How many nodes wait to be used again: tests see with it that none are lost.</summary>
    internal int Count => _pools.Sum(static pool => pool?.Count ?? 0);

    /// <summary>A number for one kind of node, the same on every loop. Called once per closed type.</summary>
    public static int NewKind() => Interlocked.Increment(ref s_kinds) - 1;

    /// <param name="kind">What <see cref="NewKind"/> gave.</param>
    /// <param name="comesBack">Whether every such node is returned: then its slot may keep it meanwhile, and the return need not store it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LoopNode? Rent(int kind, bool comesBack = false)
    {
        var pools = _pools;
        return (uint)kind < (uint)pools.Length ? pools[kind]?.Rent(comesBack) : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(int kind, LoopNode node)
    {
        var pools = _pools;
        var pool = (uint)kind < (uint)pools.Length ? pools[kind] : null;
        (pool ?? Of(kind)).Return(node);
    }

    /// <summary>Adds a pool some of whose nodes have kept their content. <see cref="ForgetContents"/> asks it once.</summary>
    public void AddWithContent(NodePool pool) => _withContent.Add(pool);

    /// <summary>Makes the nodes in the pools let go of what they still refer to.</summary>
    public void ForgetContents()
    {
        foreach (var pool in _withContent)
            pool.EndListing();
        _withContent.Clear();
    }

    /// <summary>The pool of a kind.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public NodePool Of(int kind)
    {
        if (kind >= _pools.Length)
            Array.Resize(ref _pools, Math.Max(kind + 1, _pools.Length * 2));
        return _pools[kind] ??= new NodePool(this, capacity);
    }
}
