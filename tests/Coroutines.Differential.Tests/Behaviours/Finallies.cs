using static Coroutines.Differential.Children;

namespace Coroutines.Differential.Behaviours;

/// <summary>finally around suspensions: once, from the inside out, however the block is left.</summary>
public static partial class Finallies
{
    [Behaviour("1 try", "2 after", "2 finally", "2 end", "2 ended")]
    [Coroutine]
    public static async Coroutine A_finally_runs_once_and_not_at_the_suspension(Trace trace)
    {
        try
        {
            trace.Add("try");
            await Coroutine.Yield();
            trace.Add("after");
        }
        finally
        {
            trace.Add("finally");
        }

        trace.Add("end");
    }

    [Behaviour("1 one", "2 two", "3 three", "3 finally", "3 ended")]
    [Coroutine]
    public static async Coroutine A_try_is_reentered_at_each_of_its_suspensions(Trace trace)
    {
        try
        {
            trace.Add("one");
            await Coroutine.Yield();
            trace.Add("two");
            await Coroutine.Yield();
            trace.Add("three");
        }
        finally
        {
            trace.Add("finally");
        }
    }

    [Behaviour("1 caught first", "2 try again", "3 finally", "3 ended")]
    [Coroutine]
    public static async Coroutine A_try_stands_after_another(Trace trace)
    {
        try
        {
            Refuse("first");
            await Coroutine.Yield();
        }
        catch (ArgumentException exception)
        {
            trace.Add($"caught {exception.Message}");
        }

        await Coroutine.Yield();
        try
        {
            trace.Add("try again");
            await Coroutine.Yield();
        }
        finally
        {
            trace.Add("finally");
        }
    }

    [Behaviour("1 boom?", "2 inner finally", "2 outer finally", "2 ended with InvalidOperationException: boom")]
    [Coroutine]
    public static async Coroutine Finally_blocks_run_from_the_inside_out(Trace trace)
    {
        try
        {
            try
            {
                await Fail(trace, "boom", later: true);
            }
            finally
            {
                trace.Add("inner finally");
            }
        }
        finally
        {
            trace.Add("outer finally");
        }
    }

    [Behaviour("1 boom?", "2 finally", "2 ended with ArgumentException: from finally")]
    [Coroutine]
    public static async Coroutine An_exception_in_a_finally_replaces_the_one_in_flight(Trace trace)
    {
        try
        {
            await Fail(trace, "boom", later: true);
        }
        finally
        {
            trace.Add("finally");
            Refuse("from finally");
        }
    }

    [Behaviour("1 try", "2 leaving", "2 finally", "2 result 5", "2 ended")]
    [Coroutine]
    public static async Coroutine A_return_in_a_try_runs_the_finally_before_the_caller_goes_on(Trace trace)
    {
        trace.Add($"result {await ReturnInTry(trace)}");
    }

    [Behaviour("1 round 0", "2 finally 0", "2 round 1", "3 finally 1", "3 out", "3 ended")]
    [Coroutine]
    public static async Coroutine Continue_and_break_out_of_a_try_run_its_finally(Trace trace)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                trace.Add($"round {i}");
                await Coroutine.Yield();
                if (i == 1)
                    break;
                continue;
            }
            finally
            {
                trace.Add($"finally {i}");
            }
        }

        trace.Add("out");
    }

    [Behaviour("1 inner", "2 inner finally", "2 between", "3 outer finally", "3 out", "3 ended")]
    [Coroutine]
    public static async Coroutine A_goto_out_of_nested_tries_runs_the_finally_blocks(Trace trace)
    {
        try
        {
            try
            {
                trace.Add("inner");
                await Coroutine.Yield();
                goto between;
            }
            finally
            {
                trace.Add("inner finally");
            }

        between:
            trace.Add("between");
            await Coroutine.Yield();
            goto done;
        }
        finally
        {
            trace.Add("outer finally");
        }

    done:
        trace.Add("out");
    }

    [Coroutine]
    private static async Coroutine<int> ReturnInTry(Trace trace)
    {
        try
        {
            trace.Add("try");
            await Coroutine.Yield();
            trace.Add("leaving");
            return 5;
        }
        finally
        {
            trace.Add("finally");
        }
    }

    private static void Refuse(string message) => throw new ArgumentException(message);
}
