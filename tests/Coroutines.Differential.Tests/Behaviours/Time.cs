using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>What virtual time does: it stands still while anything can run, jumps to the next deadline when nothing can, and is moved by hand deadline by deadline.</summary>
public static partial class Time
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Behaviour("4 three turns later", "5@1000 timer", "5@1000 ended")]
    [Coroutine]
    public static async Coroutine Time_stands_still_while_anything_can_run(Trace trace)
    {
        trace.Loop.CallLater(s_second, static t => t.Add("timer"), trace);
        for (int i = 0; i < 3; i++)
            await Coroutine.Yield();
        trace.Add("three turns later");
        await Coroutine.Delay(s_second);
    }

    [Behaviour("2@3540000 00:59:00", "2@3540000 ended")]
    [Coroutine]
    public static async Coroutine Time_jumps_over_days_at_once(Trace trace)
    {
        await Coroutine.Delay(TimeSpan.FromMinutes(59));
        trace.Add($"{trace.Loop.Now}");
    }

    [Behaviour("3@10 soon", "3@10 after", "3@10 five", "3@10 three", "4@10 ended")]
    [Coroutine]
    public static async Coroutine Deadlines_that_have_passed_are_due_in_the_next_turn_in_the_order_of_the_calls(Trace trace)
    {
        await Milliseconds(10);
        trace.Loop.CallAt(TimeSpan.FromMilliseconds(5), static t => t.Add("five"), trace);
        trace.Loop.CallAt(TimeSpan.FromMilliseconds(3), static t => t.Add("three"), trace);
        trace.Loop.CallSoon(static t => t.Add("soon"), trace);
        await Coroutine.Yield();
        trace.Add("after");
        await Coroutine.Yield();
    }

    [Behaviour("1 tick 3", "2@10 tick 2", "3@20 tick 1", "4@30 tick 0", "5@35 end", "5@35 ended")]
    [Coroutine]
    public static async Coroutine A_callback_moves_its_successor_by_its_own_delay(Trace trace)
    {
        Tick(trace, 3);
        await Milliseconds(35);
        trace.Add("end");
    }

    [Behaviour("3@40 thirty and ten", "3@40 ended")]
    [Coroutine]
    public static async Coroutine A_delay_begins_when_it_is_awaited_and_not_when_it_is_made(Trace trace)
    {
        var delay = Milliseconds(10);
        await Milliseconds(30);
        await delay;
        trace.Add("thirty and ten");
    }

    [Behaviour("2@10 first", "3@20 second", "3@20 ended")]
    [Coroutine]
    public static async Coroutine One_delay_can_be_awaited_twice(Trace trace)
    {
        var delay = Milliseconds(10);
        await delay;
        trace.Add("first");
        await delay;
        trace.Add("second");
    }

    [Behaviour("2 1 tick", "3 3 ticks", "3 ended")]
    [Coroutine]
    public static async Coroutine The_finest_delay_is_a_hundred_nanoseconds(Trace trace)
    {
        await Coroutine.Delay(new TimeSpan(1));
        trace.Add($"{trace.Loop.Now.Ticks} tick");
        await Coroutine.Delay(new TimeSpan(2));
        trace.Add($"{trace.Loop.Now.Ticks} ticks");
    }

    [Behaviour("5@20 twenty", "5@20 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_delay_takes_no_time_with_it(Trace trace)
    {
        var long_ = trace.Loop.Spawn(Sleeper(trace, 50));
        await Milliseconds(10);
        long_.Cancel();
        await Milliseconds(10);
        trace.Add("twenty");
    }

    [Behaviour("1@7 seven", "2@17 seventeen", "2@17 ended")]
    [Coroutine]
    public static async Coroutine Time_passed_in_a_step_is_seen_by_delays_made_after_it(Trace trace)
    {
        ((VirtualClock)trace.Loop.Clock).Advance(TimeSpan.FromMilliseconds(7));
        trace.Add("seven");
        await Milliseconds(10);
        trace.Add("seventeen");
    }

    [Behaviour("2@5 turn", "2@5 one", "2@5 two", "3@9 nine", "4@15 ended")]
    [Coroutine]
    public static async Coroutine Timers_overtaken_by_a_long_step_fire_in_their_order(Trace trace)
    {
        trace.Loop.CallLater(TimeSpan.FromMilliseconds(2), static t => t.Add("two"), trace);
        trace.Loop.CallLater(TimeSpan.FromMilliseconds(1), static t => t.Add("one"), trace);
        trace.Loop.CallLater(TimeSpan.FromMilliseconds(9), static t => t.Add("nine"), trace);
        ((VirtualClock)trace.Loop.Clock).Advance(TimeSpan.FromMilliseconds(5));
        await Coroutine.Yield();
        trace.Add("turn");
        await Milliseconds(10);
    }

    [Behaviour("2@1800000 00:30:00", "2@1800000 ended")]
    [Coroutine]
    public static async Coroutine The_calendar_moves_with_the_clock(Trace trace)
    {
        var before = trace.Loop.Clock.GetUtcNow();
        await Coroutine.Delay(TimeSpan.FromMinutes(30));
        trace.Add($"{trace.Loop.Clock.GetUtcNow() - before}");
    }

    [Behaviour("2 frame 1", "3 frame 2", "4 frame 3", "4 ended")]
    [Coroutine]
    public static async Coroutine Frames_come_one_a_turn_and_take_no_time(Trace trace)
    {
        for (int frame = 1; frame <= 3; frame++)
        {
            await Coroutine.NextTurn();
            trace.Add($"frame {frame}");
        }
    }

    [Behaviour("2 count 0", "3 count 1", "4 count 2", "6 idle", "7@10 slept 10", "8@20 ended")]
    [Coroutine]
    public static async Coroutine Idle_comes_after_everything_that_can_run_and_before_time_moves(Trace trace)
    {
        trace.Loop.Spawn(Counting(trace, 3));
        trace.Loop.Spawn(Sleeper(trace, 10));
        await Coroutine.UntilIdle();
        trace.Add("idle");
        await Milliseconds(20);
    }

    [Behaviour("3 all at once", "3 first", "3 second", "4 first later", "4 second later", "5 again", "5 ended")]
    [Coroutine]
    public static async Coroutine Idle_waits_for_what_others_do_when_they_find_it_idle(Trace trace)
    {
        trace.Loop.Spawn(WhenIdle(trace, "first"));
        trace.Loop.Spawn(WhenIdle(trace, "second"));
        await Coroutine.UntilIdle();
        trace.Add("all at once");
        await Coroutine.UntilIdle();
        trace.Add("again");
    }

    [Behaviour("4 Cancelled", "5 idle", "5 ended")]
    [Coroutine]
    public static async Coroutine A_wait_for_idle_is_cancelled_like_any_other(Trace trace)
    {
        var waiting = trace.Loop.Spawn(WhenIdle(trace, "never"));
        await Coroutine.Yield();
        waiting.Cancel();
        await Children.Ended(waiting);
        trace.Add($"{waiting.Status}");
        await Coroutine.UntilIdle();
        trace.Add("idle");
    }

    [Behaviour("4@10 tick", "6@20 tick", "8@30 tick", "9@35 advanced", "11@40 tick", "12@40 to the tick", "12@40 ended")]
    [Coroutine]
    public static async Coroutine Advancing_stops_at_every_deadline_on_its_way(Trace trace)
    {
        var ticker = trace.Loop.Spawn(Ticker(trace, 10));
        await trace.Loop.Advance(TimeSpan.FromMilliseconds(35));
        trace.Add("advanced");
        await trace.Loop.Advance(TimeSpan.FromMilliseconds(5));
        trace.Add("to the tick");
        ticker.Cancel();
    }

    [Behaviour("3 slept 0", "4 advanced", "4 ended")]
    [Coroutine]
    public static async Coroutine Advancing_by_nothing_runs_what_is_due(Trace trace)
    {
        trace.Loop.Spawn(Sleeper(trace, 0));
        await trace.Loop.Advance(TimeSpan.Zero);
        trace.Add("advanced");
    }

    [Behaviour("2@500 half a second", "2@500 ended")]
    [Coroutine]
    public static async Coroutine Advancing_with_nothing_to_do_just_moves_the_clock(Trace trace)
    {
        await trace.Loop.Advance(TimeSpan.FromMilliseconds(500));
        trace.Add("half a second");
    }

    [Behaviour("4@20 caught OperationCanceledException", "4@20 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_advance_leaves_the_clock_where_it_is(Trace trace)
    {
        trace.Loop.CallLater(TimeSpan.FromMilliseconds(20), static task => task.Cancel(), CoroutineTask.Current);
        try
        {
            await trace.Loop.Advance(s_second);
        }
        catch (OperationCanceledException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 refused by", "1 ended")]
    [Coroutine]
    public static async Coroutine Time_does_not_run_backwards(Trace trace)
    {
        try
        {
            await trace.Loop.Advance(TimeSpan.FromMilliseconds(-1));
        }
        catch (ArgumentOutOfRangeException exception)
        {
            trace.Add($"refused {exception.ParamName}");
        }
    }

    [Behaviour("2@20 slept 20", "3@40 slept 20", "3@40 True True", "3@40 ended")]
    [Coroutine]
    public static async Coroutine A_deadline_and_the_delay_it_cuts_at_the_same_moment_go_in_their_order(Trace trace)
    {
        bool delayFirst = await Coroutine.MoveOnAfter(Sleeper(trace, 20), TimeSpan.FromMilliseconds(30));
        bool deadlineFirst = await Coroutine.MoveOnAfter(Sleeper(trace, 20), TimeSpan.FromMilliseconds(20));
        trace.Add($"{delayFirst} {deadlineFirst}");
    }

    [Behaviour("2@30 in time", "3@60 without end", "3@60 ended")]
    [Coroutine]
    public static async Coroutine A_moved_deadline_forgets_the_old_one(Trace trace)
    {
        using var scope = CancelScope.After(TimeSpan.FromMilliseconds(10));
        scope.Deadline = TimeSpan.FromMilliseconds(40);
        await Milliseconds(30);
        trace.Add("in time");
        scope.Deadline = TimeSpan.MaxValue;
        await Milliseconds(30);
        trace.Add("without end");
    }

    private static void Tick(Trace trace, int left)
    {
        trace.Add($"tick {left}");
        if (left > 0)
            trace.Loop.CallLater(TimeSpan.FromMilliseconds(10), static state => Tick(state.trace, state.Item2), (trace, left - 1));
    }

    [Coroutine]
    private static async Coroutine Sleeper(Trace trace, int milliseconds)
    {
        await Milliseconds(milliseconds);
        trace.Add($"slept {milliseconds}");
    }

    [Coroutine]
    private static async Coroutine Counting(Trace trace, int turns)
    {
        for (int i = 0; i < turns; i++)
        {
            trace.Add($"count {i}");
            await Coroutine.Yield();
        }
    }

    [Coroutine]
    private static async Coroutine WhenIdle(Trace trace, string name)
    {
        await Coroutine.UntilIdle();
        trace.Add(name);
        await Coroutine.Yield();
        trace.Add($"{name} later");
    }

    [Coroutine]
    private static async Coroutine Ticker(Trace trace, int milliseconds)
    {
        while (true)
        {
            await Milliseconds(milliseconds);
            trace.Add("tick");
        }
    }
}
