using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>The call form of a task group, which knows how its body ended.</summary>
public static partial class GroupRuns
{
    [Behaviour("2 first sleeps", "2 body ends", "3 second sleeps", "4@10 first wakes", "4@10 first leaves", "4@10 second wakes", "4@10 second leaves", "5@10 all ended", "5@10 ended")]
    [Coroutine]
    public static async Coroutine A_run_waits_for_the_body_and_the_children(Trace trace)
    {
        await TaskGroup.Run(SpawnTwo(trace));
        trace.Add("all ended");
    }

    [Behaviour("2 child sleeps", "4@5 child leaves", "6@15 goes on", "6@15 ended")]
    [Coroutine]
    public static async Coroutine Cancelling_the_group_from_inside_ends_the_run_without_an_exception(Trace trace)
    {
        await TaskGroup.Run(CancelSelf(trace));
        await Milliseconds(10);
        trace.Add("goes on");
    }

    [Behaviour("3 fails", "4 InvalidOperationException: body, InvalidOperationException: child", "4 ended")]
    [Coroutine]
    public static async Coroutine A_body_that_fails_is_told_together_with_its_children(Trace trace)
    {
        try
        {
            await TaskGroup.Run(FailWithChild(trace));
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception));
        }
    }

    [Behaviour("1 body sleeps", "2 child?", "4 body leaves", "4 InvalidOperationException: child", "4 ended")]
    [Coroutine]
    public static async Coroutine A_child_that_fails_cancels_the_body(Trace trace)
    {
        try
        {
            await TaskGroup.Run(WaitBesideFailure(trace));
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception));
        }
    }

    [Behaviour("1 InvalidOperationException: no body", "1 ended")]
    [Coroutine]
    public static async Coroutine A_body_that_cannot_be_made_is_a_failure_of_the_run(Trace trace)
    {
        try
        {
            await TaskGroup.Run(static _ => throw new InvalidOperationException("no body"));
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception));
        }
    }

    [Behaviour("2 cancel", "2 first sleeps", "2 first leaves", "2 body ends", "3 second sleeps", "3 second leaves", "4 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine Cancelling_the_parent_cancels_body_and_children_and_goes_on(Trace trace)
    {
        await TaskGroup.Run(SpawnTwo(trace));
        trace.Add("never");
    }

    [Behaviour("2 first sleeps", "2 body ends", "3 second sleeps", "5@5 first leaves", "5@5 second leaves", "6@5 False", "6@5 ended")]
    [Coroutine]
    public static async Coroutine A_deadline_around_the_run_is_absorbed_outside_it(Trace trace) =>
        trace.Add($"{await Coroutine.MoveOnAfter(TaskGroup.Run(SpawnTwo(trace)), TimeSpan.FromMilliseconds(5))}");

    [Behaviour("2 child sleeps", "3 first sleeps", "3 body ends", "4 second sleeps", "6@5 child leaves", "7@5 inner ended", "8@10 first wakes", "8@10 first leaves", "8@10 second wakes", "8@10 second leaves", "10@10 all ended", "10@10 ended")]
    [Coroutine]
    public static async Coroutine Runs_nest(Trace trace)
    {
        await TaskGroup.Run(Nested(trace));
        trace.Add("all ended");
    }

    private static Func<TaskGroup, Coroutine> SpawnTwo(Trace trace) => group => SpawnTwo(trace, group);

    [Coroutine]
    private static async Coroutine SpawnTwo(Trace trace, TaskGroup group)
    {
        group.Spawn(Sleep(trace, "first"));
        await Coroutine.Yield();
        group.Spawn(Sleep(trace, "second"));
        trace.Add("body ends");
    }

    private static Func<TaskGroup, Coroutine> CancelSelf(Trace trace) => group => CancelSelf(trace, group);

    [Coroutine]
    private static async Coroutine CancelSelf(Trace trace, TaskGroup group)
    {
        group.Spawn(Sleep(trace, "child"));
        await Milliseconds(5);
        group.Cancel();
        await Coroutine.Yield();
        trace.Add("never");
    }

    private static Func<TaskGroup, Coroutine> FailWithChild(Trace trace) => group => FailWithChild(trace, group);

    [Coroutine]
    private static async Coroutine FailWithChild(Trace trace, TaskGroup group)
    {
        group.Spawn(FailWhenCancelled(trace));
        await Coroutine.Yield();
        throw new InvalidOperationException("body");
    }

    private static Func<TaskGroup, Coroutine> WaitBesideFailure(Trace trace) => group => WaitBesideFailure(trace, group);

    [Coroutine]
    private static async Coroutine WaitBesideFailure(Trace trace, TaskGroup group)
    {
        group.Spawn(Fail(trace, "child", later: true));
        await Sleep(trace, "body");
    }

    private static Func<TaskGroup, Coroutine> Nested(Trace trace) => group => Nested(trace, group);

    [Coroutine]
    private static async Coroutine Nested(Trace trace, TaskGroup group)
    {
        group.Spawn(TaskGroup.Run(SpawnTwo(trace)));
        await TaskGroup.Run(CancelSelf(trace));
        trace.Add("inner ended");
    }

    [Coroutine]
    private static async Coroutine FailWhenCancelled(Trace trace)
    {
        try
        {
            await Milliseconds(10);
        }
        finally
        {
            trace.Add("fails");
            throw new InvalidOperationException("child");
        }
    }
}
