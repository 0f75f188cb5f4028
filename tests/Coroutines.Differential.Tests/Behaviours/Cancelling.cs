using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>One task cancels another, or the run cancels the root; every later suspension of the cancelled task is refused.</summary>
public static partial class Cancelling
{
    [Behaviour("1 parent", "1 True", "2 sleeper sleeps", "2 sleeper leaves", "3 Cancelled", "3 ended")]
    [Coroutine]
    public static async Coroutine Before_its_start_a_task_runs_up_to_its_first_suspension(Trace trace)
    {
        trace.Add("parent");
        var task = trace.Loop.Spawn(Sleep(trace, "sleeper"));
        trace.Add($"{task.Cancel()}");
        await Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("2 sleeper sleeps", "2 cancel", "3 sleeper leaves", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine At_a_delay_a_task_leaves_in_the_next_turn(Trace trace)
    {
        var task = trace.Loop.Spawn(Sleep(trace, "sleeper"));
        await Coroutine.Yield();
        trace.Add("cancel");
        task.Cancel();
        await Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("2 yields", "2 cancel", "3 comes back", "3 finally", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine At_a_yield_a_task_comes_back_and_is_cancelled_at_the_next(Trace trace)
    {
        var task = trace.Loop.Spawn(YieldTwice(trace));
        await Coroutine.Yield();
        trace.Add("cancel");
        task.Cancel();
        await Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("2 cancel", "3 finally", "4 Cancelled, future Running", "4 ended")]
    [Coroutine]
    public static async Coroutine At_a_future_a_task_leaves_and_the_future_stays(Trace trace)
    {
        var future = new Future<int>(trace.Loop);
        var task = trace.Loop.Spawn(WaitFor(trace, future));
        await Coroutine.Yield();
        trace.Add("cancel");
        task.Cancel();
        await Ended(task);
        trace.Add($"{task.Status}, future {future.Status}");
    }

    [Behaviour("2 set, then cancel", "3 got 5", "3 finally", "4 RanToCompletion", "4 ended")]
    [Coroutine]
    public static async Coroutine A_suspension_that_has_its_result_ends_as_usual(Trace trace)
    {
        var future = new Future<int>(trace.Loop);
        var task = trace.Loop.Spawn(WaitFor(trace, future));
        await Coroutine.Yield();
        trace.Add("set, then cancel");
        future.SetResult(5);
        task.Cancel();
        await Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("2 cancel, then set", "3 finally", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine A_result_that_comes_after_the_cancel_is_not_seen(Trace trace)
    {
        var future = new Future<int>(trace.Loop);
        var task = trace.Loop.Spawn(WaitFor(trace, future));
        await Coroutine.Yield();
        trace.Add("cancel, then set");
        task.Cancel();
        future.SetResult(5);
        await Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("2 level 3 in", "2 level 2 in", "2 level 1 in", "2 level 0 sleeps", "2 cancel", "3 level 0 leaves", "3 level 1 out", "3 level 2 out", "3 level 3 out", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine Finally_blocks_of_every_level_run_from_the_leaf_up(Trace trace)
    {
        var task = trace.Loop.Spawn(Level3(trace));
        await Coroutine.Yield();
        trace.Add("cancel");
        task.Cancel();
        await Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("2 cancel", "3 caught OperationCanceledException", "3 goes on", "3 finally", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine A_swallowed_cancellation_comes_again_at_the_next_suspension(Trace trace)
    {
        var task = trace.Loop.Spawn(Swallow(trace, suspendAgain: true));
        await Coroutine.Yield();
        trace.Add("cancel");
        task.Cancel();
        await Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("2 cancel", "3 caught OperationCanceledException", "3 goes on", "3 finally", "4 RanToCompletion", "4 ended")]
    [Coroutine]
    public static async Coroutine A_swallowed_cancellation_without_another_suspension_is_success(Trace trace)
    {
        var task = trace.Loop.Spawn(Swallow(trace, suspendAgain: false));
        await Coroutine.Yield();
        trace.Add("cancel");
        task.Cancel();
        await Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("2 sleeper sleeps", "2 True", "2 False", "3 sleeper leaves", "4 False", "4 ended")]
    [Coroutine]
    public static async Coroutine A_second_cancel_does_nothing(Trace trace)
    {
        var task = trace.Loop.Spawn(Sleep(trace, "sleeper"));
        await Coroutine.Yield();
        trace.Add($"{task.Cancel()}");
        trace.Add($"{task.Cancel()}");
        await Ended(task);
        trace.Add($"{task.Cancel()}");
    }

    [Behaviour("2 a", "3 False RanToCompletion", "3 ended")]
    [Coroutine]
    public static async Coroutine A_task_that_has_ended_cannot_be_cancelled(Trace trace)
    {
        var task = trace.Loop.Spawn(Now(trace, "a"));
        await task;
        trace.Add($"{task.Cancel()} {task.Status}");
    }

    [Behaviour("2 sleeper sleeps", "3 sleeper leaves", "4 caught OperationCanceledException", "4 ended")]
    [Coroutine]
    public static async Coroutine Awaiting_a_cancelled_task_throws(Trace trace)
    {
        var task = trace.Loop.Spawn(Sleep(trace, "sleeper"));
        await Coroutine.Yield();
        task.Cancel();
        try
        {
            await task;
        }
        catch (OperationCanceledException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 waits", "2 sleeper sleeps", "3 sleeper leaves", "4 finally", "4 ended cancelled")]
    [Coroutine]
    public static async Coroutine A_task_that_awaits_a_cancelled_task_is_cancelled_if_it_lets_the_exception_pass(Trace trace)
    {
        var task = trace.Loop.Spawn(Sleep(trace, "sleeper"));
        trace.Loop.CallSoon(static t => t.Cancel(), task);
        try
        {
            trace.Add("waits");
            await task;
        }
        finally
        {
            trace.Add("finally");
        }
    }

    [Behaviour("2 sleeper sleeps", "2 cancel the one who waits", "3 waiter left", "4 waiter Cancelled, sleeper Running", "5@10 sleeper wakes", "5@10 sleeper leaves", "6@10 ended")]
    [Coroutine]
    public static async Coroutine Cancelling_an_await_leaves_the_awaited_task_running(Trace trace)
    {
        var sleeper = trace.Loop.Spawn(Sleep(trace, "sleeper"));
        var waiter = trace.Loop.Spawn(AwaitTask(trace, sleeper));
        await Coroutine.Yield();
        trace.Add("cancel the one who waits");
        waiter.Cancel();
        await Ended(waiter);
        trace.Add($"waiter {waiter.Status}, sleeper {sleeper.Status}");
        await sleeper;
    }

    [Behaviour("1 cancels itself", "1 goes on", "1 finally", "1 ended cancelled")]
    [Coroutine]
    public static async Coroutine A_task_that_cancels_itself_goes_on_to_its_next_suspension(Trace trace)
    {
        trace.Add("cancels itself");
        CoroutineTask.Current.Cancel();
        trace.Add("goes on");
        try
        {
            await Coroutine.Yield();
            trace.Add("never");
        }
        finally
        {
            trace.Add("finally");
        }
    }

    [Behaviour("1 0", "1 caught", "1 1", "1 caught", "1 2", "1 caught", "1 ended")]
    [Coroutine]
    public static async Coroutine Every_suspension_of_a_cancelled_task_is_refused_in_the_same_turn(Trace trace)
    {
        CoroutineTask.Current.Cancel();
        for (int i = 0; i < 3; i++)
        {
            try
            {
                trace.Add($"{i}");
                await Milliseconds(i);
                trace.Add("never");
            }
            catch (OperationCanceledException)
            {
                trace.Add("caught");
            }
        }
    }

    [Behaviour("1 1?", "2 cancel", "2 1!", "2 ended", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_cancel_with_no_suspension_left_changes_nothing(Trace trace) => await Later(trace, 1);

    [Behaviour("1 in", "2 cancel", "2 filter OperationCanceledException", "2 finally", "2 handled", "2 ended", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_filter_sees_the_cancellation_before_the_finally_runs(Trace trace)
    {
        try
        {
            try
            {
                trace.Add("in");
                await Milliseconds(10);
            }
            finally
            {
                trace.Add("finally");
            }
        }
        catch (Exception exception) when (trace.Note($"filter {Trace.Describe(exception)}", true))
        {
            trace.Add("handled");
        }
    }

    [Behaviour("1 in", "2 cancel", "2 filter", "2 finally", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_filter_may_let_the_cancellation_pass(Trace trace)
    {
        try
        {
            trace.Add("in");
            await Milliseconds(10);
        }
        catch (Exception) when (trace.Note("filter", false))
        {
            trace.Add("never");
        }
        finally
        {
            trace.Add("finally");
        }
    }

    [Behaviour("1 in", "2 cancel", "2 finally", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_catch_of_another_type_does_not_see_the_cancellation(Trace trace)
    {
        try
        {
            trace.Add("in");
            await Milliseconds(10);
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
        finally
        {
            trace.Add("finally");
        }
    }

    [Behaviour("1 in", "2 cancel", "2 rethrow", "2 outer finally", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_rethrown_cancellation_cancels_the_task(Trace trace)
    {
        try
        {
            try
            {
                trace.Add("in");
                await Milliseconds(10);
            }
            catch (OperationCanceledException)
            {
                trace.Add("rethrow");
                throw;
            }
        }
        finally
        {
            trace.Add("outer finally");
        }
    }

    [Behaviour("1 in", "2 cancel", "2 ended with InvalidOperationException: instead", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_finally_that_throws_turns_the_cancellation_into_a_failure(Trace trace)
    {
        try
        {
            trace.Add("in");
            await Milliseconds(10);
        }
        finally
        {
            Break("instead");
        }
    }

    [Behaviour("1 a sleeps", "2 cancel", "2 a leaves", "2 caught OperationCanceledException", "2 b sleeps", "2 b leaves", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_child_started_after_the_cancel_is_refused_its_suspension(Trace trace)
    {
        try
        {
            await Sleep(trace, "a");
        }
        catch (OperationCanceledException exception)
        {
            trace.Caught(exception);
        }

        await Sleep(trace, "b");
        trace.Add("never");
    }

    [Behaviour("1 a sleeps", "2 cancel", "2 a leaves", "2 closed", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_using_is_disposed_on_cancellation(Trace trace)
    {
        using var closing = new Closing(trace);
        await Sleep(trace, "a");
        trace.Add("never");
    }

    [Behaviour("1 a sleeps", "2 cancel", "2 a leaves", "2 leaving 0", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine Cancellation_leaves_a_loop(Trace trace)
    {
        for (int i = 0; i < 3; i++)
        {
            try
            {
                await Sleep(trace, "a");
            }
            finally
            {
                trace.Add($"leaving {i}");
            }
        }
    }

    [Behaviour("1 thrown by hand", "2 finally", "2 ended cancelled")]
    [Coroutine]
    public static async Coroutine An_OperationCanceledException_thrown_by_hand_cancels_the_task(Trace trace)
    {
        try
        {
            trace.Add("thrown by hand");
            await Coroutine.Yield();
            throw new OperationCanceledException("by hand");
        }
        finally
        {
            trace.Add("finally");
        }
    }

    [Behaviour("1 waits", "2 cancel", "2 closing", "2 caught in finally", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_finally_may_contain_a_whole_try(Trace trace)
    {
        try
        {
            trace.Add("waits");
            await Milliseconds(10);
        }
        finally
        {
            try
            {
                trace.Add("closing");
                Break("in finally");
            }
            catch (InvalidOperationException)
            {
                trace.Add("caught in finally");
            }
        }
    }

    [Behaviour("1 in", "2 cancel", "2 result -1", "2 ended", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_child_may_return_a_value_for_its_cancellation(Trace trace) => trace.Add($"result {await Or(trace, -1)}");

    [Behaviour("1 waits", "2 cancel", "2 set", "3 got 1", "3 finally", "3 ended", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_foreign_await_is_not_cancelled(Trace trace)
    {
        var source = new TaskCompletionSource<int>();
        trace.Loop.CallSoon(static setting => setting.Set(), new Setting(trace, source));
        try
        {
            trace.Add("waits");
            trace.Add($"got {await source.Task}");
        }
        finally
        {
            trace.Add("finally");
        }
    }

    [Behaviour("1 main ends", "1 ended", "2 sleeper sleeps", "2 sleeper leaves")]
    [Coroutine]
    public static async Coroutine Disposing_the_loop_cancels_what_is_left(Trace trace)
    {
        trace.Loop.Spawn(Sleep(trace, "sleeper"));
        trace.Add("main ends");
    }

    /// <summary>Waits for a task's end, however it ends.</summary>
    [Coroutine]
    private static async Coroutine Ended(CoroutineTask task)
    {
        try
        {
            await task;
        }
        catch (Exception)
        {
            // How it ended is read from its status.
        }
    }

    [Coroutine]
    private static async Coroutine AwaitTask(Trace trace, CoroutineTask task)
    {
        try
        {
            await task;
        }
        finally
        {
            trace.Add("waiter left");
        }
    }

    [Coroutine]
    private static async Coroutine YieldTwice(Trace trace)
    {
        try
        {
            trace.Add("yields");
            await Coroutine.Yield();
            trace.Add("comes back");
            await Coroutine.Yield();
            trace.Add("never");
        }
        finally
        {
            trace.Add("finally");
        }
    }

    [Coroutine]
    private static async Coroutine WaitFor(Trace trace, Future<int> future)
    {
        try
        {
            trace.Add($"got {await future}");
        }
        finally
        {
            trace.Add("finally");
        }
    }

    [Coroutine]
    private static async Coroutine Swallow(Trace trace, bool suspendAgain)
    {
        try
        {
            try
            {
                await Milliseconds(10);
            }
            catch (OperationCanceledException exception)
            {
                trace.Caught(exception);
            }

            trace.Add("goes on");
            if (suspendAgain)
            {
                await Milliseconds(10);
                trace.Add("never");
            }
        }
        finally
        {
            trace.Add("finally");
        }
    }

    [Coroutine]
    private static async Coroutine<int> Or(Trace trace, int instead)
    {
        try
        {
            trace.Add("in");
            await Milliseconds(10);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return instead;
        }
    }

    [Coroutine]
    private static async Coroutine Level3(Trace trace)
    {
        trace.Add("level 3 in");
        try
        {
            await Level2(trace);
        }
        finally
        {
            trace.Add("level 3 out");
        }
    }

    [Coroutine]
    private static async Coroutine Level2(Trace trace)
    {
        trace.Add("level 2 in");
        try
        {
            await Level1(trace);
        }
        finally
        {
            trace.Add("level 2 out");
        }
    }

    [Coroutine]
    private static async Coroutine Level1(Trace trace)
    {
        trace.Add("level 1 in");
        try
        {
            await Sleep(trace, "level 0");
        }
        finally
        {
            trace.Add("level 1 out");
        }
    }

    private static void Break(string message) => throw new InvalidOperationException(message);

    private sealed class Closing(Trace trace) : IDisposable
    {
        public void Dispose() => trace.Add("closed");
    }

    private sealed class Setting(Trace trace, TaskCompletionSource<int> source)
    {
        public void Set()
        {
            trace.Add("set");
            source.SetResult(1);
        }
    }
}
