using static Coroutines.Differential.Children;

namespace Coroutines.Differential.Behaviours;

public static partial class Switches
{
    [Behaviour("1 two", "2 after two", "2 after switch", "2 ended")]
    [Coroutine]
    public static async Coroutine A_switch_suspends_in_one_of_its_sections(Trace trace)
    {
        switch (trace.Turn + 1)
        {
            case 1:
                trace.Add("one");
                break;
            case 2:
                trace.Add("two");
                await Coroutine.Yield();
                trace.Add("after two");
                break;
            default:
                trace.Add("other");
                break;
        }

        trace.Add("after switch");
    }

    [Behaviour("1 b?", "2 b!", "2 is b", "2 ended")]
    [Coroutine]
    public static async Coroutine The_value_of_a_switch_may_be_an_await(Trace trace)
    {
        switch (await Later(trace, "b"))
        {
            case "a":
                trace.Add("is a");
                break;
            case "b":
                trace.Add("is b");
                break;
        }
    }

    [Behaviour("1 one", "2 two", "3 ended")]
    [Coroutine]
    public static async Coroutine A_goto_case_enters_another_section_after_a_suspension(Trace trace)
    {
        switch (trace.Turn)
        {
            case 1:
                trace.Add("one");
                await Coroutine.Yield();
                goto case 2;
            case 2:
                trace.Add("two");
                await Coroutine.Yield();
                break;
        }
    }

    [Behaviour("1 first", "2 default", "2 ended")]
    [Coroutine]
    public static async Coroutine A_goto_default_enters_the_default_section(Trace trace)
    {
        switch (trace.Turn)
        {
            case 1:
                trace.Add("first");
                await Coroutine.Yield();
                goto default;
            default:
                trace.Add("default");
                break;
        }
    }

    [Behaviour("1 shared", "2 shared again", "2 ended")]
    [Coroutine]
    public static async Coroutine Several_labels_share_a_section(Trace trace)
    {
        switch (trace.Turn)
        {
            case 0:
            case 1:
            case 2:
                trace.Add("shared");
                await Coroutine.Yield();
                trace.Add("shared again");
                break;
        }
    }

    [Behaviour("1 0", "2 1", "3 out", "3 ended")]
    [Coroutine]
    public static async Coroutine A_switch_in_a_loop_continues_the_loop(Trace trace)
    {
        for (int i = 0; ; i++)
        {
            switch (i)
            {
                case 2:
                    trace.Add("out");
                    return;
                default:
                    trace.Add($"{i}");
                    await Coroutine.Yield();
                    continue;
            }
        }
    }

    [Behaviour("1 in", "2 returned", "2 ended")]
    [Coroutine]
    public static async Coroutine A_section_may_return(Trace trace)
    {
        trace.Add(await Name(trace, 7));
    }

    [Behaviour("1 no section", "1 ended")]
    [Coroutine]
    public static async Coroutine A_value_without_a_section_passes_by(Trace trace)
    {
        switch (trace.Turn)
        {
            case 99:
                await Coroutine.Yield();
                break;
        }

        trace.Add("no section");
    }

    [Behaviour("1 Green", "2 after", "2 ended")]
    [Coroutine]
    public static async Coroutine A_switch_over_an_enum_suspends(Trace trace)
    {
        var color = Color.Green;
        switch (color)
        {
            case Color.Red:
                trace.Add("red");
                break;
            case Color.Green:
                trace.Add($"{color}");
                await Coroutine.Yield();
                trace.Add("after");
                break;
        }
    }

    [Behaviour("1 outer 1", "1 inner 1", "2 inner done", "2 outer done", "2 ended")]
    [Coroutine]
    public static async Coroutine Switches_nest(Trace trace)
    {
        switch (trace.Turn)
        {
            case 1:
                trace.Add("outer 1");
                switch (trace.Turn)
                {
                    case 1:
                        trace.Add("inner 1");
                        await Coroutine.Yield();
                        trace.Add("inner done");
                        break;
                }

                trace.Add("outer done");
                break;
        }
    }

    [Behaviour("1 positive", "2 number 5", "2 ended")]
    [Coroutine]
    public static async Coroutine A_switch_expression_without_await_stands_beside_a_suspension(Trace trace)
    {
        object value = 5;
        trace.Add(value switch { int and > 0 => "positive", int => "number", _ => "thing" });
        await Coroutine.Yield();
        trace.Add(value switch { int number => $"number {number}", _ => "thing" });
    }

    [Coroutine]
    private static async Coroutine<string> Name(Trace trace, int value)
    {
        switch (value)
        {
            case 7:
                trace.Add("in");
                await Coroutine.Yield();
                return "returned";
            default:
                return "not this";
        }
    }

    private enum Color
    {
        Red,
        Green,
    }
}
