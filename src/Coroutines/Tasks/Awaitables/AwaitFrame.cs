using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>One await as a coroutine: what <see cref="ILoopAwaitable.AsCoroutine"/> returns.</summary>
internal static class AwaitFrame
{
    public static Coroutine Of<TAwaiter>(TAwaiter awaiter)
        where TAwaiter : struct, ISignalAwaiter
    {
        var task = FrameTask<SignalFrame<TAwaiter>, Unit>.Rent();
        task.Frame.Awaiter = awaiter;
        return task.AsPlainCoroutine();
    }

    public static Coroutine Of<TAwaiter, T>(TAwaiter awaiter, Action<T>? result = null)
        where TAwaiter : struct, ILoopAwaiter<T>
    {
        var task = FrameTask<AwaitFrame<TAwaiter, T>, Unit>.Rent();
        task.Frame.Awaiter = awaiter;
        task.Frame.Result = result;
        return task.AsPlainCoroutine();
    }

    public static Coroutine Of<T>(LoopTask<T> body, Action<T>? result = null)
    {
        var task = FrameTask<ResultFrame<T>, Unit>.Rent();
        task.Frame.Body = body;
        task.Frame.Result = result;
        return task.AsPlainCoroutine();
    }
}

/// <summary>An await without a result.</summary>
internal struct SignalFrame<TAwaiter> : ICoroutineFrame<SignalFrame<TAwaiter>, Unit>
    where TAwaiter : struct, ISignalAwaiter
{
    public TAwaiter Awaiter;
    private bool _isSuspended;

    public static Step MoveNext(ref SignalFrame<TAwaiter> frame, LoopTask task)
    {
        if (!frame._isSuspended)
        {
            if (frame.Awaiter.IsCompleted)
                return Step.Completed;
            frame._isSuspended = true;
            if (frame.Awaiter.Suspend(task))
                return Step.Pending;
        }

        return task.TakeCancellation() ? Step.Cancelled : Step.Completed;
    }
}

/// <summary>An await whose result is handed over, or dropped.</summary>
internal struct AwaitFrame<TAwaiter, T> : ICoroutineFrame<AwaitFrame<TAwaiter, T>, Unit>
    where TAwaiter : struct, ILoopAwaiter<T>
{
    public TAwaiter Awaiter;
    public Action<T>? Result;
    private bool _isSuspended;

    public static Step MoveNext(ref AwaitFrame<TAwaiter, T> frame, LoopTask task)
    {
        if (!frame._isSuspended && !frame.Awaiter.IsCompleted)
        {
            frame._isSuspended = true;
            if (frame.Awaiter.Suspend(task))
                return Step.Pending;
        }

        if (frame._isSuspended && task.TakeCancellation())
            return Step.Cancelled;
        var value = frame.Awaiter.TakeResult();
        frame.Result?.Invoke(value);
        return Step.Completed;
    }
}

/// <summary>A coroutine whose result is handed over, or dropped.</summary>
internal struct ResultFrame<T> : ICoroutineFrame<ResultFrame<T>, Unit>
{
    public LoopTask<T> Body;
    public Action<T>? Result;

    public static Step MoveNext(ref ResultFrame<T> frame, LoopTask task)
    {
        var step = frame.Body.MoveNext(task);
        if (step == Step.Completed)
        {
            var value = frame.Body.TakeResult(task);
            frame.Result?.Invoke(value);
        }
        else if (step == Step.Cancelled)
        {
            frame.Body.Discard(task);
        }

        return step;
    }

    public static void Describe(ref ResultFrame<T> frame, CallChain chain) => chain.Add(frame.Body);
}
