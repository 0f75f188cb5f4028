using System.Diagnostics;
using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>A stream of the compiler's lowering, read by a generated coroutine. Loop thread only.</summary>
internal sealed class ForeignStream<T>(IAsyncEnumerator<T> enumerator) : LoopStream<T>
{
    private ValueTaskAwaiter<bool> _next;
    private ValueTaskAwaiter _left;
    private bool _isSuspended;
    private bool _isLeaving;

    [StackTraceHidden]
    public override Step MoveNext(LoopTask task) => _isLeaving ? Leave(task) : Advance(task);

    public override T TakeCurrent() => enumerator.Current;

    // The compiler's iterator knows itself whether there is something left to run.
    public override bool BeginDispose() => _isLeaving = true;

    public override void Release(LoopTask task)
    {
    }

    internal override void Run() => throw new UnreachableException("Its reader runs it.");

    internal override void Describe(CallChain chain)
    {
        // Ordinary async code keeps its chain to itself.
    }

    internal override void ObserveOutcome(int version) => throw new UnreachableException("A stream has no handle.");

    private protected override void ClearFrame()
    {
    }

    [StackTraceHidden]
    private Step Advance(LoopTask task)
    {
        if (!_isSuspended)
        {
            using (ReaderContext.Enter(task))
                _next = enumerator.MoveNextAsync().GetAwaiter();
            if (!_next.IsCompleted)
            {
                _isSuspended = true;
                task.SuspendForeignUnsafe(ref _next);
                return Step.Pending;
            }
        }

        _isSuspended = false;
        return _next.GetResult() ? Step.Yielded : Step.Completed;
    }

    [StackTraceHidden]
    private Step Leave(LoopTask task)
    {
        if (!_isSuspended)
        {
            using (ReaderContext.Enter(task))
                _left = enumerator.DisposeAsync().GetAwaiter();
            if (!_left.IsCompleted)
            {
                _isSuspended = true;
                task.SuspendForeignUnsafe(ref _left);
                return Step.Pending;
            }
        }

        _isSuspended = false;
        _left.GetResult();
        return Step.Completed;
    }
}
