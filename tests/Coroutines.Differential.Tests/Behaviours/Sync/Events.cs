using static Coroutines.Differential.Children;

namespace Coroutines.Differential.Behaviours;

/// <summary>What asyncio and trio promise of their events, and .NET of those that reset themselves.</summary>
public static partial class Events
{
    [Behaviour("1 passed", "1 True", "1 ended")]
    [Coroutine]
    public static async Coroutine A_set_event_lets_pass_without_suspending(Trace trace)
    {
        var signal = new LoopEvent(isSet: true);
        await Pass(trace, "passed", signal);
        trace.Add($"{signal.IsSet}");
    }

    [Behaviour("2 set", "3 a", "3 b", "3 c", "4 ended")]
    [Coroutine]
    public static async Coroutine Setting_resumes_all_in_the_order_in_which_they_came(Trace trace)
    {
        var signal = new LoopEvent();
        trace.Loop.Spawn(Pass(trace, "a", signal));
        trace.Loop.Spawn(Pass(trace, "b", signal));
        var c = trace.Loop.Spawn(Pass(trace, "c", signal));
        await Coroutine.Yield();
        trace.Add("set");
        signal.Set();
        await c;
    }

    [Behaviour("2 False", "3 a", "3 b", "4 ended")]
    [Coroutine]
    public static async Coroutine A_reset_does_not_take_the_signal_from_those_who_have_it(Trace trace)
    {
        var signal = new LoopEvent();
        trace.Loop.Spawn(Pass(trace, "a", signal));
        var b = trace.Loop.Spawn(Pass(trace, "b", signal));
        await Coroutine.Yield();
        signal.Set();
        signal.Reset();
        trace.Add($"{signal.IsSet}");
        await b;
    }

    [Behaviour("1 passed", "3@10 passed again", "3@10 ended")]
    [Coroutine]
    public static async Coroutine After_a_reset_one_waits_again(Trace trace)
    {
        var signal = new LoopEvent(isSet: true);
        await Pass(trace, "passed", signal);
        signal.Reset();
        trace.Loop.CallLater(TimeSpan.FromMilliseconds(10), static e => e.Set(), signal);
        await Pass(trace, "passed again", signal);
    }

    [Behaviour("2 set twice", "3 a", "4 ended")]
    [Coroutine]
    public static async Coroutine Setting_twice_is_setting_once(Trace trace)
    {
        var signal = new LoopEvent();
        var a = trace.Loop.Spawn(Pass(trace, "a", signal));
        await Coroutine.Yield();
        signal.Set();
        signal.Set();
        trace.Add("set twice");
        await a;
    }

    [Behaviour("3 b", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_waiter_leaves_and_the_others_pass(Trace trace)
    {
        var signal = new LoopEvent();
        var a = trace.Loop.Spawn(Pass(trace, "a", signal));
        var b = trace.Loop.Spawn(Pass(trace, "b", signal));
        await Coroutine.Yield();
        a.Cancel();
        signal.Set();
        await b;
        trace.Add($"{a.Status}");
    }

    [Behaviour("3 a", "4 RanToCompletion", "4 ended")]
    [Coroutine]
    public static async Coroutine Who_has_the_signal_passes_although_cancelled_before_going_on(Trace trace)
    {
        var signal = new LoopEvent();
        var a = trace.Loop.Spawn(Pass(trace, "a", signal));
        await Coroutine.Yield();
        signal.Set();
        a.Cancel();
        await Ended(a);
        trace.Add($"{a.Status}");
    }

    [Behaviour("1 passed", "1 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_task_passes_a_set_event(Trace trace)
    {
        CoroutineTask.Current.Cancel();
        await Pass(trace, "passed", new LoopEvent(isSet: true));
    }

    [Behaviour("1 ended cancelled")]
    [Coroutine]
    public static async Coroutine A_cancelled_task_does_not_wait_for_an_event(Trace trace)
    {
        CoroutineTask.Current.Cancel();
        await Pass(trace, "never", new LoopEvent());
    }

    [Behaviour("2 False", "3 a", "4 again", "5 b", "6 ended")]
    [Coroutine]
    public static async Coroutine Resetting_itself_it_lets_one_pass_each_time(Trace trace)
    {
        var signal = new LoopEvent(EventResetMode.AutoReset);
        var a = trace.Loop.Spawn(Pass(trace, "a", signal));
        var b = trace.Loop.Spawn(Pass(trace, "b", signal));
        await Coroutine.Yield();
        signal.Set();
        trace.Add($"{signal.IsSet}");
        await a;
        trace.Add("again");
        signal.Set();
        await b;
    }

    [Behaviour("1 True", "1 passed", "1 False", "1 ended")]
    [Coroutine]
    public static async Coroutine Resetting_itself_it_stays_set_for_one(Trace trace)
    {
        var signal = new LoopEvent(EventResetMode.AutoReset);
        signal.Set();
        signal.Set();
        trace.Add($"{signal.IsSet}");
        await Pass(trace, "passed", signal);
        trace.Add($"{signal.IsSet}");
    }

    [Behaviour("2 False", "3 a", "3 b", "4 ended")]
    [Coroutine]
    public static async Coroutine Resetting_itself_it_lets_two_pass_when_set_twice(Trace trace)
    {
        var signal = new LoopEvent(EventResetMode.AutoReset);
        trace.Loop.Spawn(Pass(trace, "a", signal));
        var b = trace.Loop.Spawn(Pass(trace, "b", signal));
        await Coroutine.Yield();
        signal.Set();
        signal.Set();
        trace.Add($"{signal.IsSet}");
        await b;
    }

    [Behaviour("3 b", "4 Cancelled False", "4 ended")]
    [Coroutine]
    public static async Coroutine Resetting_itself_it_gives_a_cancelled_waiter_nothing(Trace trace)
    {
        var signal = new LoopEvent(EventResetMode.AutoReset);
        var a = trace.Loop.Spawn(Pass(trace, "a", signal));
        var b = trace.Loop.Spawn(Pass(trace, "b", signal));
        await Coroutine.Yield();
        a.Cancel();
        signal.Set();
        await b;
        trace.Add($"{a.Status} {signal.IsSet}");
    }

    [Behaviour("3 a", "4 RanToCompletion False", "4 ended")]
    [Coroutine]
    public static async Coroutine Resetting_itself_its_signal_is_not_lost_with_a_cancelled_task(Trace trace)
    {
        var signal = new LoopEvent(EventResetMode.AutoReset);
        var a = trace.Loop.Spawn(Pass(trace, "a", signal));
        await Coroutine.Yield();
        signal.Set();
        a.Cancel();
        await Ended(a);
        trace.Add($"{a.Status} {signal.IsSet}");
    }

    [Coroutine]
    private static async Coroutine Pass(Trace trace, string name, LoopEvent signal)
    {
        await signal.Wait();
        trace.Add(name);
    }
}
