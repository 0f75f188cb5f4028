using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>Who runs in which turn, and in which order.</summary>
public static partial class Scheduling
{
    [Behaviour("1 spawn", "1 spawned", "2 a", "2 b", "3 ended")]
    [Coroutine]
    public static async Coroutine Spawned_tasks_start_in_the_next_turn_in_order(Trace trace)
    {
        trace.Add("spawn");
        trace.Loop.Spawn(Now(trace, "a"));
        var last = trace.Loop.Spawn(Now(trace, "b"));
        trace.Add("spawned");
        await last;
    }

    [Behaviour("2 a 0", "2 b 0", "3 a 1", "3 b 1", "4 a 2", "4 b 2", "5 ended")]
    [Coroutine]
    public static async Coroutine Tasks_that_yield_take_turns(Trace trace)
    {
        trace.Loop.Spawn(Rounds(trace, "a", 3));
        await trace.Loop.Spawn(Rounds(trace, "b", 3));
    }

    [Behaviour("2 a 0", "2 callback", "3 a 1", "3 callback", "4 a 2", "5 ended")]
    [Coroutine]
    public static async Coroutine Callbacks_and_tasks_take_turns(Trace trace)
    {
        var task = trace.Loop.Spawn(Rounds(trace, "a", 3));
        trace.Loop.CallSoon(static t => t.CallBackTwice(), new Caller(trace));
        await task;
    }

    [Behaviour("3@5 short", "4@10 middle", "5@20 long", "6@20 ended")]
    [Coroutine]
    public static async Coroutine Delays_end_in_the_order_of_their_deadlines(Trace trace)
    {
        var last = trace.Loop.Spawn(After(trace, 20, "long"));
        trace.Loop.Spawn(After(trace, 5, "short"));
        trace.Loop.Spawn(After(trace, 10, "middle"));
        await last;
    }

    [Behaviour("3@10 a", "3@10 b", "3@10 c", "4@10 ended")]
    [Coroutine]
    public static async Coroutine Delays_of_one_deadline_end_in_the_order_of_their_beginning(Trace trace)
    {
        trace.Loop.Spawn(After(trace, 10, "a"));
        trace.Loop.Spawn(After(trace, 10, "b"));
        await trace.Loop.Spawn(After(trace, 10, "c"));
    }

    [Behaviour("1 before", "2 after", "2 ended")]
    [Coroutine]
    public static async Coroutine A_delay_of_zero_costs_one_turn_and_no_time(Trace trace)
    {
        trace.Add("before");
        await Coroutine.Delay(TimeSpan.Zero);
        trace.Add("after");
    }

    [Behaviour("2@10 one", "3@30 two", "4@60 three", "4@60 ended")]
    [Coroutine]
    public static async Coroutine Delays_add_up(Trace trace)
    {
        await Milliseconds(10);
        trace.Add("one");
        await Milliseconds(20);
        trace.Add("two");
        await Milliseconds(30);
        trace.Add("three");
    }

    [Behaviour("2 yielded", "3@10 delayed", "3@10 callback", "4@10 ended")]
    [Coroutine]
    public static async Coroutine Timers_of_tasks_and_callbacks_share_one_order(Trace trace)
    {
        var task = trace.Loop.Spawn(After(trace, 10, "delayed"));
        await Coroutine.Yield();
        trace.Add("yielded");
        trace.Loop.CallLater(TimeSpan.FromMilliseconds(10), static t => t.Add("callback"), trace);
        await task;
    }

    [Behaviour("2 child result 6", "3 6", "3 ended")]
    [Coroutine]
    public static async Coroutine A_task_has_a_result(Trace trace)
    {
        int result = await trace.Loop.Spawn(Six(trace));
        trace.Add($"{result}");
    }

    [Behaviour("2 a", "3 RanToCompletion", "3 ended")]
    [Coroutine]
    public static async Coroutine A_task_that_has_ended_is_awaited_without_suspending(Trace trace)
    {
        var task = trace.Loop.Spawn(Now(trace, "a"));
        await Coroutine.Yield();
        await Coroutine.Yield();
        await task;
        trace.Add($"{task.Status}");
    }

    [Behaviour("2 boom?", "4 caught InvalidOperationException: boom", "4 Faulted", "4 ended")]
    [Coroutine]
    public static async Coroutine A_task_that_fails_throws_where_it_is_awaited(Trace trace)
    {
        var task = trace.Loop.Spawn(Fail(trace, "boom", later: true));
        try
        {
            await task;
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }

        trace.Add($"{task.Status}");
    }

