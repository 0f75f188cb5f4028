namespace Coroutines.Differential.Behaviours;

/// <summary>
/// A filter and the finally blocks of what its try awaits. In one method C# runs the filter first; what an awaited coroutine does when it fails, its finally
/// blocks included, is over before its caller learns of the exception.
/// </summary>
public static partial class FiltersAcrossCalls
{
    [Behaviour("1 0 in", "2 0 out", "2 filter", "2 own finally", "2 handled", "2 ended")]
    [Coroutine]
    public static async Coroutine A_filter_runs_after_the_childs_finally_and_before_its_own(Trace trace)
    {
        try
        {
            try
            {
                await Fail(trace, 0, later: true);
            }
            finally
            {
                trace.Add("own finally");
            }
        }
        catch (InvalidOperationException) when (trace.Note("filter", true))
        {
            trace.Add("handled");
        }
    }

    [Behaviour("1 0 in", "1 0 out", "1 filter", "1 handled", "1 ended")]
    [Coroutine]
    public static async Coroutine A_child_that_fails_without_suspending_leaves_before_the_filter_runs(Trace trace)
    {
        try
        {
            await Fail(trace, 0, later: false);
        }
        catch (InvalidOperationException) when (trace.Note("filter", true))
        {
            trace.Add("handled");
        }
    }

    [Behaviour("1 0 in", "2 0 out", "2 filter", "2 handled", "2 ended")]
    [Coroutine]
    public static async Coroutine A_child_between_the_filter_and_the_finally_changes_nothing(Trace trace)
    {
        try
        {
            await Through(trace);
        }
        catch (InvalidOperationException) when (trace.Note("filter", true))
        {
            trace.Add("handled");
        }
    }

    [Behaviour("1 2 in", "1 1 in", "1 0 in", "2 0 out", "2 1 out", "2 2 out", "2 filter", "2 handled", "2 ended")]
    [Coroutine]
    public static async Coroutine Every_level_of_a_recursion_leaves_before_the_filter_runs(Trace trace)
    {
        try
        {
            await Fail(trace, 2, later: true);
        }
        catch (InvalidOperationException) when (trace.Note("filter", true))
        {
            trace.Add("handled");
        }
    }

    [Behaviour("1 0 in", "2 0 out", "2 inner filter", "2 inner finally", "2 outer filter", "2 handled", "2 ended")]
    [Coroutine]
    public static async Coroutine Filters_of_two_coroutines_run_from_the_inside_out(Trace trace)
    {
        try
        {
            await Refusing(trace);
        }
        catch (InvalidOperationException) when (trace.Note("outer filter", true))
        {
            trace.Add("handled");
        }
    }

    [Behaviour("1 0 in", "2 cancel", "2 0 out", "2 filter", "2 handled", "2 ended", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_filter_runs_after_the_finally_of_a_cancelled_child(Trace trace)
    {
        try
        {
            await Fail(trace, 0, later: true);
        }
        catch (Exception) when (trace.Note("filter", true))
        {
            trace.Add("handled");
        }
    }

    [Behaviour("1 0 in", "2 0 out", "2 in loop", "2 disposed", "2 filter", "2 handled", "2 ended")]
    [Coroutine]
    public static async Coroutine What_a_child_disposes_of_is_disposed_of_before_the_filter_runs(Trace trace)
    {
        try
        {
            await Iterate(trace);
        }
        catch (InvalidOperationException) when (trace.Note("filter", true))
        {
            trace.Add("handled");
        }
    }

    [Coroutine]
    private static async Coroutine<int> Fail(Trace trace, int level, bool later)
    {
        try
        {
            trace.Add($"{level} in");
            if (level > 0)
                return await Fail(trace, level - 1, later);
            if (later)
                await Coroutine.Delay(TimeSpan.Zero);
            throw new InvalidOperationException("failed");
        }
        finally
        {
            trace.Add($"{level} out");
        }
    }

    [Coroutine]
    private static async Coroutine Through(Trace trace) => await Fail(trace, 0, later: true);

    [Coroutine]
    private static async Coroutine Refusing(Trace trace)
    {
        try
        {
            try
            {
                await Fail(trace, 0, later: true);
            }
            finally
            {
                trace.Add("inner finally");
            }
        }
        catch (InvalidOperationException) when (trace.Note("inner filter", false))
        {
            trace.Add("never");
        }
    }

    [Coroutine]
    private static async Coroutine Iterate(Trace trace)
    {
        foreach (int item in Items(trace))
        {
            try
            {
                await Fail(trace, item, later: true);
            }
            catch (ArgumentException)
            {
                trace.Add("never");
            }
            finally
            {
                trace.Add("in loop");
            }
        }
    }

    private static IEnumerable<int> Items(Trace trace)
    {
        try
        {
            yield return 0;
        }
        finally
        {
            trace.Add("disposed");
        }
    }
}
