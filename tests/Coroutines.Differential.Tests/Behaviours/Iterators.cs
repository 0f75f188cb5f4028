using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>Generator-style coroutines: iterators over what they wait for.</summary>
public static partial class Iterators
{
    [Behaviour("1 a begins", "1 a0", "2 a1", "3 a ends", "3 after", "3 ended")]
    [Coroutine]
    public static async Coroutine Awaited_it_runs_in_place_and_null_is_the_next_turn(Trace trace)
    {
        await Blink(trace, "a", 2);
        trace.Add("after");
    }

    [Behaviour("1 spawned", "2 a begins", "2 a0", "3 a1", "4 a ends", "5 RanToCompletion", "5 ended")]
    [Coroutine]
    public static async Coroutine Spawned_it_begins_in_the_next_turn(Trace trace)
    {
        var task = trace.Loop.Spawn(Blink(trace, "a", 2));
        trace.Add("spawned");
        await task;
        trace.Add($"{task.Status}");
    }

    [Behaviour("1 cold", "1 a begins", "1 a0", "2 a ends", "2 ended")]
    [Coroutine]
    public static async Coroutine A_call_runs_nothing(Trace trace)
    {
        var blink = Blink(trace, "a", 1);
        trace.Add("cold");
        await blink;
    }

    [Behaviour("1 evaluated", "1 cold", "1 a begins", "1 a0", "2 a ends", "2 ended")]
    [Coroutine]
    public static async Coroutine Arguments_are_evaluated_at_the_call(Trace trace)
    {
        var blink = Blink(trace.Note("evaluated", trace), "a", 1).AsCoroutine();
        trace.Add("cold");
        await blink;
    }

    [Behaviour("1 outer", "1 a begins", "1 a0", "2 a ends", "2 between", "2 b begins", "2 b0", "3 b1", "4 b ends", "4 outer ends", "4 ended")]
    [Coroutine]
    public static async Coroutine Another_one_runs_to_its_end_in_place(Trace trace) => await Nesting(trace);

    [Behaviour("2@10 woke", "4@10 5!", "5@10 kept 6", "5@10 ended")]
    [Coroutine]
    public static async Coroutine What_it_yields_is_waited_for_like_what_is_awaited(Trace trace) => await Waiting(trace);

    [Behaviour("1 mark 3", "2 mark 2", "3 mark 1", "4 mark 0", "4 ended")]
    [Coroutine]
    public static async Coroutine It_may_be_recursive(Trace trace) => await Marks(trace, 3);

    [Behaviour("1 run", "2 ran 0", "2 run", "3 ran 0", "4 run", "5 ran 0", "6 ended")]
    [Coroutine]
    public static async Coroutine An_enumerable_may_be_run_again_with_the_original_arguments(Trace trace)
    {
        var runs = Repeatable(trace, 1);
        await runs;
        await runs;
        await trace.Loop.Spawn(runs);
    }

