using static Coroutines.Differential.Children;

namespace Coroutines.Differential.Behaviours;

/// <summary>Nested calls, results, recursion.</summary>
public static partial class Calls
{
    [Behaviour("1 1", "1 2", "1 sum 3", "1 ended")]
    [Coroutine]
    public static async Coroutine Children_that_do_not_suspend_cost_no_turn(Trace trace)
    {
        int sum = await Now(trace, 1);
        sum += await Now(trace, 2);
        trace.Add($"sum {sum}");
    }

    [Behaviour("1 a?", "2 a!", "2 b?", "3 b!", "3 ended")]
    [Coroutine]
    public static async Coroutine The_caller_goes_on_in_the_turn_in_which_its_child_ends(Trace trace)
    {
        await Later(trace, "a");
        await Later(trace, "b");
    }

    [Behaviour("1 down 5", "1 down 4", "1 down 3", "1 down 2", "1 down 1", "2 up 1", "2 up 2", "2 up 3", "2 up 4", "2 up 5", "2 ended")]
    [Coroutine]
    public static async Coroutine Five_levels_suspend_once_at_the_leaf(Trace trace) => await Down5(trace);

    [Behaviour("1 cold", "1 called", "1 x?", "2 x!", "2 ended")]
    [Coroutine]
    public static async Coroutine A_call_evaluates_its_arguments_and_runs_nothing(Trace trace)
    {
        trace.Add("cold");
        var coroutine = Later(trace, trace.Note("called", "x"));
        await coroutine;
    }

    [Behaviour("1 3! = 6", "3 3! = 6", "3 ended")]
    [Coroutine]
    public static async Coroutine Recursion_returns_through_all_levels(Trace trace)
    {
        trace.Add($"3! = {await Factorial(3, suspend: false)}");
        trace.Add($"3! = {await Factorial(3, suspend: true)}");
    }

    [Behaviour("1 even 4", "1 odd 3", "1 even 2", "1 odd 1", "1 even 0", "2 True", "2 ended")]
    [Coroutine]
    public static async Coroutine Mutual_recursion_returns_through_all_levels(Trace trace) => trace.Add($"{await IsEven(trace, 4)}");

    [Behaviour("1 5000 deep", "2 5000 deep", "2 ended")]
    [Coroutine]
    public static async Coroutine A_deep_recursion_suspends_and_returns(Trace trace)
    {
        trace.Add($"{await Depth(500, suspend: false) * 10} deep");
        trace.Add($"{await Depth(500, suspend: true) * 10} deep");
    }

    [Behaviour("1 move 1 a-b", "2 move 2 a-c", "3 move 1 b-c", "4 ended")]
    [Coroutine]
    public static async Coroutine A_recursion_of_two_branches_walks_both(Trace trace) => await Hanoi(trace, 2, 'a', 'c', 'b');

    [Behaviour("1 1?", "2 1!", "2 1?", "3 1!", "3 1?", "4 1!", "4 3", "4 ended")]
    [Coroutine]
    public static async Coroutine The_same_child_is_awaited_again_and_again(Trace trace)
    {
        int sum = 0;
        for (int i = 0; i < 3; i++)
            sum += await Later(trace, 1);
        trace.Add($"{sum}");
    }

    [Behaviour("1 x=1 y=2 z=9", "1 x=1 y=5 z=3", "1 ended")]
    [Coroutine]
    public static async Coroutine Default_and_named_arguments_reach_the_callee(Trace trace)
    {
        await Show(trace, 1, z: 9);
        await Show(trace, z: 3, y: 5, x: 1);
    }

    [Behaviour("1 0", "1 3 1 2 3", "1 ended")]
    [Coroutine]
    public static async Coroutine Params_arguments_reach_the_callee(Trace trace)
    {
        await Many(trace);
        await Many(trace, 1, 2, 3);
    }

    [Behaviour("1 int 1", "1 string a", "2 double 2.5", "2 ended")]
    [Coroutine]
    public static async Coroutine Overloads_are_told_apart(Trace trace)
    {
        await Overloaded(trace, 1);
        await Overloaded(trace, "a");
        await Overloaded(trace, 2.5);
    }

    [Behaviour("1 4?", "2 4!", "2 4 squared is 16", "2 ended")]
    [Coroutine]
    public static async Coroutine An_extension_method_is_a_callee(Trace trace) => trace.Add($"4 squared is {await 4.SquareLater(trace)}");

