using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// A coroutine in the compiler's lowering: the reference that the generated one is held against. Loop thread only.
/// </summary>
/// <remarks>
/// <para>Follows the same protocol as a generated frame: <see cref="MoveNext"/> resumes the active child first, and its own body only when the
/// child has ended. The compiler's state machine learns of a fault or a cancellation from the awaiter's <c>GetResult</c>, which throws.</para>
/// <para>A state machine that awaits calls its builder, which calls the awaiter with <see cref="LoopAwaiters.Marker"/> as the continuation.
/// Loop awaiters know the marker: they suspend the running task. A coroutine's awaiter leaves the coroutine in
/// <see cref="EventLoop.AwaitedChild"/>, to be run in place.</para>
/// </remarks>
internal abstract class ReferenceTask<TResult> : LoopTask<TResult>
{
    private LoopTask? _child;
    private TResult? _result;
    private ExceptionDispatchInfo? _fault;
    private bool _bodyEnded;

    public void SetResult(TResult result)
    {
        _result = result;
        _bodyEnded = true;
    }

    public void SetException(Exception exception)
    {
        _fault = ExceptionDispatchInfo.Capture(exception);
        _bodyEnded = true;
    }

    public static void Await<TAwaiter>(ref TAwaiter awaiter)
        where TAwaiter : INotifyCompletion
    {
        if (LoopAwaiters.Knows<TAwaiter>.Marker)
            awaiter.OnCompleted(LoopAwaiters.Marker);
        else
            Foreign().SuspendForeign(ref awaiter);
    }

    public static void AwaitUnsafe<TAwaiter>(ref TAwaiter awaiter)
        where TAwaiter : ICriticalNotifyCompletion
    {
        if (LoopAwaiters.Knows<TAwaiter>.Marker)
            awaiter.UnsafeOnCompleted(LoopAwaiters.Marker);
        else
            Foreign().SuspendForeignUnsafe(ref awaiter);
    }

    // The reader itself, unlike a stream it reads, is found by its own continuation: it need not be posted.
    private static LoopTask Foreign()
    {
        var task = LoopAwaiters.RunningTask;
        ReaderContext.Leave(task.Loop!);
        return task;
    }

    [StackTraceHidden]
    public sealed override Step MoveNext(LoopTask task)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var step = Advance(task);
        if (step != Step.Pending)
            _fault?.Throw();
        return step;
    }

    public sealed override TResult TakeResult(LoopTask task)
    {
        var result = _result!;
        ClearFrame();
        Recycle(task.Loop!, Kind);
        return result;
    }

    [StackTraceHidden]
    internal sealed override void Run()
    {
        if ((Bits & TaskBits.OwnContext) != 0)
            EnterContext();
        var step = Advance(this);
        if (step == Step.Pending)
            return;
        _fault?.Throw();
        Finish(step);
    }

    /// <remarks>A parent in the same lowering takes the fault as it is: to throw it once more would cost as much as its stack trace is long.</remarks>
    [StackTraceHidden]
    internal sealed override bool RunAsChild(LoopTask task)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return base.RunAsChild(task);
        var step = Advance(task);
        if (step == Step.Pending)
            return false;
        if (_fault is { } fault)
            FailAsChild(fault);
        else
            EndAsChild(step);
        return true;
    }

    /// <summary>The name of the coroutine method.</summary>
    private protected abstract string MethodName { get; }

    internal sealed override void Describe(CallChain chain)
    {
        chain.Add(MethodName, "", 0);
        chain.Add(_child);
    }

    /// <summary>Runs the compiler's state machine up to its next await that is not completed.</summary>
    private protected abstract void RunBody(LoopTask task);

    private protected sealed override TResult PeekResult() => _result!;

    private protected override void ClearFrame()
    {
        _child = null;
        _fault = null;
        _bodyEnded = false;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TResult>())
            _result = default;
    }

    /// <summary>Runs child and body until one suspends or the body has ended, be it with a fault.</summary>
    [StackTraceHidden]
    private Step Advance(LoopTask task)
    {
        var loop = task.Loop!;
        if (_child is { } active && !RunChild(active, task))
            return Step.Pending;

        while (true)
        {
            RunBody(task);
            if (_bodyEnded)
                return Step.Completed;

            if (loop.AwaitedChild is { } child)
            {
                loop.AwaitedChild = null;
                _child = child;
                if (!RunChild(child, task))
                    return Step.Pending;
            }
            else if ((task.Bits & TaskBits.LeafCancelled) == 0 && loop.RefusedAwait is null)
            {
                return Step.Pending;
            }
        }
    }

    // True when the child has ended, however. The body takes the outcome from it.
    [StackTraceHidden]
    private bool RunChild(LoopTask child, LoopTask task)
    {
        if (!child.RunAsChild(task))
            return false;
        _child = null;
        return true;
    }
}
