using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// <see cref="TaskGroup.Run"/>: a body and the group it spawns in. By hand, as only so the group's own cancellation can end here without an exception, and the
/// body's exception be told together with the children's.
/// </summary>
internal struct GroupFrame : ICoroutineFrame<GroupFrame, Unit>
{
    private Func<TaskGroup, Coroutine>? _factory;
    private TaskGroup? _group;
    private LoopTask<Unit>? _body;
    private Exception? _failure;
    private bool _isBodyCancelled;
    private bool _wasCancelled;

    public static Coroutine Create(Func<TaskGroup, Coroutine> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var task = FrameTask<GroupFrame, Unit>.Rent();
        task.Frame._factory = body;
        return task.AsPlainCoroutine();
    }

    public static Step MoveNext(ref GroupFrame frame, LoopTask task)
    {
        frame.Begin();
        if (frame._body is not null && !frame.IsBodyEnded(task))
            return Step.Pending;
        if (frame._group!.Children.Wait(task))
            return Step.Pending;

        frame._group.Close();
        frame.ThrowFailures();
        // Outside the group's scope now: what is still felt came from outside. A body that was cancelled by nobody else has cancelled itself.
        if (!task.MaySuspend())
        {
            task.TakeCancellation();
            return Step.Cancelled;
        }

        return frame._isBodyCancelled && !frame._wasCancelled ? Step.Cancelled : Step.Completed;
    }

    public static void Describe(ref GroupFrame frame, CallChain chain) => chain.Add(frame._body);

    private void Begin()
    {
        if (_factory is not { } factory)
            return;
        _factory = null;
        _group = new TaskGroup();
        try
        {
            _body = factory(_group).Consume();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private bool IsBodyEnded(LoopTask task)
    {
        try
        {
            var step = _body!.MoveNext(task);
            if (step == Step.Pending)
                return false;
            if (step == Step.Completed)
                _body.TakeResult(task);
            else
                EndCancelled();
        }
        catch (OperationCanceledException)
        {
            EndCancelled();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        _body = null;
        return true;
    }

    private void EndCancelled()
    {
        _isBodyCancelled = true;
        _wasCancelled = _group!.Scope.IsCancelled;
        _group.Cancel("the group's body was cancelled");
    }

    private void Fail(Exception exception)
    {
        _failure = exception;
        _group!.Cancel("the group's body failed");
    }

    private readonly void ThrowFailures()
    {
        var failures = _group!.Children.Failures;
        if (_failure is not null)
            throw new AggregateException(failures is null ? [_failure] : [_failure, .. failures]);
        if (failures is not null)
            throw new AggregateException(failures);
    }
}