    [Behaviour("2 boom?", "3 first boom", "4 second boom", "4 ended")]
    [Coroutine]
    public static async Coroutine A_failed_task_throws_again_when_it_is_awaited_again(Trace trace)
    {
        var task = trace.Loop.Spawn(Fail(trace, "boom", later: false));
        try
        {
            await task;
        }
        catch (InvalidOperationException exception)
        {
            trace.Add($"first {exception.Message}");
        }

        await Coroutine.Yield();
        try
        {
            await task;
        }
        catch (InvalidOperationException exception)
        {
            trace.Add($"second {exception.Message}");
        }
    }

    [Behaviour("2 boom?", "3 ended", "4 unhandled InvalidOperationException: boom")]
    [Coroutine]
    public static async Coroutine A_failed_task_nobody_awaits_is_reported_once(Trace trace)
    {
        trace.Loop.Spawn(Fail(trace, "boom", later: false));
        await Coroutine.Yield();
        await Coroutine.Yield();
    }

    [Behaviour("2 unhandled InvalidOperationException: in callback", "2 still here", "2 ended")]
    [Coroutine]
    public static async Coroutine An_exception_in_a_callback_leaves_the_loop_running(Trace trace)
    {
        trace.Loop.CallSoon(static () => throw new InvalidOperationException("in callback"));
        await Coroutine.Yield();
        trace.Add("still here");
    }

    [Behaviour("1 handle True", "2 handle False", "2 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_callback_is_not_called(Trace trace)
    {
        var handle = trace.Loop.CallSoon(static t => t.Add("never"), trace);
        trace.Add($"handle {handle.Cancel()}");
        await Coroutine.Yield();
        trace.Add($"handle {handle.Cancel()}");
    }

    [Behaviour("1 main", "2 grand", "3 child of child", "4 done", "5 ended")]
    [Coroutine]
    public static async Coroutine Tasks_spawn_tasks(Trace trace)
    {
        trace.Add("main");
        await trace.Loop.Spawn(Spawner(trace));
    }

    [Behaviour("2 named worker", "2 current worker", "3 ended")]
    [Coroutine]
    public static async Coroutine A_task_knows_its_name_and_itself_at_every_depth(Trace trace)
    {
        var task = trace.Loop.Spawn(Named(trace), "worker");
        await task;
    }

    [Behaviour("1 1 tasks", "1 2 tasks", "3 1 tasks", "3 ended")]
    [Coroutine]
    public static async Coroutine The_loop_counts_its_tasks(Trace trace)
    {
        trace.Add($"{trace.Loop.TaskCount} tasks");
        var task = trace.Loop.Spawn(Quiet());
        trace.Add($"{trace.Loop.TaskCount} tasks");
        await task;
        trace.Add($"{trace.Loop.TaskCount} tasks");
    }

    [Behaviour("2 a?", "3 a!", "4 first a", "4 second a", "5 ended")]
    [Coroutine]
    public static async Coroutine Several_tasks_await_one_task(Trace trace)
    {
        var task = trace.Loop.Spawn(Later(trace, "a"));
        trace.Loop.Spawn(Show(trace, "first", task));
        await trace.Loop.Spawn(Show(trace, "second", task));
    }

    [Behaviour("2 posted", "2 ended")]
    [Coroutine]
    public static async Coroutine A_post_is_called_in_the_next_turn(Trace trace)
    {
        trace.Loop.CallSoonThreadSafe(static t => ((Trace)t!).Add("posted"), trace);
        await Milliseconds(0);
    }

    [Coroutine]
    private static async Coroutine Rounds(Trace trace, string name, int count)
    {
        for (int i = 0; i < count; i++)
        {
            trace.Add($"{name} {i}");
            if (i < count - 1)
                await Coroutine.Yield();
        }
    }

    [Coroutine]
    private static async Coroutine After(Trace trace, int milliseconds, string name)
    {
        await Milliseconds(milliseconds);
        trace.Add(name);
    }

    [Coroutine]
    private static async Coroutine<int> Six(Trace trace)
    {
        int result = 6;
        trace.Add($"child result {result}");
        return result;
    }

    [Coroutine]
    private static async Coroutine Spawner(Trace trace)
    {
        trace.Add("grand");
        await trace.Loop.Spawn(Now(trace, "child of child"));
        trace.Add("done");
    }

    [Coroutine]
    private static async Coroutine Named(Trace trace)
    {
        trace.Add($"named {CoroutineTask.Current.Name}");
        await ShowCurrent(trace);
    }

    [Coroutine]
    private static async Coroutine ShowCurrent(Trace trace) => trace.Add($"current {CoroutineTask.Current.Name}");

    [Coroutine]
    private static async Coroutine Quiet()
    {
    }

    [Coroutine]
    private static async Coroutine Show(Trace trace, string name, CoroutineTask<string> task) => trace.Add($"{name} {await task}");

    private sealed class Caller(Trace trace)
    {
        private int _calls;

        public void CallBackTwice()
        {
            trace.Add("callback");
            if (++_calls < 2)
                trace.Loop.CallSoon(static caller => caller.CallBackTwice(), this);
        }
    }
}
