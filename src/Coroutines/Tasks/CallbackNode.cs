using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>A scheduled callback. Pooled; <see cref="Version"/> tells a handle whether it still speaks of the same one. Loop thread only.</summary>
internal abstract class CallbackNode : LoopNode
{
    private protected EventLoop Loop = null!;
    private protected ExecutionContext? Context;
    private protected bool IsCancelled;

    public int Version { get; private protected set; }

    public bool IsPending(int version) => Version == version && !IsCancelled;

    public bool Cancel(int version)
    {
        Loop.VerifyAccess();
        if (!IsPending(version))
            return false;
        if (WaitSource is { } source)
        {
            source.Abandon(this);
            WaitSource = null;
            Recycle();
        }
        else
        {
            // In the ready queue, which cannot be searched: its step finds the mark.
            IsCancelled = true;
        }

        return true;
    }

    public void CaptureContext()
    {
        if (Loop.IsContextChanged)
            Context = ExecutionContext.Capture();
    }

    private protected abstract void Recycle();
}

/// <inheritdoc />
internal sealed class CallbackNode<TState> : CallbackNode
{
    private static readonly int s_kind = TaskPools.NewKind();

    private Action<TState> _callback = null!;
    private TState _state = default!;

    public static CallbackNode<TState> Rent(EventLoop loop, Action<TState> callback, TState state)
    {
        var node = loop.Pools.Rent(s_kind, comesBack: true) is { } pooled ? Unsafe.As<CallbackNode<TState>>(pooled) : new CallbackNode<TState> { Loop = loop };
        node._callback = callback;
        node._state = state;
        return node;
    }

    internal override void Run()
    {
        var callback = _callback;
        var state = _state;
        var context = Context;
        bool isCancelled = IsCancelled;
        // Recycled first: the handle is stale from the moment the callback runs, and a callback that throws leaks nothing.
        Recycle();
        if (isCancelled)
            return;
        if (context is not null)
            ExecutionContext.Restore(context);
        callback(state);
    }

    private protected override void Recycle()
    {
        Version++;
        IsCancelled = false;
        Context = null;
        _callback = null!;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TState>())
            _state = default!;
        Loop.Pools.Return(s_kind, this);
    }
}
