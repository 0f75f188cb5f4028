using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>The call forms of a cancel scope, which absorb its cancellation or turn it into a timeout.</summary>
public static partial class CallForms
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_long = TimeSpan.FromMilliseconds(50);

    [Behaviour("1 sleeper sleeps", "3@5 sleeper leaves", "3@5 False", "4@15 goes on", "4@15 ended")]
    [Coroutine]
    public static async Coroutine Move_on_goes_on_after_the_time_and_says_that_it_was_up(Trace trace)
    {
        trace.Add($"{await Coroutine.MoveOnAfter(Sleep(trace, "sleeper"), s_short)}");
        await Milliseconds(10);
        trace.Add("goes on");
    }

    [Behaviour("1 sleeper sleeps", "2@10 sleeper wakes", "2@10 sleeper leaves", "2@10 True", "2@10 7?", "3@10 7!", "3@10 (True, 7)", "3@10 slow sleeps", "5@15 slow leaves", "5@15 (False, 0)", "5@15 ended")]
    [Coroutine]
    public static async Coroutine Move_on_gives_the_result_of_what_finished(Trace trace)
    {
        trace.Add($"{await Coroutine.MoveOnAfter(Sleep(trace, "sleeper"), s_long)}");
        trace.Add($"{await Coroutine.MoveOnAfter(Later(trace, 7), s_long)}");
        trace.Add($"{await Coroutine.MoveOnAfter(Slow(trace), s_short)}");
    }

    [Behaviour("2@10 sleeper sleeps", "4@13 sleeper leaves", "4@13 False", "4@13 slow sleeps", "6@15 slow leaves", "6@15 (False, 0)", "6@15 ended")]
    [Coroutine]
    public static async Coroutine Move_on_at_a_time_of_the_clock(Trace trace)
    {
        await Milliseconds(10);
        trace.Add($"{await Coroutine.MoveOnAt(Sleep(trace, "sleeper"), TimeSpan.FromMilliseconds(13))}");
        trace.Add($"{await Coroutine.MoveOnAt(Slow(trace), TimeSpan.FromMilliseconds(15))}");
    }

    [Behaviour("1 sleeper sleeps", "3@5 sleeper leaves", "3@5 clean-up sleeps", "4@15 clean-up wakes", "4@15 clean-up leaves", "4@15 False", "4@15 ended")]
    [Coroutine]
    public static async Coroutine Move_on_waits_for_a_clean_up_that_suspends(Trace trace) =>
        trace.Add($"{await Coroutine.MoveOnAfter(CleanUp(trace), s_short)}");

    [Behaviour("1 sleeper sleeps", "3@5 sleeper leaves", "3@5 caught OperationCanceledException", "3@5 True", "3@5 ended")]
    [Coroutine]
    public static async Coroutine What_swallows_the_cancellation_has_finished(Trace trace) =>
        trace.Add($"{await Coroutine.MoveOnAfter(Swallow(trace), s_short)}");

    [Behaviour("1 broken?", "2 caught InvalidOperationException: broken", "3@20 goes on", "3@20 ended")]
    [Coroutine]
    public static async Coroutine Failures_go_through_move_on(Trace trace)
    {
        try
        {
            await Coroutine.MoveOnAfter(Fail(trace, "broken", later: true), s_short);
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }

        await Milliseconds(20);
        trace.Add("goes on");
    }

    [Behaviour("1 sleeper sleeps", "2 cancel", "2 sleeper leaves", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine Cancellation_from_outside_goes_through_move_on(Trace trace)
    {
        await Coroutine.MoveOnAfter(Sleep(trace, "sleeper"), s_long);
        trace.Add("never");
    }

    [Behaviour("1 sleeper sleeps", "3@5 sleeper leaves", "3@5 outer False", "3@5 ended")]
    [Coroutine]
    public static async Coroutine The_outer_time_goes_through_the_inner_call(Trace trace)
    {
        trace.Add($"outer {await Coroutine.MoveOnAfter(Inner(trace), s_short)}");
    }

    [Behaviour("1 sleeper sleeps", "3@5 sleeper leaves", "3@5 caught TimeoutException: The operation did not finish before its deadline.", "3@5 5?", "4@5 5!", "4@5 5", "4@5 slow sleeps", "6@10 slow leaves", "6@10 caught TimeoutException: The operation did not finish before its deadline.", "6@10 ended")]
    [Coroutine]
    public static async Coroutine A_timeout_throws(Trace trace)
    {
        try
        {
            await Sleep(trace, "sleeper").WithTimeout(s_short);
        }
        catch (TimeoutException exception)
        {
            trace.Caught(exception);
        }

        trace.Add($"{await Later(trace, 5).WithTimeout(s_short)}");
        try
        {
            trace.Add($"{await Slow(trace).WithTimeout(s_short)}");
        }
        catch (TimeoutException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 1", "1 1", "1 2", "1 (True, 2)", "1 ended")]
    [Coroutine]
    public static async Coroutine A_timeout_of_nothing_still_runs_what_does_not_suspend(Trace trace)
    {
        trace.Add($"{await Now(trace, 1).WithTimeout(TimeSpan.Zero)}");
        trace.Add($"{await Coroutine.MoveOnAfter(Now(trace, 2), TimeSpan.Zero)}");
    }

    [Behaviour("1 sleeper sleeps", "2 cancel", "2@10 sleeper wakes", "2@10 sleeper leaves", "2@10 after the shield", "2@10 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_shielded_call_runs_to_its_end_and_then_the_cancellation_is_felt(Trace trace)
    {
        await Coroutine.Shield(Sleep(trace, "sleeper"));
        trace.Add("after the shield");
        await Coroutine.Yield();
        trace.Add("never");
    }

    [Behaviour("1 4?", "2 cancel", "2 4!", "2 4", "2 ended", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_shielded_call_gives_its_result(Trace trace) =>
        trace.Add($"{await Coroutine.Shield(Later(trace, 4))}");

    [Behaviour("1 sleeper sleeps", "1 sleeper leaves", "1 False", "2@10 goes on", "2@10 ended")]
    [Coroutine]
    public static async Coroutine A_scope_run_absorbs_its_own_cancel(Trace trace)
    {
        trace.Add($"{await CancelScope.Run(CancelSelf(trace))}");
        await Milliseconds(10);
        trace.Add("goes on");
    }

    [Behaviour("1 caught InvalidOperationException: no body", "1 goes on", "1 ended")]
    [Coroutine]
    public static async Coroutine A_scope_run_whose_body_cannot_be_made_leaves_the_scope(Trace trace)
    {
        try
        {
            await CancelScope.Run(static _ => throw new InvalidOperationException("no body"));
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }

        using (CancelScope.Open())
            trace.Add("goes on");
    }

    [Behaviour("2@20 sleeper sleeps", "3@30 sleeper wakes", "3@30 sleeper leaves", "3@30 True", "3@30 ended")]
    [Coroutine]
    public static async Coroutine A_call_form_is_cold_and_its_time_begins_with_the_await(Trace trace)
    {
        var call = Coroutine.MoveOnAfter(Sleep(trace, "sleeper"), TimeSpan.FromMilliseconds(15));
        await Milliseconds(20);
        trace.Add($"{await call}");
    }

    [Behaviour("2 sleeper sleeps", "4@5 sleeper leaves", "5@5 False", "5@5 ended")]
    [Coroutine]
    public static async Coroutine A_call_form_can_be_spawned(Trace trace) =>
        trace.Add($"{await trace.Loop.Spawn(Coroutine.MoveOnAfter(Sleep(trace, "sleeper"), s_short))}");

    [Behaviour("4@200 woken late", "4@200 True", "4@200 ended")]
    [Coroutine]
    public static async Coroutine Two_times_that_are_up_in_one_turn_end_at_the_outer_one(Trace trace)
    {
        trace.Loop.CallLater(s_short, static clock => ((VirtualClock)clock).Advance(TimeSpan.FromMilliseconds(195)), trace.Loop.Clock);
        bool finished = await Coroutine.MoveOnAfter(Inside(trace), TimeSpan.FromMilliseconds(101));
        trace.Add($"{!finished}");
    }

    [Behaviour("1 foreign", "3@5 False", "3@5 foreign", "5@10 timeout", "5@10 ended")]
    [Coroutine]
    public static async Coroutine Foreign_code_that_honours_the_token_is_moved_on_from(Trace trace)
    {
        trace.Add($"{await Coroutine.MoveOnAfter(AwaitsForeign(trace), s_short)}");
        try
        {
            await AwaitsForeign(trace).WithTimeout(s_short);
        }
        catch (TimeoutException)
        {
            trace.Add("timeout");
        }
    }

    [Coroutine]
    private static async Coroutine Inside(Trace trace)
    {
        try
        {
            await Coroutine.MoveOnAfter(Day(), TimeSpan.FromMilliseconds(100));
        }
        finally
        {
            trace.Add("woken late");
        }
    }

    [Coroutine]
    private static async Coroutine Day() => await Coroutine.Delay(TimeSpan.FromDays(1));

    [Coroutine]
    private static async Coroutine AwaitsForeign(Trace trace)
    {
        var source = new TaskCompletionSource();
        await using (CancelScope.CurrentToken.Register(static source => ((TaskCompletionSource)source!).SetCanceled(), source))
        {
            trace.Add("foreign");
            await source.Task;
        }
    }

    [Coroutine]
    private static async Coroutine<int> Slow(Trace trace)
    {
        await Sleep(trace, "slow");
        return 9;
    }

    [Coroutine]
    private static async Coroutine Inner(Trace trace) => trace.Add($"inner {await Coroutine.MoveOnAfter(Sleep(trace, "sleeper"), s_long)}");

    [Coroutine]
    private static async Coroutine CleanUp(Trace trace)
    {
        try
        {
            await Sleep(trace, "sleeper");
        }
        finally
        {
            await Coroutine.Shield(Sleep(trace, "clean-up"));
        }
    }

    [Coroutine]
    private static async Coroutine Swallow(Trace trace)
    {
        try
        {
            await Sleep(trace, "sleeper");
        }
        catch (OperationCanceledException exception)
        {
            trace.Caught(exception);
        }
    }

    private static Func<CancelScope, Coroutine> CancelSelf(Trace trace) => scope => CancelSelf(trace, scope);

    [Coroutine]
    private static async Coroutine CancelSelf(Trace trace, CancelScope scope)
    {
        scope.Cancel();
        await Sleep(trace, "sleeper");
        trace.Add("never");
    }
}
