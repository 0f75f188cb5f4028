namespace Coroutines.Differential.Behaviours;

/// <summary><see cref="AsyncLocal{T}"/> values belong to tasks.</summary>
public static partial class Contexts
{
    private static readonly AsyncLocal<string?> s_local = new();

    [Behaviour("1 mine", "2 mine", "2 ended")]
    [Coroutine]
    public static async Coroutine A_value_stays_across_a_suspension(Trace trace)
    {
        s_local.Value = "mine";
        trace.Add($"{s_local.Value}");
        await Coroutine.Yield();
        trace.Add($"{s_local.Value}");
    }

    [Behaviour("1 mine", "2 mine", "3 nothing", "4 nothing", "4 ended")]
    [Coroutine]
    public static async Coroutine A_value_taken_back_stays_away(Trace trace)
    {
        s_local.Value = "mine";
        trace.Add($"{s_local.Value}");
        await Coroutine.Yield();
        trace.Add($"{s_local.Value}");
        s_local.Value = null;
        await Coroutine.Yield();
        trace.Add($"{s_local.Value ?? "nothing"}");
        await Coroutine.Yield();
        trace.Add($"{s_local.Value ?? "nothing"}");
    }

    [Behaviour("2 child sees parent", "2 child sets child", "3 parent sees parent", "3 ended")]
    [Coroutine]
    public static async Coroutine A_value_flows_into_a_spawned_task_and_not_back(Trace trace)
    {
        s_local.Value = "parent";
        await trace.Loop.Spawn(SetInTask(trace));
        trace.Add($"parent sees {s_local.Value}");
    }

    [Behaviour("2 child sees at spawn", "2 child sets child", "3 parent sees changed", "3 ended")]
    [Coroutine]
    public static async Coroutine A_task_takes_the_values_of_the_moment_it_is_spawned(Trace trace)
    {
        s_local.Value = "at spawn";
        var task = trace.Loop.Spawn(SetInTask(trace));
        s_local.Value = "changed";
        await task;
        trace.Add($"parent sees {s_local.Value}");
    }

    [Behaviour("2 a sees a", "2 b sees b", "3 a sees a", "3 b sees b", "4 ended")]
    [Coroutine]
    public static async Coroutine Tasks_that_take_turns_keep_their_own_values(Trace trace)
    {
        trace.Loop.Spawn(Own(trace, "a"));
        await trace.Loop.Spawn(Own(trace, "b"));
    }

    [Behaviour("1 set", "2 callback sees set", "2 after", "2 ended")]
    [Coroutine]
    public static async Coroutine A_callback_sees_the_values_of_the_moment_it_was_scheduled(Trace trace)
    {
        s_local.Value = "set";
        trace.Add($"{s_local.Value}");
        trace.Loop.CallSoon(static t => t.Add($"callback sees {s_local.Value}"), trace);
        s_local.Value = "after";
        await Coroutine.Yield();
        trace.Add($"{s_local.Value}");
    }

    [Behaviour("1 child sees nothing", "1 child sets child", "1 caller sees child", "2 caller sees child", "2 ended")]
    [Coroutine]
    public static async Coroutine A_value_set_by_an_awaited_coroutine_belongs_to_the_task(Trace trace)
    {
        await SetInTask(trace);
        trace.Add($"caller sees {s_local.Value}");
        await Coroutine.Yield();
        trace.Add($"caller sees {s_local.Value}");
    }

    [Coroutine]
    private static async Coroutine SetInTask(Trace trace)
    {
        trace.Add($"child sees {s_local.Value ?? "nothing"}");
        s_local.Value = "child";
        trace.Add($"child sets {s_local.Value}");
    }

    [Coroutine]
    private static async Coroutine Own(Trace trace, string value)
    {
        s_local.Value = value;
        trace.Add($"{value} sees {s_local.Value}");
        await Coroutine.Yield();
        trace.Add($"{value} sees {s_local.Value}");
    }
}
