using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>A scheduled callback. Pooled; <see cref="Version"/> tells a handle whether it still speaks of the same one. Loop thread only.</summary>
internal abstract class CallbackNode(EventLoop loop) : LoopNode
{
    /// <summary>What makes the step more than a call. One word, so that the step has one test.</summary>
    [Flags]
    private protected enum Marks : byte
    {
        None = 0,

        /// <summary>The callback is not to be called. Set by <see cref="Cancel"/>; cleared by the step.</summary>
        Cancelled = 1,

        /// <summary>There is a <see cref="Context"/>. Set with it, cleared with it.</summary>
        OwnContext = 2,
    }

    private protected Marks Marked;

    /// <summary>The execution context of the call that scheduled this, if it was not the loop's.</summary>
    private protected ExecutionContext? Context;

    public int Version { get; private protected set; }

    public bool IsPending(int version) => Version == version && (Marked & Marks.Cancelled) == 0 && !loop.IsDisposed;

    public bool Cancel(int version)
    {
        loop.VerifyAccess();
        if (!IsPending(version))
            return false;
        if (WaitSource is { } source)
        {
            source.Abandon(this);
            WaitSource = null;
            Unmark();
            Recycle();
        }
        else
        {
            // In the ready queue, which cannot be searched: its step finds the mark.
            Marked |= Marks.Cancelled;
        }

        return true;
    }

    public void KeepContext()
    {
        Context = ExecutionContext.Capture();
        Marked |= Marks.OwnContext;
    }

    private protected void Unmark()
    {
        Marked = Marks.None;
        Context = null;
    }

    private protected abstract void Recycle();
}

/// <inheritdoc />
internal sealed class CallbackNode<TState> : CallbackNode
{
    private static readonly int s_kind = TaskPools.NewKind();

    private readonly NodePool _pool;
    private Action<TState> _callback = null!;
    private TState _state = default!;

    private CallbackNode(EventLoop loop)
        : base(loop) => _pool = loop.Pools.Of(s_kind);

    public static CallbackNode<TState> Rent(EventLoop loop, Action<TState> callback, TState state, bool comesBack)
    {
        var node = loop.Pools.Rent(s_kind, comesBack) is { } pooled ? Unsafe.As<CallbackNode<TState>>(pooled) : new CallbackNode<TState>(loop);
        node._callback = callback;
        node._state = state;
        return node;
    }

    internal override void Run()
    {
        if (Marked != Marks.None)
        {
            RunMarked();
            return;
        }

        var callback = _callback;
        var state = _state;
        // Recycled first: the handle is stale from the moment the callback runs, and a callback that throws leaks nothing.
        Recycle();
        callback(state);
    }

    private void RunMarked()
    {
        var callback = _callback;
        var state = _state;
        var context = Context;
        bool isCancelled = (Marked & Marks.Cancelled) != 0;
        Unmark();
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
        _callback = null!;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TState>())
            _state = default!;
        _pool.Return(this);
    }
}
