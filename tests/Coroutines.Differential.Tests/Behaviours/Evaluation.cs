using static Coroutines.Differential.Children;

namespace Coroutines.Differential.Behaviours;

/// <summary>Operands are evaluated from left to right, each once, also those that stand before a suspension.</summary>
public static partial class Evaluation
{
    [Behaviour("1 1", "1 2?", "2 2!", "2 3", "2 sum 6", "2 ended")]
    [Coroutine]
    public static async Coroutine Arguments_around_an_await_are_evaluated_in_order(Trace trace)
    {
        trace.Add($"sum {Sum(trace.Note(1), await Later(trace, 2), trace.Note(3))}");
    }

    [Behaviour("1 1?", "2 1!", "2 2?", "3 2!", "3 3?", "4 3!", "4 sum 6", "4 ended")]
    [Coroutine]
    public static async Coroutine Several_awaits_in_one_call_run_one_after_the_other(Trace trace)
    {
        trace.Add($"sum {Sum(await Later(trace, 1), await Later(trace, 2), await Later(trace, 3))}");
    }

    [Behaviour("1 9?", "2 9!", "2 46", "2 ended")]
    [Coroutine]
    public static async Coroutine A_local_read_before_the_await_keeps_its_old_value(Trace trace)
    {
        var box = new Box { Value = 1 };
        int sum = box.Value + await SetTo(trace, box, 9) * 10 / 2;
        trace.Add($"{sum}");
    }

    [Behaviour("1 a", "1 b?", "2 b!", "2 ab", "2 ended")]
    [Coroutine]
    public static async Coroutine The_left_operand_of_a_binary_operator_comes_first(Trace trace)
    {
        trace.Add(trace.Note("a") + await Later(trace, "b"));
    }

    [Behaviour("1 a?", "2 a!", "2 b", "2 ab", "2 ended")]
    [Coroutine]
    public static async Coroutine The_right_operand_comes_after_an_await_on_the_left(Trace trace)
    {
        trace.Add(await Later(trace, "a") + trace.Note("b"));
    }

    [Behaviour("1 target", "1 index", "1 5?", "2 5!", "2 5", "2 ended")]
    [Coroutine]
    public static async Coroutine An_element_assignment_evaluates_array_and_index_before_the_awaited_value(Trace trace)
    {
        int[] numbers = [0, 0];
        trace.Note("target", numbers)[trace.Note("index", 1)] = await Later(trace, 5);
        trace.Add($"{numbers[1]}");
    }

    [Behaviour("1 box", "1 5?", "2 5!", "2 5", "2 ended")]
    [Coroutine]
    public static async Coroutine A_property_assignment_evaluates_its_receiver_before_the_awaited_value(Trace trace)
    {
        var box = new Box();
        trace.Note("box", box).Value = await Later(trace, 5);
        trace.Add($"{box.Value}");
    }

    [Behaviour("1 9?", "2 9!", "2 10", "2 ended")]
    [Coroutine]
    public static async Coroutine A_compound_assignment_reads_its_target_before_the_await(Trace trace)
    {
        var box = new Box { Value = 1 };
        box.Value += await SetTo(trace, box, 9);
        trace.Add($"{box.Value}");
    }

    [Behaviour("1 4?", "2 4!", "2 5", "2 ended")]
    [Coroutine]
    public static async Coroutine A_compound_assignment_of_a_local_adds_the_awaited_value(Trace trace)
    {
        int sum = 1;
        sum += await Later(trace, 4);
        trace.Add($"{sum}");
    }

    [Behaviour("1 array", "1 index", "1 4?", "2 4!", "2 5", "2 ended")]
    [Coroutine]
    public static async Coroutine A_compound_assignment_of_an_element_evaluates_array_and_index_once(Trace trace)
    {
        int[] numbers = [1];
        trace.Note("array", numbers)[trace.Note("index", 0)] += await Later(trace, 4);
        trace.Add($"{numbers[0]}");
    }

    [Behaviour("1 False", "1 False", "1 ended")]
    [Coroutine]
    public static async Coroutine A_short_circuit_and_does_not_reach_the_await(Trace trace)
    {
        bool both = trace.Note(false) && await Later(trace, true);
        trace.Add($"{both}");
    }

    [Behaviour("1 True", "1 False?", "2 False!", "2 False", "2 ended")]
    [Coroutine]
    public static async Coroutine A_short_circuit_and_goes_on_to_the_await(Trace trace)
    {
        bool both = trace.Note(true) && await Later(trace, false);
        trace.Add($"{both}");
    }

    [Behaviour("1 False?", "2 False!", "2 True", "2 True", "2 ended")]
    [Coroutine]
    public static async Coroutine A_short_circuit_or_with_the_await_on_the_left(Trace trace)
    {
        bool either = await Later(trace, false) || trace.Note(true);
        trace.Add($"{either}");
    }

    [Behaviour("1 yes?", "2 yes!", "2 yes", "2 ended")]
    [Coroutine]
    public static async Coroutine A_conditional_expression_awaits_only_the_branch_it_takes(Trace trace)
    {
        string text = trace.Turn == 1 ? await Later(trace, "yes") : await Later(trace, "no");
        trace.Add(text);
    }

    [Behaviour("1 True?", "2 True!", "2 first", "2 first", "2 ended")]
    [Coroutine]
    public static async Coroutine The_condition_of_a_conditional_expression_may_be_an_await(Trace trace)
    {
        trace.Add(await Later(trace, true) ? trace.Note("first") : trace.Note("second"));
    }

    [Behaviour("1 fallback?", "2 fallback!", "2 fallback", "2 ended")]
    [Coroutine]
    public static async Coroutine A_null_coalescing_operator_awaits_when_the_left_is_null(Trace trace)
    {
        string? missing = trace.Turn > 5 ? "there" : null;
        trace.Add(missing ?? await Later(trace, "fallback"));
    }

