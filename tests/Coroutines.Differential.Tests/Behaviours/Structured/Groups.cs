using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>The block form of a task group: children, failures, and every way to leave.</summary>
public static partial class Groups
{
    [Behaviour("1 2", "2 first sleeps", "2 second sleeps", "3@10 first wakes", "3@10 first leaves", "3@10 second wakes", "3@10 second leaves", "4@10 0", "4@10 ended")]
    [Coroutine]
    public static async Coroutine Join_waits_for_all_children(Trace trace)
    {
        await using var group = new TaskGroup();
        group.Spawn(Sleep(trace, "first"));
        group.Spawn(Sleep(trace, "second"));
        trace.Add($"{group.Count}");
        await group.Join();
        trace.Add($"{group.Count}");
    }

    [Behaviour("1 joined", "1 ended")]
    [Coroutine]
    public static async Coroutine An_empty_group_joins_at_once(Trace trace)
    {
        await using var group = new TaskGroup();
        await group.Join();
        trace.Add("joined");
    }

    [Behaviour("2 7?", "2 text?", "3 7!", "3 text!", "4 8 4", "4 ended")]
    [Coroutine]
    public static async Coroutine Results_are_typed_and_there_after_the_join(Trace trace)
    {
        await using var group = new TaskGroup();
        var number = group.Spawn(Later(trace, 7));
        var text = group.Spawn(Later(trace, "text"));
        await group.Join();
        trace.Add($"{await number + 1} {(await text).Length}");
    }

