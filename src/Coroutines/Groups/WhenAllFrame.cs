using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary><see cref="Coroutine.WhenAll(ReadOnlySpan{Coroutine})"/>, by hand: so that it allocates nothing.</summary>
internal struct WhenAllFrame : ICoroutineFrame<WhenAllFrame, Unit>
{
    private PooledChildren? _children;
    private bool _isStarted;

    public static Coroutine Create(ReadOnlySpan<Coroutine> coroutines)
    {
        var children = PooledChildren.Rent();
        foreach (var coroutine in coroutines)
            children.Add(coroutine.Consume());
        var task = FrameTask<WhenAllFrame, Unit>.Rent();
        task.Frame._children = children;
        return task.AsPlainCoroutine();
    }

    public static Step MoveNext(ref WhenAllFrame frame, LoopTask task)
    {
        var children = frame._children!.Children;
        if (!frame._isStarted)
        {
            frame._isStarted = true;
            frame._children.Start(task);
        }

        if (children.Wait(task))
            return Step.Pending;
        children.Scope.Leave();
        var failures = children.Failures;
        frame._children.Return(task.Loop!);
        frame._children = null;
        if (failures is not null)
            throw new AggregateException(failures);
        if (task.MaySuspend())
            return Step.Completed;
        // Outside the scope: this comes from further out.
        task.TakeCancellation();
        return Step.Cancelled;
    }
}
