using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>Cancellation is level-triggered: what a cancelled task does after its first refused suspension.</summary>
public static partial class RefusedSuspensions
{
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

    private sealed class Setting(Trace trace, TaskCompletionSource<int> source)
    {
        public void Set()
        {
            trace.Add("set");
            source.SetResult(1);
        }
    }
}
