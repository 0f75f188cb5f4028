using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

public static partial class Loops
{
    [Behaviour("1 0", "2 1", "3 2", "4 sum 3", "4 ended")]
    [Coroutine]
    public static async Coroutine A_for_loop_suspends_in_its_body(Trace trace)
    {
        int sum = 0;
        for (int i = 0; i < 3; i++)
        {
            trace.Add($"{i}");
            sum += i;
            await Coroutine.Yield();
        }

        trace.Add($"sum {sum}");
    }

    [Behaviour("1 0?", "2 0!", "2 1?", "3 1!", "3 2?", "4 2!", "4 ended")]
    [Coroutine]
    public static async Coroutine A_while_loop_suspends_in_its_condition(Trace trace)
    {
        int i = 0;
        while (await Later(trace, i) < 2)
            i++;
    }

    [Behaviour("1 body 0", "1 1?", "2 1!", "2 body 1", "2 2?", "3 2!", "3 ended")]
    [Coroutine]
    public static async Coroutine A_do_loop_suspends_in_its_condition_after_the_body(Trace trace)
    {
        int i = 0;
        do
        {
            trace.Add($"body {i}");
            i++;
        }
        while (await Later(trace, i) < 2);
    }

    [Behaviour("1 0", "1 continue", "2 1", "2 continue", "3 2", "3 break", "3 after", "3 ended")]
    [Coroutine]
    public static async Coroutine Continue_and_break_leave_the_body_where_they_stand(Trace trace)
    {
        for (int i = 0; ; i++)
        {
            trace.Add($"{i}");
            if (i == 2)
            {
                trace.Add("break");
                break;
            }

            trace.Add("continue");
            await Coroutine.Yield();
            continue;
        }

        trace.Add("after");
    }

    [Behaviour("1 0,0", "2 0,1", "3 1,0", "4 1,1", "5 ended")]
    [Coroutine]
    public static async Coroutine Loops_nest(Trace trace)
    {
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                trace.Add($"{i},{j}");
                await Coroutine.Yield();
            }
        }
    }

    [Behaviour("1 0,0", "2 next", "2 1,0", "3 next", "3 ended")]
    [Coroutine]
    public static async Coroutine A_break_leaves_only_the_inner_loop(Trace trace)
    {
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 9; j++)
            {
                trace.Add($"{i},{j}");
                await Coroutine.Yield();
                break;
            }

            trace.Add("next");
        }
    }

    [Behaviour("1 a", "2 b", "3 c", "4 ended")]
    [Coroutine]
    public static async Coroutine A_foreach_over_an_array_suspends_in_its_body(Trace trace)
    {
        foreach (string letter in new[] { "a", "b", "c" })
        {
            trace.Add(letter);
            await Coroutine.Yield();
        }
    }

    [Behaviour("1 1", "2 2", "3 sum 3", "3 ended")]
    [Coroutine]
    public static async Coroutine A_foreach_over_a_list_suspends_in_its_body(Trace trace)
    {
        var numbers = new List<int> { 1, 2 };
        int sum = 0;
        foreach (int number in numbers)
        {
            trace.Add($"{number}");
            await Coroutine.Yield();
            sum += number;
        }

        trace.Add($"sum {sum}");
    }

    [Behaviour("1 enumerate", "1 0", "2 1", "3 disposed", "3 ended")]
    [Coroutine]
    public static async Coroutine A_foreach_disposes_its_enumerator_after_the_last_turn(Trace trace)
    {
        foreach (int i in Numbers(trace, 2))
        {
            trace.Add($"{i}");
            await Coroutine.Yield();
        }
    }

    [Behaviour("1 enumerate", "1 0", "2 leaving", "2 disposed", "2 ended")]
    [Coroutine]
    public static async Coroutine A_return_out_of_a_foreach_disposes_the_enumerator(Trace trace)
    {
        foreach (int i in Numbers(trace, 5))
        {
            trace.Add($"{i}");
            await Coroutine.Yield();
            trace.Add("leaving");
            return;
        }
    }

    [Behaviour("1 enumerate", "1 0", "2 disposed", "2 caught InvalidOperationException: out", "2 ended")]
    [Coroutine]
    public static async Coroutine An_exception_out_of_a_foreach_disposes_the_enumerator(Trace trace)
    {
        try
        {
            foreach (int i in Numbers(trace, 5))
            {
                trace.Add($"{i}");
                await Coroutine.Yield();
                throw new InvalidOperationException("out");
            }
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 changed", "2 caught InvalidOperationException", "2 ended")]
    [Coroutine]
    public static async Coroutine A_list_that_changes_while_the_loop_waits_is_noticed(Trace trace)
    {
        var numbers = new List<int> { 1, 2 };
        try
        {
            foreach (int number in numbers)
            {
                numbers.Add(number);
                trace.Add("changed");
                await Coroutine.Yield();
            }
        }
        catch (InvalidOperationException)
        {
            trace.Add("caught InvalidOperationException");
        }
    }

    [Behaviour("1 3?", "2 3!", "2 0", "2 1", "2 2", "2 ended")]
    [Coroutine]
    public static async Coroutine A_for_loop_suspends_in_its_initializer(Trace trace)
    {
        for (int i = 0, n = await Later(trace, 3); i < n; i++)
            trace.Add($"{i}");
    }

    [Behaviour("1 at 0", "1 1?", "2 1!", "2 at 1", "2 2?", "3 2!", "3 ended")]
    [Coroutine]
    public static async Coroutine A_for_loop_suspends_in_its_incrementor(Trace trace)
    {
        for (int i = 0; i < 2; i = await Later(trace, i + 1))
            trace.Add($"at {i}");
    }

    [Behaviour("1 0", "2 skip 1", "2 2", "3 skip 3", "3 ended")]
    [Coroutine]
    public static async Coroutine A_continue_runs_the_incrementor(Trace trace)
    {
        for (int i = 0; i < 4; i++)
        {
            if (i % 2 == 1)
            {
                trace.Add($"skip {i}");
                continue;
            }

            trace.Add($"{i}");
            await Coroutine.Yield();
        }
    }

    [Behaviour("1 499500", "2@1 ended")]
    [Coroutine]
    public static async Coroutine A_loop_without_a_suspension_runs_in_one_turn(Trace trace)
    {
        int sum = 0;
        for (int i = 0; i < 1000; i++)
            sum += await Quiet(i);
        trace.Add($"{sum}");
        await Milliseconds(1);
    }

    [Coroutine]
    private static async Coroutine<int> Quiet(int value) => value;

    private static IEnumerable<int> Numbers(Trace trace, int count)
    {
        trace.Add("enumerate");
        try
        {
            for (int i = 0; i < count; i++)
                yield return i;
        }
        finally
        {
            trace.Add("disposed");
        }
    }
}
