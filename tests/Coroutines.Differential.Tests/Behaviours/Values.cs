using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>Coroutines that are passed around before they are awaited.</summary>
public static partial class Values
{
    [Behaviour("1 made", "1 a?", "2 a!", "2 a", "2 ended")]
    [Coroutine]
    public static async Coroutine A_coroutine_in_a_variable_starts_when_it_is_awaited(Trace trace)
    {
        var coroutine = Later(trace, "a");
        trace.Add("made");
        trace.Add(await coroutine);
    }

    [Behaviour("1 b?", "2 b!", "2 a?", "3 a!", "3 ended")]
    [Coroutine]
    public static async Coroutine Coroutines_run_in_the_order_in_which_they_are_awaited(Trace trace)
    {
        var first = Later(trace, "a");
        var second = Later(trace, "b");
        await second;
        await first;
    }

    [Behaviour("2 made before, awaited after", "2 a?", "3 a!", "3 ended")]
    [Coroutine]
    public static async Coroutine A_cold_coroutine_lives_across_a_suspension(Trace trace)
    {
        var coroutine = Later(trace, "a");
        await Coroutine.Yield();
        trace.Add("made before, awaited after");
        await coroutine;
    }

    [Behaviour("1 passed", "1 a?", "2 a!", "2 got a", "2 ended")]
    [Coroutine]
    public static async Coroutine A_coroutine_is_an_argument(Trace trace) => await AwaitIt(trace, Later(trace, "a"));

    [Behaviour("1 a?", "2 a!", "2 a", "2 ended")]
    [Coroutine]
    public static async Coroutine A_plain_method_returns_a_coroutine(Trace trace) => trace.Add(await Forward(trace));

    [Behaviour("1 0?", "2 0!", "2 1?", "3 1!", "3 2?", "4 2!", "4 ended")]
    [Coroutine]
    public static async Coroutine Coroutines_in_a_list_are_awaited_one_by_one(Trace trace)
    {
        var coroutines = new List<Coroutine<int>>();
        for (int i = 0; i < 3; i++)
            coroutines.Add(Later(trace, i));
        foreach (var coroutine in coroutines)
            await coroutine;
    }

    [Behaviour("1 a?", "2 a!", "2 got a", "2 ended")]
    [Coroutine]
    public static async Coroutine A_delegate_returns_a_coroutine(Trace trace)
    {
        Func<Trace, Coroutine<string>> make = static t => Later(t, "a");
        trace.Add($"got {await make(trace)}");
    }

    [Behaviour("1 method group", "2 still method group", "2 ended")]
    [Coroutine]
    public static async Coroutine A_method_group_is_a_delegate(Trace trace)
    {
        Func<Trace, Coroutine> make = ByMethodGroup;
        await make(trace);
    }

    [Behaviour("1 boom?", "2 caught InvalidOperationException: boom", "2 ended")]
    [Coroutine]
    public static async Coroutine A_coroutine_in_a_variable_fails_where_it_is_awaited(Trace trace)
    {
        var coroutine = Fail(trace, "boom", later: true);
        try
        {
            await coroutine;
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 chosen", "1 a?", "2 a!", "2 ended")]
    [Coroutine]
    public static async Coroutine A_conditional_expression_chooses_a_coroutine(Trace trace)
    {
        trace.Note("chosen", 0);
        await (trace.Turn == 1 ? Later(trace, "a") : Later(trace, "b"));
    }

    [Behaviour("2@10 slept", "2@10 ended")]
    [Coroutine]
    public static async Coroutine A_leaf_in_a_variable_begins_when_it_is_awaited(Trace trace)
    {
        var delay = Milliseconds(10);
        await delay;
        trace.Add("slept");
    }

    [Behaviour("2@10 once", "3@20 twice", "3@20 ended")]
    [Coroutine]
    public static async Coroutine A_delay_is_a_value_that_may_be_awaited_again(Trace trace)
    {
        var delay = Milliseconds(10);
        await delay;
        trace.Add("once");
        await delay;
        trace.Add("twice");
    }

    [Coroutine]
    private static async Coroutine AwaitIt(Trace trace, Coroutine<string> coroutine)
    {
        trace.Add("passed");
        trace.Add($"got {await coroutine}");
    }

    private static Coroutine<string> Forward(Trace trace) => Later(trace, "a");

    [Coroutine]
    private static async Coroutine ByMethodGroup(Trace trace)
    {
        trace.Add("method group");
        await Coroutine.Yield();
        trace.Add("still method group");
    }
}