    [Behaviour("1 a?", "2 a!", "2 got a", "2 ended")]
    [Coroutine]
    public static async Coroutine The_result_of_a_child_is_an_argument_of_the_next(Trace trace) => await Show(trace, await Later(trace, "a"));

    [Behaviour("2 (1, x)", "2 ended")]
    [Coroutine]
    public static async Coroutine A_result_may_be_a_tuple(Trace trace) => trace.Add($"{await Pair(1, "x")}");

    [Behaviour("1 none", "2 some", "2 ended")]
    [Coroutine]
    public static async Coroutine A_result_may_be_null(Trace trace)
    {
        trace.Add(await Maybe(null, later: false) ?? "none");
        trace.Add(await Maybe("some", later: true) ?? "none");
    }

    [Coroutine]
    private static async Coroutine Down5(Trace trace)
    {
        trace.Add("down 5");
        await Down4(trace);
        trace.Add("up 5");
    }

    [Coroutine]
    private static async Coroutine Down4(Trace trace)
    {
        trace.Add("down 4");
        await Down3(trace);
        trace.Add("up 4");
    }

    [Coroutine]
    private static async Coroutine Down3(Trace trace)
    {
        trace.Add("down 3");
        await Down2(trace);
        trace.Add("up 3");
    }

    [Coroutine]
    private static async Coroutine Down2(Trace trace)
    {
        trace.Add("down 2");
        await Down1(trace);
        trace.Add("up 2");
    }

    [Coroutine]
    private static async Coroutine Down1(Trace trace)
    {
        trace.Add("down 1");
        await Coroutine.Yield();
        trace.Add("up 1");
    }

    [Coroutine]
    private static async Coroutine<int> Factorial(int n, bool suspend)
    {
        if (n <= 1)
            return 1;
        if (suspend)
            await Coroutine.Yield();
        return n * await Factorial(n - 1, suspend);
    }

    [Coroutine]
    private static async Coroutine<bool> IsEven(Trace trace, int n)
    {
        trace.Add($"even {n}");
        if (n == 0)
        {
            await Coroutine.Yield();
            return true;
        }

        return await IsOdd(trace, n - 1);
    }

    [Coroutine]
    private static async Coroutine<bool> IsOdd(Trace trace, int n)
    {
        trace.Add($"odd {n}");
        return n != 0 && await IsEven(trace, n - 1);
    }

    [Coroutine]
    private static async Coroutine<int> Depth(int n, bool suspend)
    {
        if (n > 0)
            return 1 + await Depth(n - 1, suspend);
        if (suspend)
            await Coroutine.Yield();
        return 0;
    }

    [Coroutine]
    private static async Coroutine Hanoi(Trace trace, int disk, char from, char to, char via)
    {
        if (disk == 0)
            return;
        await Hanoi(trace, disk - 1, from, via, to);
        trace.Add($"move {disk} {from}-{to}");
        await Coroutine.Yield();
        await Hanoi(trace, disk - 1, via, to, from);
    }

    [Coroutine]
    private static async Coroutine Show(Trace trace, int x, int y = 2, int z = 3) => trace.Add($"x={x} y={y} z={z}");

    [Coroutine]
    private static async Coroutine Show(Trace trace, string text) => trace.Add($"got {text}");

    [Coroutine]
    private static async Coroutine Many(Trace trace, params int[] numbers) => trace.Add($"{numbers.Length} {string.Join(' ', numbers)}".TrimEnd());

    [Coroutine]
    private static async Coroutine Overloaded(Trace trace, int value) => trace.Add($"int {value}");

    [Coroutine]
    private static async Coroutine Overloaded(Trace trace, string value) => trace.Add($"string {value}");

    [Coroutine]
    private static async Coroutine Overloaded(Trace trace, double value)
    {
        await Coroutine.Yield();
        trace.Add($"double {value}");
    }

    [Coroutine]
    private static async Coroutine<int> SquareLater(this int value, Trace trace)
    {
        int later = await Later(trace, value);
        return later * later;
    }

    [Coroutine]
    private static async Coroutine<(int Number, string Text)> Pair(int number, string text)
    {
        await Coroutine.Yield();
        return (number, text);
    }

    [Coroutine]
    private static async Coroutine<string?> Maybe(string? text, bool later)
    {
        if (later)
            await Coroutine.Yield();
        return text;
    }
}
