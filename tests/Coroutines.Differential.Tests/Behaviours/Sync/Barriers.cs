using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>What asyncio promises of its barriers, and .NET of the action between phases.</summary>
public static partial class Barriers
{
    [Behaviour("2 c 2", "3 a 0", "3 b 1", "4 ended")]
    [Coroutine]
    public static async Coroutine All_go_on_when_the_last_one_arrives(Trace trace)
    {
        var barrier = new LoopBarrier(3);
        trace.Loop.Spawn(Arrive(trace, "a", barrier));
        var b = trace.Loop.Spawn(Arrive(trace, "b", barrier));
        trace.Loop.Spawn(Arrive(trace, "c", barrier));
        await b;
    }

    [Behaviour("4@20 b phase 1", "5@20 a phase 1", "7@40 b phase 2", "8@40 a phase 2", "9@40 ended")]
    [Coroutine]
    public static async Coroutine It_is_used_phase_after_phase(Trace trace)
    {
        var barrier = new LoopBarrier(2);
        var a = trace.Loop.Spawn(Phases(trace, "a", barrier, 10));
        trace.Loop.Spawn(Phases(trace, "b", barrier, 20));
        await a;
    }

    [Behaviour("2 action 0", "2 b 1", "3 a 0", "4 ended")]
    [Coroutine]
    public static async Coroutine The_action_runs_before_anybody_goes_on(Trace trace)
    {
        var barrier = new LoopBarrier(2, b => trace.Add($"action {b.CurrentPhaseNumber}"));
        var a = trace.Loop.Spawn(Arrive(trace, "a", barrier));
        trace.Loop.Spawn(Arrive(trace, "b", barrier));
        await a;
    }

    [Behaviour("2 1 waits", "2 0 waits", "3 c 1", "4 b 0", "5 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_waiter_takes_its_arrival_back(Trace trace)
    {
        var barrier = new LoopBarrier(2);
        var a = trace.Loop.Spawn(Arrive(trace, "a", barrier));
        await Coroutine.Yield();
        trace.Add($"{barrier.WaitingCount} waits");
        a.Cancel();
        trace.Add($"{barrier.WaitingCount} waits");
        var b = trace.Loop.Spawn(Arrive(trace, "b", barrier));
        trace.Loop.Spawn(Arrive(trace, "c", barrier));
        await b;
    }

    [Behaviour("2 root 1", "3 a 0", "4 RanToCompletion", "4 ended")]
    [Coroutine]
    public static async Coroutine Who_has_passed_goes_on_although_cancelled_before(Trace trace)
    {
        var barrier = new LoopBarrier(2);
        var a = trace.Loop.Spawn(Arrive(trace, "a", barrier));
        await Coroutine.Yield();
        await Arrive(trace, "root", barrier);
        a.Cancel();
        await Ended(a);
        trace.Add($"{a.Status}");
    }

    [Behaviour("1 a 0", "1 a 0", "1 2", "1 ended")]
    [Coroutine]
    public static async Coroutine A_barrier_for_one_never_suspends(Trace trace)
    {
        var barrier = new LoopBarrier(1);
        await Arrive(trace, "a", barrier);
        await Arrive(trace, "a", barrier);
        trace.Add($"{barrier.CurrentPhaseNumber}");
    }

    [Behaviour("2 True", "2 root broken", "3 a broken", "4 ended")]
    [Coroutine]
    public static async Coroutine A_broken_barrier_lets_nobody_pass(Trace trace)
    {
        var barrier = new LoopBarrier(3);
        var a = trace.Loop.Spawn(Arrive(trace, "a", barrier));
        await Coroutine.Yield();
        barrier.Break();
        trace.Add($"{barrier.IsBroken}");
        await Arrive(trace, "root", barrier);
        await a;
    }

    [Behaviour("1 a broken by boom", "1 ended")]
    [Coroutine]
    public static async Coroutine Those_who_find_it_broken_learn_why(Trace trace)
    {
        var barrier = new LoopBarrier(2);
        barrier.Break(new InvalidOperationException("boom"));
        await Arrive(trace, "a", barrier);
    }

    [Behaviour("2 False 0", "3 a broken", "4 b waits", "4 root 1", "4 ended", "5 b 0")]
    [Coroutine]
    public static async Coroutine A_reset_sends_away_who_waits_and_begins_anew(Trace trace)
    {
        var barrier = new LoopBarrier(2);
        var a = trace.Loop.Spawn(Arrive(trace, "a", barrier));
        await Coroutine.Yield();
        barrier.Reset();
        trace.Add($"{barrier.IsBroken} {barrier.WaitingCount}");
        trace.Loop.Spawn(Arrive(trace, "b", barrier));
        await a;
        trace.Add(barrier.WaitingCount == 1 ? "b waits" : "nobody waits");
        await Arrive(trace, "root", barrier);
    }

    [Behaviour("1 a broken", "1 b 0", "1 ended")]
    [Coroutine]
    public static async Coroutine A_reset_mends_a_broken_barrier(Trace trace)
    {
        var barrier = new LoopBarrier(1);
        barrier.Break();
        await Arrive(trace, "a", barrier);
        barrier.Reset();
        await Arrive(trace, "b", barrier);
    }

    [Behaviour("2 caught InvalidOperationException: boom", "2 True", "3 a broken by boom", "4 ended")]
    [Coroutine]
    public static async Coroutine An_action_that_throws_breaks_it(Trace trace)
    {
        var barrier = new LoopBarrier(2, static _ => throw new InvalidOperationException("boom"));
        var a = trace.Loop.Spawn(Arrive(trace, "a", barrier));
        await Coroutine.Yield();
        try
        {
            await barrier.SignalAndWait();
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }

        trace.Add($"{barrier.IsBroken}");
        await a;
    }

    [Behaviour("2 root broken", "3 a broken", "4 0", "4 ended")]
    [Coroutine]
    public static async Coroutine An_action_may_break_it(Trace trace)
    {
        var barrier = new LoopBarrier(2, static b => b.Break());
        var a = trace.Loop.Spawn(Arrive(trace, "a", barrier));
        await Coroutine.Yield();
        await Arrive(trace, "root", barrier);
        await a;
        trace.Add($"{barrier.CurrentPhaseNumber}");
    }

    [Behaviour("2 root 1", "3 a 0", "4 RanToCompletion", "4 ended")]
    [Coroutine]
    public static async Coroutine A_participant_cancelled_by_the_action_has_arrived(Trace trace)
    {
        var tasks = new CoroutineTask[1];
        var barrier = new LoopBarrier(2, _ => tasks[0].Cancel());
        tasks[0] = trace.Loop.Spawn(Arrive(trace, "a", barrier));
        await Coroutine.Yield();
        await Arrive(trace, "root", barrier);
        await Ended(tasks[0]);
        trace.Add($"{tasks[0].Status}");
    }

    [Coroutine]
    private static async Coroutine Arrive(Trace trace, string name, LoopBarrier barrier)
    {
        try
        {
            int place = await barrier.SignalAndWait();
            trace.Add($"{name} {place}");
        }
        catch (BrokenBarrierException exception)
        {
            trace.Add(exception.InnerException is { } cause ? $"{name} broken by {cause.Message}" : $"{name} broken");
        }
    }

    [Coroutine]
    private static async Coroutine Phases(Trace trace, string name, LoopBarrier barrier, int milliseconds)
    {
        for (int i = 0; i < 2; i++)
        {
            await Milliseconds(milliseconds);
            await barrier.SignalAndWait();
            trace.Add($"{name} phase {barrier.CurrentPhaseNumber}");
        }
    }
}
