using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>catch, filters and rethrowing around suspensions.</summary>
public static partial class Catches
{
    [Behaviour("1 try", "2 caught InvalidOperationException: late", "2 ended")]
    [Coroutine]
    public static async Coroutine A_catch_sees_what_is_thrown_after_a_suspension(Trace trace)
    {
        try
        {
            trace.Add("try");
            await Coroutine.Yield();
            throw new InvalidOperationException("late");
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 boom?", "2 caught InvalidOperationException: boom", "2 finally", "3 after", "3 ended")]
    [Coroutine]
    public static async Coroutine A_catch_sees_the_exception_of_an_awaited_child(Trace trace)
    {
        try
        {
            await Fail(trace, "boom", later: true);
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
        finally
        {
            trace.Add("finally");
        }

        await Coroutine.Yield();
        trace.Add("after");
    }

    [Behaviour("1 soon?", "1 caught InvalidOperationException: soon", "1 ended")]
    [Coroutine]
    public static async Coroutine A_child_that_fails_without_suspending_is_caught_in_the_same_turn(Trace trace)
    {
        try
        {
            await Fail(trace, "soon", later: false);
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 boom?", "2 wrong kind passes", "2 caught InvalidOperationException: boom", "2 ended")]
    [Coroutine]
    public static async Coroutine A_catch_of_another_type_lets_the_exception_pass(Trace trace)
    {
        try
        {
            try
            {
                await Fail(trace, "boom", later: true);
            }
            catch (ArgumentException)
            {
                trace.Add("never");
            }
            finally
            {
                trace.Add("wrong kind passes");
            }
        }
        catch (Exception exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 boom?", "2 second", "2 ended")]
    [Coroutine]
    public static async Coroutine The_first_catch_that_fits_is_taken(Trace trace)
    {
        try
        {
            await Fail(trace, "boom", later: true);
        }
        catch (ArgumentException)
        {
            trace.Add("first");
        }
        catch (InvalidOperationException)
        {
            trace.Add("second");
        }
        catch (Exception)
        {
            trace.Add("third");
        }
    }

    [Behaviour("2 throws", "2 filter", "2 inner finally", "2 handled", "2 ended")]
    [Coroutine]
    public static async Coroutine A_filter_that_agrees_runs_before_the_inner_finally(Trace trace)
    {
        try
        {
            try
            {
                await Coroutine.Yield();
                Throw(trace, "boom");
            }
            finally
            {
                trace.Add("inner finally");
            }
        }
        catch (InvalidOperationException) when (trace.Note("filter", true))
        {
            trace.Add("handled");
        }
    }

    [Behaviour("1 boom?", "2 filter", "2 caught InvalidOperationException: boom", "2 ended")]
    [Coroutine]
    public static async Coroutine A_filter_that_refuses_leaves_the_exception_to_the_next(Trace trace)
    {
        try
        {
            await Fail(trace, "boom", later: true);
        }
        catch (InvalidOperationException) when (trace.Note("filter", false))
        {
            trace.Add("never");
        }
        catch (Exception exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 boom?", "2 message boom", "2 handled", "2 ended")]
    [Coroutine]
    public static async Coroutine A_filter_sees_the_exception_and_the_locals(Trace trace)
    {
        string wanted = "boom";
        try
        {
            await Fail(trace, "boom", later: true);
        }
        catch (InvalidOperationException exception) when (trace.Note($"message {exception.Message}", exception.Message == wanted))
        {
            trace.Add("handled");
        }
    }

    [Behaviour("1 boom?", "2 rethrow", "2 caught InvalidOperationException: boom", "2 ended")]
    [Coroutine]
    public static async Coroutine A_rethrow_reaches_the_outer_catch(Trace trace)
    {
        try
        {
            try
            {
                await Fail(trace, "boom", later: true);
            }
            catch (InvalidOperationException)
            {
                trace.Add("rethrow");
                throw;
            }
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 boom?", "2 caught ArgumentException: wrapped", "2 inner boom", "2 ended")]
    [Coroutine]
    public static async Coroutine A_catch_may_throw_another_exception(Trace trace)
    {
        try
        {
            try
            {
                await Fail(trace, "boom", later: true);
            }
            catch (InvalidOperationException exception)
            {
                throw new ArgumentException("wrapped", exception);
            }
        }
        catch (ArgumentException exception)
        {
            trace.Caught(exception);
            trace.Add($"inner {exception.InnerException!.Message}");
        }
    }

    [Behaviour("1 attempt 1", "2 failed 1", "2 attempt 2", "3 failed 2", "3 attempt 3", "4 worked", "4 ended")]
    [Coroutine]
    public static async Coroutine A_retry_loop_catches_in_each_round(Trace trace)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                trace.Add($"attempt {attempt}");
                await Coroutine.Yield();
                if (attempt < 3)
                    Refuse("not yet");
                trace.Add("worked");
                return;
            }
            catch (ArgumentException)
            {
                trace.Add($"failed {attempt}");
            }
        }
    }

    [Behaviour("1 catch 1", "2 catch 2", "2 ended")]
    [Coroutine]
    public static async Coroutine A_try_without_await_in_its_body_is_left_as_it_is(Trace trace)
    {
        try
        {
            Refuse("1");
        }
        catch (ArgumentException exception)
        {
            trace.Add($"catch {exception.Message}");
        }

        await Coroutine.Yield();
        try
        {
            Refuse("2");
        }
        catch (ArgumentException exception)
        {
            trace.Add($"catch {exception.Message}");
        }
    }

    [Behaviour("1 1?", "2 1!", "2 a=1", "2 caught", "2 a=2", "2 ended")]
    [Coroutine]
    public static async Coroutine Locals_set_in_a_try_are_seen_in_its_handlers(Trace trace)
    {
        int a = 0;
        try
        {
            a = await Later(trace, 1);
            trace.Add($"a={a}");
            a = 2;
            Refuse("now");
        }
        catch (ArgumentException)
        {
            trace.Add("caught");
        }
        finally
        {
            trace.Add($"a={a}");
        }
    }

    [Behaviour("1 try", "2@5 caught DivideByZeroException", "2@5 ended")]
    [Coroutine]
    public static async Coroutine The_machine_may_throw_after_a_suspension(Trace trace)
    {
        int zero = 0;
        try
        {
            trace.Add("try");
            await Milliseconds(5);
            trace.Add($"{1 / zero}");
        }
        catch (DivideByZeroException)
        {
            trace.Add("caught DivideByZeroException");
        }
    }

    private static void Throw(Trace trace, string message)
    {
        trace.Add("throws");
        throw new InvalidOperationException(message);
    }

    private static void Refuse(string message) => throw new ArgumentException(message);
}
