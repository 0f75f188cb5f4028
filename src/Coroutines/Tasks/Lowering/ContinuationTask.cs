using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Stands in for ordinary async code that awaits something of the loop: it waits as a task would, and its step calls the continuation.
/// Not in the loop's list of tasks; cannot be cancelled.
/// </summary>
internal sealed class ContinuationTask : LoopTask
{
    private readonly Action _continuation;
    private ExceptionDispatchInfo? _refusal;

    public ContinuationTask(EventLoop loop, Action continuation)
    {
        Loop = loop;
        _continuation = continuation;
    }

    public override Step MoveNext(LoopTask task) => throw new UnreachableException("A continuation is nobody's child.");

    internal override void ObserveOutcome(int version) => throw new UnreachableException("A continuation has no handle.");

    /// <summary>Lets the continuation run in the next turn and find why the await was refused.</summary>
    public void Refuse(ExceptionDispatchInfo refusal)
    {
        _refusal = refusal;
        Loop!.Ready.Enqueue(this);
    }

    internal override void Run()
    {
        Loop!.RefusedAwait = _refusal;
        _continuation();
    }

    internal override void Describe(CallChain chain)
    {
        // Ordinary async code keeps its chain to itself.
    }

    private protected override void ClearFrame()
    {
    }
}
