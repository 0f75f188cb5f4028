using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>What the finally blocks, catches and filters of a cancelled task see.</summary>
public static partial class CancelledHandlers
{
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
}
