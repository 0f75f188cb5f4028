using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Coroutines.CompilerServices;

/// <summary>A generated coroutine in an object of its own: a task, or a child that its caller could not inline. Not meant to be used in user code.</summary>
/// <typeparam name="TFrame">The generated state machine.</typeparam>
/// <typeparam name="TResult">The coroutine's result, <see cref="Unit"/> if it has none.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FrameTask<TFrame, TResult> : LoopTask<TResult>
    where TFrame : struct, ICoroutineFrame<TFrame, TResult>
{
    private static readonly int s_kind = TaskPools.NewKind();

    /// <summary>The state machine. A factory writes the arguments into it before anybody else sees the object.</summary>
    public TFrame Frame;

    private FrameTask() => ColdCoroutine.Watch(this);

    /// <summary>Takes an object with a zeroed frame from the loop's pool, or makes one.</summary>
    /// <returns>The object, cold.</returns>
    public static FrameTask<TFrame, TResult> Rent() => TaskPools.OfThread?.Rent(s_kind) is { } node
        ? Unsafe.As<FrameTask<TFrame, TResult>>(node)
        : new FrameTask<TFrame, TResult>();

    /// <summary>The handle the coroutine method returns.</summary>
    /// <returns>A cold coroutine.</returns>
    public Coroutine<TResult> AsCoroutine() => new(this, Version);

    /// <inheritdoc />
    [StackTraceHidden]
    public override Step MoveNext(LoopTask task)
    {
        // Boxed children are how recursion runs: a runaway recursion must be an exception, not the end of the process.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return TFrame.MoveNext(ref Frame, task);
    }

    /// <inheritdoc />
    public override TResult TakeResult(LoopTask task)
    {
        var result = TFrame.TakeResult(ref Frame);
        Frame = default;
        Recycle(task.Loop!, s_kind);
        return result;
    }

    internal override void Describe(CallChain chain) => chain.AddFrame<TFrame, TResult>(ref Frame);

    private protected override int Kind => s_kind;

    [StackTraceHidden]
    internal override void Run()
    {
        if ((Bits & TaskBits.OwnContext) != 0)
            EnterContext();
        var step = TFrame.MoveNext(ref Frame, this);
        if (step != Step.Pending)
            Finish(step);
    }

    private protected override TResult PeekResult()
    {
        var copy = Frame;
        return TFrame.TakeResult(ref copy);
    }

    private protected override void ClearFrame() => Frame = default;
}

/// <summary>What <see cref="FrameTask{TFrame, TResult}"/> offers when there is no result. Not meant to be used in user code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FrameTaskExtensions
{
    /// <summary>The handle a coroutine method without a result returns.</summary>
    /// <typeparam name="TFrame">The generated state machine.</typeparam>
    /// <param name="task">The coroutine's object.</param>
    /// <returns>A cold coroutine.</returns>
    public static Coroutine AsPlainCoroutine<TFrame>(this FrameTask<TFrame, Unit> task)
        where TFrame : struct, ICoroutineFrame<TFrame, Unit>
    {
        ArgumentNullException.ThrowIfNull(task);
        return new(task, task.Version);
    }
}
