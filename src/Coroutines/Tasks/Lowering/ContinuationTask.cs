using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Stands in for ordinary async code that awaits something of the loop: it waits as a task would, and its step calls the continuation.
/// Not in the loop's list of tasks; cannot be cancelled.
/// </summary>
internal sealed class ContinuationTask : LoopTask
{
    private readonly Action _continuation;

    public ContinuationTask(EventLoop loop, Action continuation)
    {
        Loop = loop;
        _continuation = continuation;
    }

    public override Step MoveNext(LoopTask task) => throw new UnreachableException("A continuation is nobody's child.");

    internal override void ObserveOutcome(int version) => throw new UnreachableException("A continuation has no handle.");

    internal override void Run()
    {
        Loop!.CurrentTask = null;
        _continuation();
    }

    private protected override void ClearFrame()
    {
    }
}
