using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

public static partial class ControlFlow
{
    [Behaviour("1 ended")]
    [Coroutine]
    public static async Coroutine An_empty_body_ends_in_its_first_turn(Trace trace)
    {
    }

    [Behaviour("1 a", "2 b", "3 c", "3 ended")]
    [Coroutine]
    public static async Coroutine Each_yield_costs_one_turn(Trace trace)
    {
        trace.Add("a");
        await Coroutine.Yield();
        trace.Add("b");
        await Coroutine.Yield();
        trace.Add("c");
    }

    [Behaviour("1 before", "2 ended")]
    [Coroutine]
    public static async Coroutine An_await_may_be_the_last_statement(Trace trace)
    {
        trace.Add("before");
        await Coroutine.Yield();
    }

    [Behaviour("2 ended")]
    [Coroutine]
    public static async Coroutine An_expression_body_may_be_an_await(Trace trace) => await Coroutine.Yield();

    [Behaviour("1 then", "2 after then", "2 after if", "2 ended")]
    [Coroutine]
    public static async Coroutine An_if_suspends_in_its_then_branch(Trace trace)
    {
        if (trace.Turn == 1)
        {
            trace.Add("then");
            await Coroutine.Yield();
            trace.Add("after then");
        }
        else
        {
            trace.Add("else");
        }

        trace.Add("after if");
    }

    [Behaviour("1 else", "2 after else", "2 ended")]
    [Coroutine]
    public static async Coroutine An_if_suspends_in_its_else_branch(Trace trace)
    {
        if (trace.Turn != 1)
        {
            trace.Add("then");
        }
        else
        {
            trace.Add("else");
            await Coroutine.Yield();
            trace.Add("after else");
        }
    }

    [Behaviour("1 skipped", "1 ended")]
    [Coroutine]
    public static async Coroutine An_if_whose_branch_is_not_taken_does_not_suspend(Trace trace)
    {
        if (trace.Turn > 5)
            await Coroutine.Yield();
        trace.Add("skipped");
    }

    [Behaviour("1 True?", "2 True!", "2 yes", "2 ended")]
    [Coroutine]
    public static async Coroutine A_condition_may_be_an_await(Trace trace)
    {
        if (await Later(trace, true))
            trace.Add("yes");
        else
            trace.Add("no");
    }

    [Behaviour("1 2?", "2 2!", "2 second", "3 after second", "3 ended")]
    [Coroutine]
    public static async Coroutine A_chain_of_else_ifs_takes_one_branch(Trace trace)
    {
        int which = await Later(trace, 2);
        if (which == 1)
        {
            trace.Add("first");
            await Coroutine.Yield();
        }
        else if (which == 2)
        {
            trace.Add("second");
            await Coroutine.Yield();
            trace.Add("after second");
        }
        else
        {
            trace.Add("other");
        }
    }

    [Behaviour("1 in", "2 leaving", "2 ended")]
    [Coroutine]
    public static async Coroutine A_return_after_a_suspension_skips_the_rest(Trace trace)
    {
        trace.Add("in");
        await Coroutine.Yield();
        if (trace.Turn == 2)
        {
            trace.Add("leaving");
            return;
        }

        trace.Add("never");
    }

    [Behaviour("1 first", "2 back", "2 first", "3 back", "3 ended")]
    [Coroutine]
    public static async Coroutine A_goto_jumps_back_over_a_suspension(Trace trace)
    {
        int rounds = 0;
    again:
        trace.Add("first");
        await Coroutine.Yield();
        trace.Add("back");
        if (++rounds < 2)
            goto again;
    }

    [Behaviour("1 inner", "2 outer", "3@5 done", "3@5 ended")]
    [Coroutine]
    public static async Coroutine Blocks_nest_around_suspensions(Trace trace)
    {
        {
            {
                trace.Add("inner");
                await Coroutine.Yield();
            }

            trace.Add("outer");
            await Milliseconds(5);
        }

        trace.Add("done");
    }

    [Behaviour("1 locked", "1 released", "2 ended")]
    [Coroutine]
    public static async Coroutine A_lock_without_await_is_left_as_it_is(Trace trace)
    {
        lock (trace)
        {
            trace.Add("locked");
        }

        trace.Add("released");
        await Coroutine.Yield();
    }

    [Behaviour("1 overflow", "2 -2147483648", "2 ended")]
    [Coroutine]
    public static async Coroutine Checked_and_unchecked_blocks_keep_their_meaning_around_a_suspension(Trace trace)
    {
        int most = int.MaxValue;
        try
        {
            checked
            {
                most++;
            }
        }
        catch (OverflowException)
        {
            trace.Add("overflow");
        }

        await Coroutine.Yield();
        unchecked
        {
            most++;
        }

        trace.Add($"{most}");
    }
}
