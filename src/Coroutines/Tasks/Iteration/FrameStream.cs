using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Coroutines.CompilerServices;

/// <summary>
/// A generated stream in an object of its own: handed out as a value, or read by a generated coroutine that could not inline it. Not meant to be used in user code.
/// </summary>
/// <remarks>
/// What the stream's method returns is never run unless a generated coroutine reads it on the spot: it keeps the arguments, and every <see cref="GetAsyncEnumerator"/> copies them
/// into a fresh object. May be made anywhere; runs on a loop's thread.
/// </remarks>
/// <typeparam name="TFrame">The generated state machine.</typeparam>
/// <typeparam name="T">The elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class FrameStream<TFrame, T> : LoopStream<T>, IAsyncEnumerable<T>
    where TFrame : struct, IStreamFrame<TFrame, T>
{
    private static readonly int s_kind = TaskPools.NewKind();

    /// <summary>The state machine. A factory writes the arguments into it before anybody else sees the object.</summary>
    public TFrame Frame;

    private FrameStream()
    {
    }

    /// <summary>Takes an object with a zeroed frame from the loop's pool, or makes one.</summary>
    /// <returns>The stream at its beginning.</returns>
    public static FrameStream<TFrame, T> Rent() => TaskPools.OfThread?.Rent(s_kind) is { } node
        ? Unsafe.As<FrameStream<TFrame, T>>(node)
        : new FrameStream<TFrame, T>();

    /// <inheritdoc />
    [StackTraceHidden]
    public override Step MoveNext(LoopTask task)
    {
        // Recursive streams run this way: a runaway recursion must be an exception, not the end of the process.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return TFrame.MoveNext(ref Frame, task);
    }

    /// <inheritdoc />
    public override T TakeCurrent() => TFrame.TakeResult(ref Frame);

    /// <inheritdoc />
    public override bool BeginDispose() => TFrame.BeginDispose(ref Frame);

    /// <inheritdoc />
    public override void Release(LoopTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        Frame = default;
        Recycle(task.Loop!, s_kind);
    }

    internal override void Describe(CallChain chain) => TFrame.Describe(ref Frame, chain);

    internal override void ObserveOutcome(int version) => throw new UnreachableException("A stream has no handle.");

    private protected override void ClearFrame() => Frame = default;
}
