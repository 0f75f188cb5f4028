using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>The timer of a <see cref="CancelScope"/>; pooled together with the scope where nobody else has seen it. Loop thread only.</summary>
internal sealed class ScopeDeadline(CancelScope scope) : LoopNode
{
    private static readonly int s_kind = TaskPools.NewKind();

    public CancelScope Scope { get; } = scope;

    /// <summary>Whether the timer waits, or has fired and is still in the ready queue.</summary>
    public bool IsArmed { get; set; }

    /// <summary>A scope for the task that runs, used before or new.</summary>
    public static CancelScope RentScope(LoopTask task)
    {
        if (task.Loop!.Pools.Rent(s_kind) is { } node)
        {
            var used = Unsafe.As<ScopeDeadline>(node).Scope;
            used.Reopen(task);
            return used;
        }

        var scope = CancelScope.OpenIn(task);
        scope.Timer = new ScopeDeadline(scope);
        return scope;
    }

    /// <summary>Takes back a scope that was left, unless its timer is still to run.</summary>
    public static void ReturnScope(CancelScope scope, EventLoop loop)
    {
        if (scope.Timer is { IsArmed: false } deadline)
            loop.Pools.Return(s_kind, deadline);
    }

    internal override void Run()
    {
        IsArmed = false;
        Scope.Expire(this);
    }
}
