using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

public static partial class Locals
{
    [Behaviour("2 1 a 2.5 True", "2 ended")]
    [Coroutine]
    public static async Coroutine Locals_of_many_types_live_across_a_suspension(Trace trace)
    {
        int number = 1;
        string text = "a";
        double real = 2.5;
        bool truth = true;
        await Coroutine.Yield();
        trace.Add($"{number} {text} {real} {truth}");
    }

    [Behaviour("2 first", "3 second", "3 ended")]
    [Coroutine]
    public static async Coroutine Locals_of_one_name_in_two_scopes_are_two_locals(Trace trace)
    {
        {
            string text = "first";
            await Coroutine.Yield();
            trace.Add(text);
        }

        {
            string text = "second";
            await Coroutine.Yield();
            trace.Add(text);
        }
    }

    [Behaviour("2 int 1", "3 string x", "3 ended")]
    [Coroutine]
    public static async Coroutine Locals_of_one_name_may_have_two_types(Trace trace)
    {
        if (trace.Turn == 1)
        {
            int value = 1;
            await Coroutine.Yield();
            trace.Add($"int {value}");
        }

        for (string value = "x"; value != ""; value = "")
        {
            await Coroutine.Yield();
            trace.Add($"string {value}");
        }
    }

    [Behaviour("2 7", "3 8", "3 ended")]
    [Coroutine]
    public static async Coroutine A_parameter_is_assigned_like_a_local(Trace trace)
    {
        await Count(trace, 7);
    }

    [Behaviour("1 fresh 0", "2 fresh 0", "3 fresh 0", "4 ended")]
    [Coroutine]
    public static async Coroutine A_local_of_a_loop_body_starts_anew_in_each_round(Trace trace)
    {
        for (int i = 0; i < 3; i++)
        {
            int fresh = 0;
            trace.Add($"fresh {fresh}");
            await Coroutine.Yield();
            fresh++;
        }
    }

    [Behaviour("2 (1, 2)", "3 (3, 2)", "3 ended")]
    [Coroutine]
    public static async Coroutine A_struct_local_is_changed_in_place_across_suspensions(Trace trace)
    {
        var pair = (X: 1, Y: 2);
        await Coroutine.Yield();
        trace.Add($"{pair}");
        pair.X = 3;
        await Coroutine.Yield();
        trace.Add($"{pair}");
    }

    [Behaviour("2 10", "2 11", "2 ended")]
    [Coroutine]
    public static async Coroutine A_struct_local_keeps_what_its_methods_change(Trace trace)
    {
        var counter = new Counter { Value = 9 };
        counter.Increment();
        await Coroutine.Yield();
        trace.Add($"{counter.Value}");
        counter.Increment();
        trace.Add($"{counter.Value}");
    }

    [Behaviour("2 1", "2 2", "3 3", "3 ended")]
    [Coroutine]
    public static async Coroutine A_local_is_passed_by_reference_between_suspensions(Trace trace)
    {
        int value = 0;
        Increment(ref value);
        await Coroutine.Yield();
        trace.Add($"{value}");
        Increment(ref value);
        trace.Add($"{value}");
        await Coroutine.Yield();
        Increment(ref value);
        trace.Add($"{value}");
    }

    [Behaviour("2 parsed 12", "2 ended")]
    [Coroutine]
    public static async Coroutine An_out_variable_lives_across_a_suspension(Trace trace)
    {
        if (int.TryParse("12", out int parsed))
        {
            await Coroutine.Yield();
            trace.Add($"parsed {parsed}");
        }
    }

    [Behaviour("2 text of 3", "2 ended")]
    [Coroutine]
    public static async Coroutine A_pattern_variable_lives_across_a_suspension(Trace trace)
    {
        object value = "abc";
        if (value is string { Length: 3 } text)
        {
            await Coroutine.Yield();
            trace.Add($"text of {text.Length}");
        }
    }

    [Behaviour("2 1 and 2", "2 ended")]
    [Coroutine]
    public static async Coroutine Deconstructed_locals_live_across_a_suspension(Trace trace)
    {
        (int a, int b) = (1, 2);
        await Coroutine.Yield();
        trace.Add($"{a} and {b}");
    }

    [Behaviour("1 3?", "2 3!", "2 3 and 4", "2 ended")]
    [Coroutine]
    public static async Coroutine An_awaited_tuple_is_deconstructed(Trace trace)
    {
        (int a, int b) = await PairLater(trace, 3, 4);
        trace.Add($"{a} and {b}");
    }

    [Behaviour("2 sum 6", "3 sum 6", "3 ended")]
    [Coroutine]
    public static async Coroutine A_span_is_used_between_suspensions(Trace trace)
    {
        int[] numbers = [1, 2, 3];
        await Coroutine.Yield();
        {
            Span<int> span = numbers;
            int sum = 0;
            foreach (int number in span)
                sum += number;
            trace.Add($"sum {sum}");
        }

        await Coroutine.Yield();
        trace.Add($"sum {numbers[0] + numbers[1] + numbers[2]}");
    }

    [Behaviour("2 42", "2 ended")]
    [Coroutine]
    public static async Coroutine A_constant_is_a_constant(Trace trace)
    {
        const int Answer = 42;
        await Coroutine.Yield();
        trace.Add($"{Answer}");
    }

    [Behaviour("2 keyword 5", "2 ended")]
    [Coroutine]
    public static async Coroutine A_local_may_be_named_like_a_keyword(Trace trace)
    {
        int @class = 5;
        await Coroutine.Yield();
        trace.Add($"keyword {@class}");
    }

    [Behaviour("2 1 2 3", "2 ended")]
    [Coroutine]
    public static async Coroutine Locals_may_be_named_like_parts_of_the_machinery(Trace trace)
    {
        int frame = 1, task = 2, state = 3;
        await Coroutine.Yield();
        trace.Add($"{frame} {task} {state}");
    }

    [Behaviour("1 unset", "2 set", "2 ended")]
    [Coroutine]
    public static async Coroutine A_local_declared_before_and_assigned_after_a_suspension(Trace trace)
    {
        string text;
        trace.Add("unset");
        await Coroutine.Yield();
        text = "set";
        trace.Add(text);
    }

    [Behaviour("2@3 anonymous 1 b", "2@3 ended")]
    [Coroutine]
    public static async Coroutine A_nullable_local_lives_across_a_suspension(Trace trace)
    {
        int? some = 1;
        int? none = null;
        string? text = "b";
        await Milliseconds(3);
        trace.Add($"anonymous {some}{none} {text}");
    }

    [Behaviour("1 local function 2", "2 local function 4", "2 ended")]
    [Coroutine]
    public static async Coroutine A_static_local_function_is_called_around_a_suspension(Trace trace)
    {
        static int Twice(int value) => value * 2;
        trace.Add($"local function {Twice(1)}");
        await Coroutine.Yield();
        trace.Add($"local function {Twice(2)}");
    }

    [Coroutine]
    private static async Coroutine Count(Trace trace, int number)
    {
        await Coroutine.Yield();
        trace.Add($"{number}");
        number++;
        await Coroutine.Yield();
        trace.Add($"{number}");
    }

    [Coroutine]
    private static async Coroutine<(int, int)> PairLater(Trace trace, int a, int b) => (await Later(trace, a), b);

    private static void Increment(ref int value) => value++;

    private struct Counter
    {
        public int Value;

        public void Increment() => Value++;
    }
}