    [Behaviour("2 sibling sleeps", "2 broken?", "4 sibling leaves", "5 InvalidOperationException: broken", "5 ended")]
    [Coroutine]
    public static async Coroutine A_failure_cancels_the_siblings_and_the_join_throws_it(Trace trace)
    {
        try
        {
            await using var group = new TaskGroup();
            group.Spawn(Sleep(trace, "sibling"));
            group.Spawn(Fail(trace, "broken", later: true));
            await group.Join();
            trace.Add("never");
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception));
        }
    }

    [Behaviour("2 one?", "2 two?", "4 fails", "5 InvalidOperationException: one, InvalidOperationException: two, InvalidOperationException: finally", "5 ended")]
    [Coroutine]
    public static async Coroutine All_failures_arrive_together(Trace trace)
    {
        try
        {
            await using var group = new TaskGroup();
            group.Spawn(Fail(trace, "one", later: true));
            group.Spawn(Fail(trace, "two", later: true));
            group.Spawn(FailInFinally(trace));
            await group.Join();
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception));
        }
    }

    [Behaviour("1 block sleeps", "2 broken?", "4 block leaves", "4 InvalidOperationException: broken", "4 ended")]
    [Coroutine]
    public static async Coroutine A_failure_cancels_what_the_block_awaits(Trace trace)
    {
        try
        {
            await using var group = new TaskGroup();
            group.Spawn(Fail(trace, "broken", later: true));
            await Sleep(trace, "block");
            trace.Add("never");
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception));
        }
    }

    [Behaviour("2 broken?", "4 InvalidOperationException: broken", "4 ended")]
    [Coroutine]
    public static async Coroutine A_failure_that_the_block_awaits_is_told_once(Trace trace)
    {
        try
        {
            await using var group = new TaskGroup();
            var child = group.Spawn(Fail(trace, "broken", later: true));
            trace.Add($"{await child}");
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception));
        }
    }

    [Behaviour("2 child sleeps", "3 child leaves", "4 caught InvalidOperationException: block", "4 ended")]
    [Coroutine]
    public static async Coroutine A_block_that_fails_cancels_the_children_and_keeps_its_exception(Trace trace)
    {
        try
        {
            await using var group = new TaskGroup();
            group.Spawn(Sleep(trace, "child"));
            await Coroutine.Yield();
            throw new InvalidOperationException("block");
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("3 fails", "4 unhandled InvalidOperationException: finally", "4 caught InvalidOperationException: block", "4 ended")]
    [Coroutine]
    public static async Coroutine Failures_after_a_failed_block_are_reported(Trace trace)
    {
        try
        {
            await using var group = new TaskGroup();
            group.Spawn(FailInFinally(trace));
            await Coroutine.Yield();
            throw new InvalidOperationException("block");
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("2 child sleeps", "3 child leaves", "4 returned", "4 ended")]
    [Coroutine]
    public static async Coroutine A_block_that_returns_early_cancels_the_children(Trace trace)
    {
        await ReturnEarly(trace);
        trace.Add("returned");
    }

    [Behaviour("1 block sleeps", "2 cancel", "2 child sleeps", "2 child leaves", "2 block leaves", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine Cancelling_the_parent_in_its_block_cancels_the_children(Trace trace)
    {
        await using var group = new TaskGroup();
        group.Spawn(Sleep(trace, "child"));
        await Sleep(trace, "block");
        await group.Join();
    }

    [Behaviour("2 slow sleeps", "3 cancel", "3 slow leaves", "3 clean-up sleeps", "4@10 clean-up wakes", "4@10 clean-up leaves", "5@10 ended cancelled", CancelBeforeTurn = 3)]
    [Coroutine]
    public static async Coroutine Cancelling_the_parent_in_its_join_cancels_the_children_and_waits_for_them(Trace trace)
    {
        await using var group = new TaskGroup();
        group.Spawn(SlowToLeave(trace));
        await group.Join();
        trace.Add("never");
    }

    [Behaviour("2 child sleeps", "4@5 child leaves", "5@5 joined", "6@15 goes on", "6@15 ended")]
    [Coroutine]
    public static async Coroutine Cancelling_the_group_ends_the_join_without_an_exception(Trace trace)
    {
        await using var group = new TaskGroup();
        group.Spawn(Sleep(trace, "child"));
        trace.Loop.CallLater(TimeSpan.FromMilliseconds(5), static state => state.Cancel(), group);
        await group.Join();
        trace.Add("joined");
        await Milliseconds(10);
        trace.Add("goes on");
    }

    [Behaviour("1 block sleeps", "2 child sleeps", "4@5 block leaves", "4@5 child leaves", "5@5 The cancel scope was cancelled: enough", "5@5 ended")]
    [Coroutine]
    public static async Coroutine Cancelling_the_group_ends_the_block_with_an_exception(Trace trace)
    {
        try
        {
            await using var group = new TaskGroup();
            group.Spawn(Sleep(trace, "child"));
            trace.Loop.CallLater(TimeSpan.FromMilliseconds(5), static state => state.Cancel("enough"), group);
            await Sleep(trace, "block");
        }
        catch (OperationCanceledException exception)
        {
            trace.Add(exception.Message);
        }
    }

    [Behaviour("2 cancelled sleeps", "2 other sleeps", "3 cancelled leaves", "4@10 other wakes", "4@10 other leaves", "5@10 Cancelled", "5@10 ended")]
    [Coroutine]
    public static async Coroutine A_child_that_is_cancelled_alone_is_no_failure(Trace trace)
    {
        await using var group = new TaskGroup();
        var child = group.Spawn(Sleep(trace, "cancelled"));
        group.Spawn(Sleep(trace, "other"));
        await Coroutine.Yield();
        child.Cancel();
        await group.Join();
        trace.Add($"{child.Status}");
    }

    [Behaviour("2 child sleeps", "4@5 child leaves", "5@5 True", "5@5 ended")]
    [Coroutine]
    public static async Coroutine A_deadline_of_the_group_cancels_the_children(Trace trace)
    {
        await using var group = new TaskGroup();
        group.Scope.Deadline = TimeSpan.FromMilliseconds(5);
        group.Spawn(Sleep(trace, "child"));
        await group.Join();
        trace.Add($"{group.Scope.IsCancelled}");
    }

    [Behaviour("2 child sleeps", "4@5 child leaves", "5@5 caught TimeoutException: The operation did not finish before its deadline.", "5@5 ended")]
    [Coroutine]
    public static async Coroutine A_deadline_around_the_group_cancels_the_children_and_ends_with_a_timeout(Trace trace)
    {
        try
        {
            using (CancelScope.After(TimeSpan.FromMilliseconds(5)))
            {
                await using var group = new TaskGroup();
                group.Spawn(Sleep(trace, "child"));
                await group.Join();
                trace.Add("never");
            }
        }
        catch (TimeoutException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("2 child sleeps", "4@10 child wakes", "4@10 child leaves", "5@10 joined", "5@10 caught TimeoutException: The operation did not finish before its deadline.", "5@10 ended")]
    [Coroutine]
    public static async Coroutine A_shield_around_the_group_protects_the_children(Trace trace)
    {
        try
        {
            using (CancelScope.After(TimeSpan.FromMilliseconds(5)))
            {
                using (CancelScope.Shielded())
                {
                    await using var group = new TaskGroup();
                    group.Spawn(Sleep(trace, "child"));
                    await group.Join();
                    trace.Add("joined");
                }

                await Coroutine.Yield();
            }
        }
        catch (TimeoutException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("2 slow sleeps", "3 slow leaves", "3 clean-up sleeps", "4@10 clean-up wakes", "4@10 clean-up leaves", "5@10 joined", "5@10 ended")]
    [Coroutine]
    public static async Coroutine A_shield_in_a_child_protects_its_clean_up_only(Trace trace)
    {
        await using var group = new TaskGroup();
        group.Spawn(SlowToLeave(trace));
        await Coroutine.Yield();
        group.Cancel();
        await group.Join();
        trace.Add("joined");
    }

    [Behaviour("2 outer child sleeps", "3 inner child sleeps", "3 inner?", "5 inner child leaves", "7 outer child leaves", "8 InvalidOperationException: inner", "8 ended")]
    [Coroutine]
    public static async Coroutine A_failure_in_an_inner_group_reaches_the_outer_one(Trace trace)
    {
        try
        {
            await using var outer = new TaskGroup();
            outer.Spawn(Sleep(trace, "outer child"));
            outer.Spawn(InnerGroup(trace));
            await outer.Join();
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception.Flatten()));
        }
    }

    [Behaviour("3 first sleeps", "3 second sleeps", "4@5 cancel", "5@5 first leaves", "5@5 second leaves", "7@5 joined", "7@5 ended")]
    [Coroutine]
    public static async Coroutine Cancelling_the_outer_group_cancels_grandchildren_in_the_same_turn(Trace trace)
    {
        await using var outer = new TaskGroup();
        outer.Spawn(TwoGrandchildren(trace));
        await Milliseconds(5);
        trace.Add("cancel");
        outer.Cancel();
        await outer.Join();
        trace.Add("joined");
    }

    [Behaviour("2 late sleeps", "2 late leaves", "3 joined", "3 ended")]
    [Coroutine]
    public static async Coroutine A_child_spawned_in_a_cancelled_group_is_cancelled_at_its_first_suspension(Trace trace)
    {
        await using var group = new TaskGroup();
        group.Cancel();
        group.Spawn(Sleep(trace, "late"));
        await group.Join();
        trace.Add("joined");
    }

    [Behaviour("1 caught InvalidOperationException: The group is closed: it was joined or its block was left. Spawn in a group that is open.", "1 disposed", "1 ended")]
    [Coroutine]
    public static async Coroutine A_closed_group_refuses_children(Trace trace)
    {
        var group = new TaskGroup();
        await group.Join();
        try
        {
            group.Spawn(Sleep(trace, "late"));
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }

        await group.DisposeAsync();
        trace.Add("disposed");
    }

    [Behaviour("2 depth 3", "4 depth 2", "6 depth 1", "8 depth 0", "10 joined", "10 ended")]
    [Coroutine]
    public static async Coroutine A_child_may_spawn_siblings(Trace trace)
    {
        await using var group = new TaskGroup();
        group.Spawn(Spread(trace, group, 3));
        await group.Join();
        trace.Add("joined");
    }

    [Behaviour("2 caught InvalidOperationException: A cancel scope, or a group, is left by the coroutine that opened it, in the same task.", "3 ended")]
    [Coroutine]
    public static async Coroutine Another_task_cannot_join(Trace trace)
    {
        await using var group = new TaskGroup();
        await Ended(trace.Loop.Spawn(JoinForeign(trace, group)));
        await group.Join();
    }

    [Behaviour("3@5 ready", "3@5 server sleeps", "4@5 80", "4@5 1", "5@5 server leaves", "6@5 ended")]
    [Coroutine]
    public static async Coroutine Start_waits_until_the_child_says_it_is_ready(Trace trace)
    {
        await using var group = new TaskGroup();
        trace.Add($"{await group.Start(Serve(trace))}");
        trace.Add($"{group.Count}");
        group.Cancel();
        await group.Join();
    }

    [Behaviour("3@5 cannot", "4@5 InvalidOperationException: port taken", "4@5 ended")]
    [Coroutine]
    public static async Coroutine A_child_that_fails_before_it_is_ready_fails_the_group(Trace trace)
    {
        try
        {
            await using var group = new TaskGroup();
            trace.Add($"{await group.Start(FailToServe(trace))}");
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception));
        }
    }

    [Behaviour("2 server sleeps", "3@10 server wakes", "3@10 server leaves", "4@10 caught InvalidOperationException: The child ended without having completed the future that says it is ready.", "4@10 ended")]
    [Coroutine]
    public static async Coroutine A_child_that_ends_without_being_ready_is_told(Trace trace)
    {
        await using var group = new TaskGroup();
        try
        {
            trace.Add($"{await group.Start(NeverReady(trace))}");
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }

        await group.Join();
    }

    [Behaviour("3 child sleeps", "4 child leaves", "4 parent ended", "5@5 1", "5@5 ended")]
    [Coroutine]
    public static async Coroutine A_group_nobody_leaves_cancels_its_children_when_its_task_ends(Trace trace)
    {
        await trace.Loop.Spawn(ForgetGroup(trace));
        trace.Add("parent ended");
        await Milliseconds(5);
        trace.Add($"{trace.Loop.TaskCount}");
    }

    [Behaviour("1 caught InvalidOperationException: Cancel scopes and groups nest: leave the inner ones first. What is opened in a block belongs to that block.", "2 outer child sleeps", "2 inner child sleeps", "3@10 outer child wakes", "3@10 outer child leaves", "3@10 inner child wakes", "3@10 inner child leaves", "4@10 ended")]
    [Coroutine]
    public static async Coroutine Groups_are_joined_from_the_inside_out(Trace trace)
    {
        await using var outer = new TaskGroup();
        await using var inner = new TaskGroup();
        outer.Spawn(Sleep(trace, "outer child"));
        inner.Spawn(Sleep(trace, "inner child"));
        try
        {
            await outer.Join();
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }

        await inner.Join();
        await outer.Join();
    }

    [Behaviour("5 late child sleeps", "6@10 late child wakes", "6@10 late child leaves", "7@10 joined", "7@10 ended")]
    [Coroutine]
    public static async Coroutine A_child_spawned_when_the_last_has_ended_is_waited_for(Trace trace)
    {
        var future = new Future<int>();
        await using var group = new TaskGroup();
        trace.Loop.Spawn(SpawnWhen(trace, group, future));
        group.Spawn(SetAndEnd(future));
        await group.Join();
        trace.Add("joined");
    }

    [Behaviour("2 parent sleeps", "3 early?", "4@10 parent wakes", "4@10 parent leaves", "4@10 unhandled InvalidOperationException: early", "6@30 reported by then", "6@30 ended")]
    [Coroutine]
    public static async Coroutine A_failure_nobody_can_be_told_any_more_is_reported(Trace trace)
    {
        await trace.Loop.Spawn(ForgetFailing(trace));
        await Milliseconds(20);
        trace.Add("reported by then");
    }

    [Behaviour("2 cancel", "4 back", "4 ended", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_checkpoint_of_ordinary_async_code_comes_back(Trace trace)
    {
        await Coroutine.Yield();
        await Ordinary();
        trace.Add("back");

        static async Task Ordinary() => await Coroutine.Checkpoint();
    }

    [Coroutine]
    private static async Coroutine SpawnWhen(Trace trace, TaskGroup group, Future<int> future)
    {
        await future;
        group.Spawn(Sleep(trace, "late child"));
    }

    [Coroutine]
    private static async Coroutine SetAndEnd(Future<int> future)
    {
        await Coroutine.Yield();
        future.SetResult(1);
    }

    [Coroutine]
    private static async Coroutine ForgetFailing(Trace trace)
    {
        var group = new TaskGroup();
        group.Spawn(Fail(trace, "early", later: false));
        await Coroutine.Shield(Sleep(trace, "parent"));
    }

    [Coroutine]
    private static async Coroutine ReturnEarly(Trace trace)
    {
        await using var group = new TaskGroup();
        group.Spawn(Sleep(trace, "child"));
        await Coroutine.Yield();
        if (group.Count > 0)
            return;
        await group.Join();
    }

    [Coroutine]
    private static async Coroutine FailInFinally(Trace trace)
    {
        try
        {
            await Milliseconds(10);
        }
        finally
        {
            trace.Add("fails");
            Throw("finally");
        }
    }

    [Coroutine]
    private static async Coroutine SlowToLeave(Trace trace)
    {
        try
        {
            await Sleep(trace, "slow");
        }
        finally
        {
            await Coroutine.Shield(Sleep(trace, "clean-up"));
        }
    }

    [Coroutine]
    private static async Coroutine InnerGroup(Trace trace)
    {
        await using var inner = new TaskGroup();
        inner.Spawn(Sleep(trace, "inner child"));
        inner.Spawn(Fail(trace, "inner", later: true));
        await inner.Join();
    }

    [Coroutine]
    private static async Coroutine TwoGrandchildren(Trace trace)
    {
        await using var inner = new TaskGroup();
        inner.Spawn(Sleep(trace, "first"));
        inner.Spawn(Sleep(trace, "second"));
        await inner.Join();
        trace.Add("never");
    }

    [Coroutine]
    private static async Coroutine Spread(Trace trace, TaskGroup group, int depth)
    {
        trace.Add($"depth {depth}");
        await Coroutine.Yield();
        if (depth > 0)
            group.Spawn(Spread(trace, group, depth - 1));
    }

    [Coroutine]
    private static async Coroutine JoinForeign(Trace trace, TaskGroup group)
    {
        try
        {
            await group.Join();
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Coroutine]
    private static async Coroutine ForgetGroup(Trace trace)
    {
        var group = new TaskGroup();
        group.Spawn(Sleep(trace, "child"));
        await Coroutine.Yield();
    }

    private static Func<Future<int>, Coroutine> Serve(Trace trace) => ready => Serve(trace, ready);

    [Coroutine]
    private static async Coroutine Serve(Trace trace, Future<int> ready)
    {
        await Milliseconds(5);
        trace.Add("ready");
        ready.SetResult(80);
        await Sleep(trace, "server");
    }

    private static Func<Future<int>, Coroutine> FailToServe(Trace trace) => _ => FailingServer(trace);

    [Coroutine]
    private static async Coroutine FailingServer(Trace trace)
    {
        await Milliseconds(5);
        trace.Add("cannot");
        Throw("port taken");
    }

    private static Func<Future<int>, Coroutine> NeverReady(Trace trace) => _ => Sleep(trace, "server");

    private static void Throw(string message) => throw new InvalidOperationException(message);
}
