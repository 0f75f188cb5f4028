using System.Diagnostics;
using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Children whose scope nobody else sees, so that both can be used again. Loop thread only.</summary>
internal sealed class PooledChildren : LoopNode
{
    private static readonly int s_kind = TaskPools.NewKind();

    private LoopTask[] _bodies = new LoopTask[4];
    private int _count;

    private PooledChildren()
    {
    }

    public ChildTasks Children { get; } = new();

    public static PooledChildren Rent() =>
        TaskPools.OfThread?.Rent(s_kind) is { } node ? Unsafe.As<PooledChildren>(node) : new PooledChildren();

    /// <summary>Keeps a coroutine to be spawned.</summary>
    public void Add(LoopTask body)
    {
        if (_count == _bodies.Length)
            Array.Resize(ref _bodies, _count * 2);
        _bodies[_count++] = body;
    }

    /// <summary>Opens the scope in the running task and spawns what was kept.</summary>
    public void Start(LoopTask parent)
    {
        Children.Open(parent);
        for (int i = 0; i < _count; i++)
            Children.Spawn(_bodies[i], name: null);
        Array.Clear(_bodies, 0, _count);
        _count = 0;
    }

    /// <summary>Gives the object back when its scope was left.</summary>
    public void Return(EventLoop loop)
    {
        Children.Reset();
        loop.Pools.Return(s_kind, this);
    }

    internal override void Run() => throw new UnreachableException("Children are never ready to run themselves.");
}