    [Behaviour("1 there", "1 ended")]
    [Coroutine]
    public static async Coroutine A_null_coalescing_operator_does_not_await_when_the_left_is_there(Trace trace)
    {
        string? found = trace.Turn == 1 ? "there" : null;
        trace.Add(found ?? await Later(trace, "fallback"));
    }

    [Behaviour("1 5?", "2 5!", "2 6", "2 ended")]
    [Coroutine]
    public static async Coroutine An_await_in_parentheses_is_a_receiver(Trace trace)
    {
        trace.Add($"{(await Later(trace, new Box { Value = 5 })).Next()}");
    }

    [Behaviour("1 receiver", "1 2?", "2 2!", "2 7", "2 ended")]
    [Coroutine]
    public static async Coroutine A_receiver_is_evaluated_before_an_awaited_argument(Trace trace)
    {
        var box = new Box { Value = 5 };
        trace.Add($"{trace.Note("receiver", box).Plus(await Later(trace, 2))}");
    }

    [Behaviour("1 1", "1 2?", "2 2!", "2 (1, 2)", "2 ended")]
    [Coroutine]
    public static async Coroutine A_tuple_evaluates_its_elements_in_order(Trace trace)
    {
        var pair = (trace.Note(1), await Later(trace, 2));
        trace.Add($"{pair}");
    }

    [Behaviour("1 1", "1 2?", "2 2!", "2 3", "2 1 2 3", "2 ended")]
    [Coroutine]
    public static async Coroutine An_array_initializer_evaluates_its_elements_in_order(Trace trace)
    {
        int[] numbers = new[] { trace.Note(1), await Later(trace, 2), trace.Note(3) };
        trace.Add(string.Join(' ', numbers));
    }

    [Behaviour("1 4?", "2 4!", "2 4", "2 ended")]
    [Coroutine]
    public static async Coroutine A_constructor_takes_an_awaited_argument(Trace trace)
    {
        var point = new Point(await Later(trace, 4));
        trace.Add($"{point.X}");
    }

    [Behaviour("1 3?", "2 3!", "2 -3", "2 ended")]
    [Coroutine]
    public static async Coroutine A_unary_operator_takes_an_awaited_operand(Trace trace)
    {
        int negative = -await Later(trace, 3);
        trace.Add($"{negative}");
    }

    [Behaviour("1 3?", "2 3!", "2 3", "2 ended")]
    [Coroutine]
    public static async Coroutine A_cast_takes_an_awaited_operand(Trace trace)
    {
        long wide = (long)await Later(trace, 3);
        trace.Add($"{wide}");
    }

    [Behaviour("1 1", "1 2?", "2 2!", "2 2-1", "2 ended")]
    [Coroutine]
    public static async Coroutine Named_arguments_are_evaluated_as_written(Trace trace)
    {
        trace.Add(Join(right: trace.Note(1), left: await Later(trace, 2)));
    }

    [Behaviour("1 inner", "1 1?", "2 1!", "2 2?", "3 2!", "3 3", "3 ended")]
    [Coroutine]
    public static async Coroutine Awaits_nest_in_arguments_of_awaits(Trace trace)
    {
        trace.Add("inner");
        trace.Add($"{await AddLater(trace, await Later(trace, 1), 2)}");
    }

    [Behaviour("1 1", "1 boom?", "2 caught InvalidOperationException: boom", "2 ended")]
    [Coroutine]
    public static async Coroutine An_operand_that_fails_leaves_the_later_ones_alone(Trace trace)
    {
        try
        {
            trace.Add($"{Sum(trace.Note(1), await Fail(trace, "boom", later: true), trace.Note(3))}");
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 5", "1 6?", "2 6!", "2 5", "2 ended")]
    [Coroutine]
    public static async Coroutine A_discard_evaluates_what_it_drops(Trace trace)
    {
        int kept = trace.Note(5);
        _ = await Later(trace, 6);
        trace.Add($"{kept}");
    }

    [Behaviour("1 2?", "2 2!", "2 2 2 2", "2 ended")]
    [Coroutine]
    public static async Coroutine Assignments_chain_through_an_await(Trace trace)
    {
        int a, b;
        int c = a = b = await Later(trace, 2);
        trace.Add($"{a} {b} {c}");
    }

    [Behaviour("1 1?", "2 1!", "2 2", "2 1 and 2", "2 ended")]
    [Coroutine]
    public static async Coroutine An_interpolated_string_holds_an_await(Trace trace)
    {
        string text = $"{await Later(trace, 1)} and {trace.Note(2)}";
        trace.Add(text);
    }

    [Behaviour("1 True?", "2 True!", "2 not", "2 ended")]
    [Coroutine]
    public static async Coroutine A_negated_await_is_a_condition(Trace trace)
    {
        if (!await Later(trace, true))
            trace.Add("so");
        else
            trace.Add("not");
    }

    [Coroutine]
    private static async Coroutine<int> SetTo(Trace trace, Box box, int value)
    {
        box.Value = value;
        return await Later(trace, value);
    }

    [Coroutine]
    private static async Coroutine<int> AddLater(Trace trace, int left, int right) => left + await Later(trace, right);

    private static int Sum(int a, int b, int c) => a + b + c;

    private static string Join(int left, int right) => $"{left}-{right}";

    private sealed class Box
    {
        public int Value { get; set; }

        public int Next() => Value + 1;

        public int Plus(int more) => Value + more;

        public override string ToString() => $"{Value}";
    }

    private sealed class Point(int x)
    {
        public int X { get; } = x;
    }
}
