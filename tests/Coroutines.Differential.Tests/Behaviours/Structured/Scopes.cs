using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>The block form of a cancel scope: what is cancelled inside, and how the block ends.</summary>
public static partial class Scopes
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_long = TimeSpan.FromMilliseconds(50);

    [Behaviour("1 sleeper sleeps", "3@5 sleeper leaves", "3@5 caught TimeoutException: The operation did not finish before its deadline.", "4@15 goes on", "4@15 ended")]
    [Coroutine]
    public static async Coroutine A_deadline_that_passes_ends_the_block_with_a_timeout(Trace trace)
    {
        try
        {
            using (CancelScope.After(s_short))
            {
                await Sleep(trace, "sleeper");
                trace.Add("never");
            }
        }
        catch (TimeoutException exception)
        {
            trace.Caught(exception);
        }

        await Milliseconds(10);
        trace.Add("goes on");
    }

    [Behaviour("2@10 left", "3@110 goes on", "3@110 ended")]
    [Coroutine]
    public static async Coroutine A_block_that_ends_in_time_throws_nothing_and_leaves_no_timer(Trace trace)
    {
        using (CancelScope.After(s_long))
            await Milliseconds(10);
        trace.Add("left");
        await Milliseconds(100);
        trace.Add("goes on");
    }

    [Behaviour("2 False False", "2 left", "2 ended")]
    [Coroutine]
    public static async Coroutine A_deadline_that_cancels_nothing_throws_nothing(Trace trace)
    {
        using (var scope = CancelScope.After(TimeSpan.Zero))
        {
            await Coroutine.Yield();
            trace.Add($"{scope.IsCancelled} {scope.HasCancelled}");
        }

        trace.Add("left");
    }

    [Behaviour("1 sleeper sleeps", "3@5 sleeper leaves", "3@5 The cancel scope was cancelled: enough", "3@5 ended")]
    [Coroutine]
    public static async Coroutine Cancel_ends_the_block_with_its_reason(Trace trace)
    {
        try
        {
            using (var scope = CancelScope.Open())
            {
                trace.Loop.CallLater(s_short, static state => state.Cancel("enough"), scope);
                await Sleep(trace, "sleeper");
            }
        }
        catch (OperationCanceledException exception)
        {
            trace.Add(exception.Message);
        }
    }

    [Behaviour("1 refused 0", "1 refused 1", "1 refused 2", "1 inner left", "2@10 False", "2@10 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_scope_refuses_every_suspension_until_it_is_left(Trace trace)
    {
        using (var scope = CancelScope.Shielded())
        {
            try
            {
                using var inner = CancelScope.Open();
                inner.Cancel();
                for (int i = 0; i < 3; i++)
                {
                    try
                    {
                        await Milliseconds(10);
                    }
                    catch (OperationCanceledException)
                    {
                        trace.Add($"refused {i}");
                    }
                }
            }
            catch (OperationCanceledException)
            {
                trace.Add("inner left");
            }

            await Milliseconds(10);
            trace.Add($"{scope.HasCancelled}");
        }
    }

    [Behaviour("1 sleeper sleeps", "3@5 sleeper leaves", "3@5 caught TimeoutException: The operation did not finish before its deadline.", "3@5 ended")]
    [Coroutine]
    public static async Coroutine The_outer_deadline_goes_through_the_inner_scope(Trace trace)
    {
        try
        {
            using (CancelScope.After(s_short))
            {
                using (CancelScope.After(s_long))
                {
                    await Sleep(trace, "sleeper");
                }
            }
        }
        catch (TimeoutException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 sleeper sleeps", "3@5 sleeper leaves", "3@5 caught TimeoutException: The operation did not finish before its deadline.", "4@15 False", "4@15 ended")]
    [Coroutine]
    public static async Coroutine The_inner_deadline_stays_inside_the_outer_scope(Trace trace)
    {
        using var outer = CancelScope.After(s_long);
        try
        {
            using (CancelScope.After(s_short))
                await Sleep(trace, "sleeper");
        }
        catch (TimeoutException exception)
        {
            trace.Caught(exception);
        }

        await Milliseconds(10);
        trace.Add($"{outer.IsCancelled}");
    }

    [Behaviour("3@5 False", "3@5 caught TimeoutException: The operation did not finish before its deadline.", "3@5 ended")]
    [Coroutine]
    public static async Coroutine When_both_have_passed_the_outer_one_ends_it(Trace trace)
    {
        try
        {
            using (CancelScope.After(s_short))
            {
                using var inner = CancelScope.After(s_short);
                try
                {
                    await Milliseconds(10);
                }
                finally
                {
                    trace.Add($"{inner.HasCancelled}");
                }
            }
        }
        catch (TimeoutException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("3@10 shielded work is done", "3@10 caught TimeoutException: The operation did not finish before its deadline.", "3@10 ended")]
    [Coroutine]
    public static async Coroutine A_shield_keeps_the_outer_deadline_out_until_it_is_left(Trace trace)
    {
        try
        {
            using (CancelScope.After(s_short))
            {
                using (CancelScope.Shielded())
                {
                    await Milliseconds(10);
                    trace.Add("shielded work is done");
                }

                await Milliseconds(10);
                trace.Add("never");
            }
        }
        catch (TimeoutException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 sleeper sleeps", "2 cancel", "2 sleeper leaves", "3@10 cleaned up", "3@10 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_shield_in_a_finally_lets_the_clean_up_suspend(Trace trace)
    {
        try
        {
            await Sleep(trace, "sleeper");
        }
        finally
        {
            using (CancelScope.Shielded())
            {
                await Milliseconds(10);
                trace.Add("cleaned up");
            }
        }
    }

    [Behaviour("1 sleeper sleeps", "4@8 sleeper leaves", "4@8 caught TimeoutException: The operation did not finish before its deadline.", "4@8 ended")]
    [Coroutine]
    public static async Coroutine Taking_the_shield_away_cancels_what_waits_behind_it(Trace trace)
    {
        try
        {
            using (CancelScope.After(s_short))
            {
                using var shield = CancelScope.Shielded();
                trace.Loop.CallLater(TimeSpan.FromMilliseconds(8), static state => state.IsShielded = false, shield);
                await Sleep(trace, "sleeper");
            }
        }
        catch (TimeoutException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("2@20 False", "3@120 False", "3@120 ended")]
    [Coroutine]
    public static async Coroutine A_deadline_can_be_moved_and_taken_away(Trace trace)
    {
        using var scope = CancelScope.After(s_short);
        scope.Deadline = trace.Loop.Now + s_long;
        await Milliseconds(20);
        trace.Add($"{scope.IsCancelled}");
        scope.Deadline = TimeSpan.MaxValue;
        await Milliseconds(100);
        trace.Add($"{scope.IsCancelled}");
    }

    [Behaviour("2@10 sleeper sleeps", "4@10 sleeper leaves", "4@10 caught TimeoutException: The operation did not finish before its deadline.", "4@10 ended")]
    [Coroutine]
    public static async Coroutine A_deadline_in_the_past_cancels_in_the_next_turn(Trace trace)
    {
        await Milliseconds(10);
        try
        {
            using (CancelScope.At(TimeSpan.FromMilliseconds(1)))
            {
                await Sleep(trace, "sleeper");
            }
        }
        catch (TimeoutException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("3@5 7", "3@5 cancelled", "3@5 ended")]
    [Coroutine]
    public static async Coroutine A_result_that_is_there_is_not_lost_to_a_cancel_of_the_same_turn(Trace trace)
    {
        var future = new Future<int>();
        try
        {
            using (var scope = CancelScope.Open())
            {
                trace.Loop.CallLater(s_short, static state => { state.Future.SetResult(7); state.Scope.Cancel(); }, (Future: future, Scope: scope));
                trace.Add($"{await future}");
                await Coroutine.Yield();
                trace.Add("never");
            }
        }
        catch (OperationCanceledException)
        {
            trace.Add("cancelled");
        }
    }

    [Behaviour("2 back", "2 cancelled", "2 ended")]
    [Coroutine]
    public static async Coroutine A_yield_that_is_queued_comes_back_before_the_cancel_is_felt(Trace trace)
    {
        try
        {
            using (var scope = CancelScope.Open())
            {
                trace.Loop.CallSoon(static state => state.Cancel(), scope);
                await Coroutine.Yield();
                trace.Add("back");
                await Coroutine.Yield();
                trace.Add("never");
            }
        }
        catch (OperationCanceledException)
        {
            trace.Add("cancelled");
        }
    }

    [Behaviour("4@20 3", "4@20 caught TimeoutException: The operation did not finish before its deadline.", "4@20 ended")]
    [Coroutine]
    public static async Coroutine A_foreign_await_ends_first(Trace trace)
    {
        var source = new TaskCompletionSource<int>();
        try
        {
            using (CancelScope.After(s_short))
            {
                trace.Loop.CallLater(TimeSpan.FromMilliseconds(20), static state => state.SetResult(3), source);
                trace.Add($"{await source.Task}");
                await Coroutine.Yield();
                trace.Add("never");
            }
        }
        catch (TimeoutException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 sleeper sleeps", "3@5 sleeper leaves", "3@5 The cancel scope was cancelled: its token was cancelled", "3@5 ended")]
    [Coroutine]
    public static async Coroutine A_token_cancels_the_scope_in_the_same_turn_on_the_loops_thread(Trace trace)
    {
        using var source = new CancellationTokenSource();
        try
        {
            using (CancelScope.From(source.Token))
            {
                trace.Loop.CallLater(s_short, static state => state.Cancel(), source);
                await Sleep(trace, "sleeper");
            }
        }
        catch (OperationCanceledException exception)
        {
            trace.Add(exception.Message);
        }
    }

    [Behaviour("1 True", "1 sleeper sleeps", "1 sleeper leaves", "1 cancelled", "1 ended")]
    [Coroutine]
    public static async Coroutine A_token_that_is_cancelled_already_cancels_the_scope_at_once(Trace trace)
    {
        try
        {
            using (var scope = CancelScope.From(new CancellationToken(canceled: true)))
            {
                trace.Add($"{scope.IsCancelled}");
                await Sleep(trace, "sleeper");
            }
        }
        catch (OperationCanceledException)
        {
            trace.Add("cancelled");
        }
    }

    [Behaviour("1 False", "1 True", "1 False", "2 True", "2 ended")]
    [Coroutine]
    public static async Coroutine The_tasks_token_is_cancelled_with_the_scope_and_fresh_after_it(Trace trace)
    {
        CancellationToken inside;
        using (var scope = CancelScope.Open())
        {
            inside = CancelScope.CurrentToken;
            trace.Add($"{inside.IsCancellationRequested}");
            scope.Cancel();
            trace.Add($"{inside.IsCancellationRequested}");
        }

        trace.Add($"{CancelScope.CurrentToken.IsCancellationRequested}");
        await Coroutine.Yield();
        trace.Add($"{inside.IsCancellationRequested}");
    }

    [Behaviour("1 caught InvalidOperationException: Cancel scopes and groups nest: leave the inner ones first. What is opened in a block belongs to that block.", "2 left", "2 ended")]
    [Coroutine]
    public static async Coroutine Scopes_are_left_from_the_inside_out(Trace trace)
    {
        var outer = CancelScope.Open();
        var inner = CancelScope.Open();
        try
        {
            outer.Dispose();
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }

        inner.Dispose();
        outer.Dispose();
        outer.Dispose();
        await Coroutine.Yield();
        trace.Add("left");
    }

    [Behaviour("2 caught InvalidOperationException: A cancel scope, or a group, is left by the coroutine that opened it, in the same task.", "4 still open", "4 ended")]
    [Coroutine]
    public static async Coroutine Another_task_cannot_leave_the_scope(Trace trace)
    {
        using var scope = CancelScope.Open();
        await Ended(trace.Loop.Spawn(LeaveForeign(trace, scope)));
        trace.Add("still open");
    }

    [Behaviour("3 forgot", "5@20 nothing fired", "5@20 ended")]
    [Coroutine]
    public static async Coroutine A_scope_nobody_leaves_ends_with_its_task(Trace trace)
    {
        await trace.Loop.Spawn(Forget(trace));
        await Milliseconds(20);
        trace.Add("nothing fired");
    }

    [Behaviour("1 not cancelled", "1 cancelled", "1 ended")]
    [Coroutine]
    public static async Coroutine A_checkpoint_feels_the_cancellation_and_waits_for_nothing(Trace trace)
    {
        await Coroutine.Checkpoint();
        trace.Add("not cancelled");
        try
        {
            using var scope = CancelScope.Open();
            scope.Cancel();
            await Coroutine.Checkpoint();
            trace.Add("never");
        }
        catch (OperationCanceledException)
        {
            trace.Add("cancelled");
        }
    }

    [Behaviour("1 sleeper sleeps", "2 cancel", "2 sleeper leaves", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine Cancelling_the_task_goes_through_all_scopes(Trace trace)
    {
        using (CancelScope.After(s_long))
        {
            using (CancelScope.Open())
                await Sleep(trace, "sleeper");
        }
    }

    [Coroutine]
    private static async Coroutine LeaveForeign(Trace trace, CancelScope scope)
    {
        try
        {
            scope.Dispose();
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }

        await Coroutine.Yield();
    }

    [Coroutine]
    private static async Coroutine Forget(Trace trace)
    {
        _ = CancelScope.After(s_short);
        await Coroutine.Yield();
        trace.Add("forgot");
    }
}