    [Behaviour("1 a begins", "1 a0", "2 a ends", "2 caught InvalidOperationException: This iterator has been awaited or spawned before. A coroutine runs once: call the method again for another run, or spawn it and await the CoroutineTask several times.", "2 ended")]
    [Coroutine]
    public static async Coroutine An_iterator_runs_once(Trace trace)
    {
        var blink = Blink(trace, "a", 1);
        await blink;
        try
        {
            await blink;
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 begins", "1 boom?", "2 inner", "2 outer", "2 caught InvalidOperationException: boom", "2 ended")]
    [Coroutine]
    public static async Coroutine What_a_yielded_awaitable_throws_ends_it_and_goes_to_who_awaits(Trace trace)
    {
        try
        {
            await Failing(trace, later: true);
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 begins", "1 boom?", "1 inner", "1 outer", "1 filter", "1 caught InvalidOperationException: boom", "1 ended")]
    [Coroutine]
    public static async Coroutine Its_finally_blocks_run_before_the_filters_of_who_awaits(Trace trace)
    {
        try
        {
            await Failing(trace, later: false);
        }
        catch (InvalidOperationException exception) when (trace.Note("filter", true))
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("2 begins", "2 boom?", "3 inner", "3 outer", "4 caught InvalidOperationException: boom", "4 Faulted", "4 ended")]
    [Coroutine]
    public static async Coroutine A_spawned_one_keeps_its_exception(Trace trace)
    {
        var task = trace.Loop.Spawn(Failing(trace, later: true));
        try
        {
            await task;
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }

        trace.Add($"{task.Status}");
    }

    [Behaviour("1 begins", "1 leaving", "1 caught ArgumentException: from finally", "1 ended")]
    [Coroutine]
    public static async Coroutine An_exception_of_a_finally_replaces_the_one_under_way(Trace trace)
    {
        try
        {
            await FailingTwice(trace);
        }
        catch (ArgumentException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 outer", "1 a begins", "1 a0", "2 cancel", "2 a ends", "2 between", "2 b begins", "2 b0", "2 b leaves", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine Cancelling_runs_the_finally_blocks_and_nothing_else(Trace trace)
    {
        await Nesting(trace);
        trace.Add("never");
    }

    [Behaviour("1 outer sleeps", "1 a sleeps", "2 cancel", "2 a leaves", "2 outer leaves", "2 caught OperationCanceledException", "2 ended", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_catch_of_who_awaits_sees_the_cancellation(Trace trace)
    {
        try
        {
            await Sleeping(trace);
        }
        catch (OperationCanceledException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("2 outer sleeps", "2 a sleeps", "2 cancel", "3 a leaves", "3 outer leaves", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine A_task_is_cancelled_by_its_handle(Trace trace)
    {
        var task = trace.Loop.Spawn(Sleeping(trace));
        await Coroutine.Yield();
        trace.Add("cancel");
        task.Cancel();
        await Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("1 begins", "1 leaving", "1 ended with ArgumentException: from finally")]
    [Coroutine]
    public static async Coroutine An_exception_of_a_finally_replaces_the_cancellation(Trace trace)
    {
        CoroutineTask.Current.Cancel();
        await FailingTwice(trace);
    }

    [Behaviour("1 outer sleeps", "1 a sleeps", "3@5 a leaves", "3@5 outer leaves", "3@5 moved on False", "3@5 outer sleeps", "3@5 a sleeps", "5@10 a leaves", "5@10 outer leaves", "5@10 caught TimeoutException: The operation did not finish before its deadline.", "5@10 ended")]
    [Coroutine]
    public static async Coroutine Time_limits_cancel_it(Trace trace)
    {
        trace.Add($"moved on {await Coroutine.MoveOnAfter(Sleeping(trace).AsCoroutine(), TimeSpan.FromMilliseconds(5))}");
        try
        {
            await Sleeping(trace).AsCoroutine().WithTimeout(TimeSpan.FromMilliseconds(5));
        }
        catch (TimeoutException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("2 a begins", "2 a0", "2 b begins", "2 b0", "2 run", "3 a ends", "3 b1", "3 ran 0", "4 b ends", "5 joined", "5 ended")]
    [Coroutine]
    public static async Coroutine A_group_spawns_them(Trace trace)
    {
        await using var group = new TaskGroup();
        group.Spawn(Blink(trace, "a", 1));
        group.Spawn(Blink(trace, "b", 2));
        group.Spawn(Repeatable(trace, 1));
        await group.Join();
        trace.Add("joined");
    }

    [Behaviour("1 a begins", "1 a0", "1 YieldAwaitable", "1 a1", "1 nothing", "1 a leaves", "1 ended")]
    [Coroutine]
    public static async Coroutine Advanced_by_hand_it_is_an_iterator(Trace trace)
    {
        using var blink = ByHand(trace);
        blink.MoveNext();
        trace.Add($"{blink.Current?.GetType().Name}");
        blink.MoveNext();
        trace.Add(blink.Current is null ? "nothing" : "something");
    }

    [Behaviour("2 a begins", "2 a0", "2 b begins", "2 b0", "3 a ends", "3 b ends", "4 both", "4 ended")]
    [Coroutine]
    public static async Coroutine Combinators_take_it(Trace trace)
    {
        await Coroutine.WhenAll(Blink(trace, "a", 1).AsCoroutine(), Blink(trace, "b", 1).AsCoroutine());
        trace.Add("both");
    }

    [Behaviour("1 one", "2 two", "3@10 three", "3@10 ended")]
    [Coroutine]
    public static async Coroutine Anything_that_is_awaitable_on_a_loop_can_be_awaited_through_the_interface(Trace trace)
    {
        ILoopAwaitable[] waits = [Saying(trace, "one").AsCoroutine(), Coroutine.Yield(), Saying(trace, "two").AsCoroutine(), Milliseconds(10), Saying(trace, "three").AsCoroutine()];
        foreach (var wait in waits)
            await wait;
    }

    [Coroutine]
    private static IEnumerator<ILoopAwaitable?> Blink(Trace trace, string name, int count)
    {
        trace.Add($"{name} begins");
        bool ended = false;
        try
        {
            for (int i = 0; i < count; i++)
            {
                trace.Add($"{name}{i}");
                yield return null;
            }

            ended = true;
        }
        finally
        {
            trace.Add(ended ? $"{name} ends" : $"{name} leaves");
        }
    }

    [Coroutine]
    private static IEnumerator<ILoopAwaitable> Nesting(Trace trace)
    {
        trace.Add("outer");
        yield return Blink(trace, "a", 1).AsCoroutine();
        trace.Add("between");
        yield return Blink(trace, "b", 2).AsCoroutine();
        trace.Add("outer ends");
    }

    [Coroutine]
    private static IEnumerator<ILoopAwaitable> Waiting(Trace trace)
    {
        yield return Milliseconds(10);
        trace.Add("woke");
        var future = new Future<int>(trace.Loop);
        trace.Loop.CallSoon(static future => future.SetResult(5), future);
        yield return future;
        trace.Add($"{future.Result}!");
        var later = SixLater().WithResult();
        yield return later;
        trace.Add($"kept {later.Result}");
    }

    [Coroutine]
    private static async Coroutine<int> SixLater()
    {
        await Coroutine.Yield();
        return 6;
    }

    [Coroutine]
    private static IEnumerator<ILoopAwaitable?> Marks(Trace trace, int depth)
    {
        trace.Add($"mark {depth}");
        if (depth == 0)
            yield break;
        yield return null;
        yield return Marks(trace, depth - 1).AsCoroutine();
    }

    [Coroutine]
    private static IEnumerable<ILoopAwaitable?> Repeatable(Trace trace, int count)
    {
        while (count-- > 0)
        {
            trace.Add("run");
            yield return null;
            trace.Add($"ran {count}");
        }
    }

    [Coroutine]
    private static IEnumerator<ILoopAwaitable> Failing(Trace trace, bool later)
    {
        trace.Add("begins");
        try
        {
            try
            {
                yield return Fail(trace, "boom", later);
                trace.Add("never");
            }
            finally
            {
                trace.Add("inner");
            }
        }
        finally
        {
            trace.Add("outer");
        }
    }

    [Coroutine]
    private static IEnumerator<ILoopAwaitable?> FailingTwice(Trace trace)
    {
        trace.Add("begins");
        try
        {
            if (!CoroutineTask.Current.IsCompleted)
                yield return CoroutineTask.Current;
        }
        finally
        {
            trace.Add("leaving");
            throw new ArgumentException("from finally");
        }
    }

    [Coroutine]
    private static IEnumerator<ILoopAwaitable> Sleeping(Trace trace)
    {
        trace.Add("outer sleeps");
        try
        {
            yield return Sleep(trace, "a");
        }
        finally
        {
            trace.Add("outer leaves");
        }
    }

    [Coroutine]
    private static IEnumerator<ILoopAwaitable?> ByHand(Trace trace)
    {
        trace.Add("a begins");
        try
        {
            trace.Add("a0");
            yield return Coroutine.Yield();
            trace.Add("a1");
            yield return null;
            trace.Add("never");
        }
        finally
        {
            trace.Add("a leaves");
        }
    }

    [Coroutine]
    private static IEnumerator<ILoopAwaitable> Saying(Trace trace, string text)
    {
        trace.Add(text);
        yield break;
    }
}
