using static Coroutines.Differential.Children;

namespace Coroutines.Differential.Behaviours;

/// <summary>One task cancels another, or itself: where the cancellation finds it, and what those who await it see.</summary>
public static partial class CancellingTasks
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

    [Behaviour("1 main ends", "1 ended", "2 sleeper sleeps", "2 sleeper leaves")]
    [Coroutine]
    public static async Coroutine Disposing_the_loop_cancels_what_is_left(Trace trace)
    {
        trace.Loop.Spawn(Sleep(trace, "sleeper"));
        trace.Add("main ends");
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
}
