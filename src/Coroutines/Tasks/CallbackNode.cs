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
            Drop();
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

    /// <summary>Does what the marks say, then what a step without marks does.</summary>
    private protected void RunMarked()
    {
        var context = Context;
        bool isCancelled = (Marked & Marks.Cancelled) != 0;
        Unmark();
        if (isCancelled)
        {
            Drop();
            return;
        }

        if (context is not null)
            ExecutionContext.Restore(context);
        Run();
    }

    /// <summary>Recycles a node whose callback is not called. What it refers to is let go at once, as no turn may follow.</summary>
    private protected abstract void Drop();
}

/// <inheritdoc />
internal sealed class CallbackNode<TState> : CallbackNode
{
    private static readonly int s_kind = TaskPools.NewKind();

    private readonly NodePool _pool;
    private Action<TState>? _callback;
    private TState _state = default!;

    private CallbackNode(EventLoop loop)
        : base(loop) => _pool = loop.CallbackPools.Of(s_kind);

    public static CallbackNode<TState> Rent(EventLoop loop, Action<TState> callback, TState state, bool comesBack)
    {
        var node = loop.CallbackPools.Rent(s_kind, comesBack) is { } pooled ? Unsafe.As<CallbackNode<TState>>(pooled) : new CallbackNode<TState>(loop);
        // Who schedules itself again gets its own node, with what it needs in it: to look costs less than the write barrier of a store.
        if (!ReferenceEquals(node._callback, callback))
            node._callback = callback;
        if (typeof(TState).IsValueType || !ReferenceEquals(node._state, state))
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

        var callback = _callback!;
        var state = _state;
        // Recycled first: the handle is stale from the moment the callback runs, and a callback that throws leaks nothing.
        Version++;
        _pool.ReturnWithContent(this);
        callback(state);
    }

    internal override bool ForgetContent()
    {
        if (_callback is null)
            return false;
        _callback = null;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TState>())
            _state = default!;
        return true;
    }

    private protected override void Drop()
    {
        // Those with content lie on top.
        _pool.ForgetContents();
        ForgetContent();
        Version++;
        _pool.Return(this);
    }
}
