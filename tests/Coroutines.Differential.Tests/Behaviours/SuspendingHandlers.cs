using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>Suspensions inside catch and finally.</summary>
public static partial class SuspendingHandlers
{
    [Behaviour("1 boom?", "2 caught InvalidOperationException: boom", "3@10 handled", "3@10 end", "3@10 ended")]
    [Coroutine]
    public static async Coroutine A_catch_may_suspend(Trace trace)
    {
        try
        {
            await Fail(trace, "boom", later: true);
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
            await Milliseconds(10);
            trace.Add("handled");
        }

        trace.Add("end");
    }

    [Behaviour("1 boom?", "1 filter", "2 handling", "2 outer caught InvalidOperationException: boom", "2 thrower is known True", "2 ended")]
    [Coroutine]
    public static async Coroutine A_rethrow_behind_a_suspension_keeps_the_exception_and_its_stack(Trace trace)
    {
        try
        {
            try
            {
                await Fail(trace, "boom", later: false);
            }
            catch (Exception exception) when (trace.Note("filter", exception is InvalidOperationException))
            {
                await Coroutine.Yield();
                trace.Add("handling");
                throw;
            }
        }
        catch (InvalidOperationException exception)
        {
            trace.Add($"outer caught {Trace.Describe(exception)}");
            trace.Add($"thrower is known {exception.StackTrace!.Contains(nameof(Fail), StringComparison.Ordinal)}");
        }
    }

    [Behaviour("1 try", "1 finally", "2 left", "2 returned 5", "2 ended")]
    [Coroutine]
    public static async Coroutine A_return_waits_for_the_finally_it_passes(Trace trace)
    {
        trace.Add($"returned {await Leave(trace)}");
    }

    [Behaviour("1 0", "1 leaving 0", "2 left 0", "3 1", "3 leaving 1", "4 left 1", "4 end", "4 ended")]
    [Coroutine]
    public static async Coroutine Break_and_continue_pass_through_a_finally_that_suspends(Trace trace)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                trace.Add($"{i}");
                if (i == 0)
                    continue;
                break;
            }
            finally
            {
                trace.Add($"leaving {i}");
                await Coroutine.Yield();
                trace.Add($"left {i}");
                if (i == 0)
                    await Coroutine.Yield();
            }
        }

        trace.Add("end");
    }

    [Behaviour("1 boom?", "2 finally", "3 left", "3 ended with InvalidOperationException: boom")]
    [Coroutine]
    public static async Coroutine An_exception_goes_on_when_the_finally_has_run(Trace trace)
    {
        try
        {
            await Fail(trace, "boom", later: true);
        }
        finally
        {
            trace.Add("finally");
            await Coroutine.Yield();
            trace.Add("left");
        }
    }

    [Behaviour("1 boom?", "2 finally", "2 again?", "3 ended with InvalidOperationException: again")]
    [Coroutine]
    public static async Coroutine An_exception_of_a_finally_takes_the_place_of_the_one_in_flight(Trace trace)
    {
        try
        {
            await Fail(trace, "boom", later: true);
        }
        finally
        {
            trace.Add("finally");
            await Fail(trace, "again", later: true);
        }
    }

    [Behaviour("1 try", "2 cancel", "2 inner finally", "2 now", "2 inner leaves", "2 outer finally", "2 last", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_cancelled_suspension_runs_every_finally_although_they_contain_awaits(Trace trace)
    {
        try
        {
            try
            {
                trace.Add("try");
                await Milliseconds(10);
                trace.Add("never");
            }
            finally
            {
                trace.Add("inner finally");
                await Now(trace, "now");
                trace.Add("inner leaves");
            }

            trace.Add("never");
        }
        finally
        {
            trace.Add("outer finally");
            await Now(trace, "last");
        }
    }

    [Behaviour("1 try", "2 cancel", "2 finally", "2 not left", "2 0", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_finally_that_would_suspend_in_a_cancelled_task_is_cancelled_itself(Trace trace)
    {
        try
        {
            trace.Add("try");
            await Milliseconds(10);
        }
        finally
        {
            try
            {
                trace.Add("finally");
                await Milliseconds(10);
                trace.Add("never");
            }
            finally
            {
                trace.Add("not left");
                await Now(trace, 0);
            }
        }
    }

    [Behaviour("1 try", "2 cancel", "2 caught OperationCanceledException", "2 cancelled", "2 outer finally", "2 absorbed", "2 end", "2 ended", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_catch_that_suspends_can_absorb_a_cancellation(Trace trace)
    {
        try
        {
            try
            {
                trace.Add("try");
                await Milliseconds(10);
            }
            catch (OperationCanceledException exception)
            {
                trace.Caught(exception);
                await Now(trace, "cancelled");
            }
        }
        finally
        {
            trace.Add("outer finally");
            await Now(trace, "absorbed");
        }

        trace.Add("end");
    }

    [Coroutine]
    private static async Coroutine<int> Leave(Trace trace)
    {
        try
        {
            trace.Add("try");
            return 5;
        }
        finally
        {
            trace.Add("finally");
            await Coroutine.Yield();
            trace.Add("left");
        }
    }
}
