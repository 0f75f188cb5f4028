using static Coroutines.Differential.Children;

namespace Coroutines.Differential.Behaviours;

/// <summary>Mistakes are answered in the same way on both lowerings.</summary>
public static partial class Misuse
{
    [Behaviour("1 a?", "2 a!", "2 caught InvalidOperationException", "2 ended")]
    [Coroutine]
    public static async Coroutine Awaiting_a_coroutine_twice(Trace trace)
    {
        var coroutine = Later(trace, "a");
        await coroutine;
        try
        {
            await coroutine;
        }
        catch (InvalidOperationException)
        {
            trace.Add("caught InvalidOperationException");
        }
    }

    [Behaviour("1 caught InvalidOperationException", "2 a", "2 ended")]
    [Coroutine]
    public static async Coroutine Awaiting_a_coroutine_that_was_spawned(Trace trace)
    {
        var coroutine = Now(trace, "a");
        trace.Loop.Spawn(coroutine);
        try
        {
            await coroutine;
        }
        catch (InvalidOperationException)
        {
            trace.Add("caught InvalidOperationException");
        }

        await Coroutine.Yield();
    }

    [Behaviour("1 a", "1 caught InvalidOperationException", "1 ended")]
    [Coroutine]
    public static async Coroutine Spawning_a_coroutine_that_was_awaited(Trace trace)
    {
        var coroutine = Now(trace, "a");
        await coroutine;
        try
        {
            trace.Loop.Spawn(coroutine);
        }
        catch (InvalidOperationException)
        {
            trace.Add("caught InvalidOperationException");
        }
    }

    [Behaviour("1 caught InvalidOperationException", "1 ended")]
    [Coroutine]
    public static async Coroutine Awaiting_no_coroutine_at_all(Trace trace)
    {
        try
        {
            await default(Coroutine);
        }
        catch (InvalidOperationException)
        {
            trace.Add("caught InvalidOperationException");
        }
    }

    [Behaviour("1 caught ArgumentOutOfRangeException", "1 ended")]
    [Coroutine]
    public static async Coroutine Waiting_for_a_negative_time(Trace trace)
    {
        try
        {
            await Coroutine.Delay(TimeSpan.FromMilliseconds(-1));
        }
        catch (ArgumentOutOfRangeException)
        {
            trace.Add("caught ArgumentOutOfRangeException");
        }
    }

    [Behaviour("1 caught InvalidOperationException", "1 ended")]
    [Coroutine]
    public static async Coroutine A_task_that_awaits_itself(Trace trace)
    {
        try
        {
            await CoroutineTask.Current;
        }
        catch (InvalidOperationException)
        {
            trace.Add("caught InvalidOperationException");
        }
    }

    [Behaviour("1 caught InvalidOperationException", "1 ended")]
    [Coroutine]
    public static async Coroutine Running_a_loop_inside_a_loop(Trace trace)
    {
        try
        {
            trace.Loop.RunOnce();
        }
        catch (InvalidOperationException)
        {
            trace.Add("caught InvalidOperationException");
        }
    }

    [Behaviour("1 caught NullReferenceException", "1 ended")]
    [Coroutine]
    public static async Coroutine Awaiting_a_null_future(Trace trace)
    {
        Future<int>? none = trace.Turn > 5 ? new Future<int>() : null;
        try
        {
            await none!;
        }
        catch (NullReferenceException)
        {
            trace.Add("caught NullReferenceException");
        }
    }
}
