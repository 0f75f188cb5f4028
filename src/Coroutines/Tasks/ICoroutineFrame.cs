using System.ComponentModel;

namespace Coroutines.CompilerServices;

/// <summary>
/// A generated state machine: a struct that lies in its caller's frame, or in a <see cref="FrameTask{TFrame, TResult}"/>. Not meant to be used in user code.
/// </summary>
/// <typeparam name="TSelf">The frame.</typeparam>
/// <typeparam name="TResult">The coroutine's result, <see cref="Unit"/> if it has none.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICoroutineFrame<TSelf, TResult>
    where TSelf : struct, ICoroutineFrame<TSelf, TResult>
{
    /// <summary>Starts or resumes the coroutine.</summary>
    /// <param name="frame">The state, updated in place.</param>
    /// <param name="task">The task this frame runs in, whether it is the task's own frame or an inner one.</param>
    /// <returns>Whether it suspended, completed, or was cancelled.</returns>
    static abstract Step MoveNext(ref TSelf frame, LoopTask task);

    /// <summary>Takes the result, once, after <see cref="Step.Completed"/>.</summary>
    /// <param name="frame">The completed frame; afterwards it keeps no reference to the result.</param>
    /// <returns>The result; the default where there is none.</returns>
    static virtual TResult TakeResult(ref TSelf frame) => default!;

    /// <summary>Says where a suspended frame is: itself, then the callee it waits for.</summary>
    /// <param name="frame">The frame; it is only read.</param>
    /// <param name="chain">Takes the description.</param>
    static virtual void Describe(ref TSelf frame, CallChain chain)
    {
    }
}
