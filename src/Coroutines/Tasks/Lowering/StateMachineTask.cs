using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>The pooled object that holds the compiler's state machine of one async method. Loop thread only.</summary>
internal sealed class StateMachineTask<[DynamicallyAccessedMembers(StreamAwaiters.Fields)] TStateMachine, TResult> : ReferenceTask<TResult>
    where TStateMachine : IAsyncStateMachine
{
    private static readonly int s_kind = TaskPools.NewKind();
    private static readonly bool s_readsStreams = StreamAwaiters.AreIn(typeof(TStateMachine));

    private TStateMachine? _stateMachine;

    private StateMachineTask() => ColdCoroutine.Watch(this);

    /// <summary>
    /// Moves <paramref name="stateMachine"/> into a pooled object. <paramref name="builderTask"/> is the builder's field inside the
    /// state machine: it is set first, so that the copy knows its object.
    /// </summary>
    public static void Adopt(ref TStateMachine stateMachine, ref ReferenceTask<TResult> builderTask)
    {
        var task = TaskPools.OfThread?.Rent(s_kind) is { } node
            ? Unsafe.As<StateMachineTask<TStateMachine, TResult>>(node)
            : new StateMachineTask<TStateMachine, TResult>();
        builderTask = task;
        task._stateMachine = stateMachine;
    }

    private protected override int Kind => s_kind;

    private protected override string MethodName => StateMachineName.Of(typeof(TStateMachine));

    [StackTraceHidden]
    private protected override void RunBody(LoopTask task)
    {
        if (!s_readsStreams)
        {
            _stateMachine!.MoveNext();
            return;
        }

        using (ReaderContext.Enter(task))
            _stateMachine!.MoveNext();
    }

    private protected override void ClearFrame()
    {
        base.ClearFrame();
        _stateMachine = default;
    }
}
