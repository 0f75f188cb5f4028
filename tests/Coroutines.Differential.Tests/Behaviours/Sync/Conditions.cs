using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>
/// What asyncio and trio promise of their conditions. On purpose otherwise: who was notified and is cancelled before it has the lock ends as usual, where asyncio raises and notifies another one.
/// </summary>
public static partial class Conditions
{
    [Behaviour("2 a waits", "2 False", "2 notified", "3 a woken True", "4 ended")]
    [Coroutine]
    public static async Coroutine Waiting_releases_the_lock_and_gets_it_back(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        var a = trace.Loop.Spawn(Wait(trace, "a", condition));
        await Coroutine.Yield();
        trace.Add($"{condition.Lock.IsHeld}");
        await NotifyOne(trace, condition);
        await a;
    }

    [Behaviour("2 a waits", "2 notified", "3@10 releases", "4@10 a woken True", "5@10 ended")]
    [Coroutine]
    public static async Coroutine Who_is_notified_goes_on_when_the_lock_is_released(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        var a = trace.Loop.Spawn(Wait(trace, "a", condition));
        await Coroutine.Yield();
        using (await condition.Lock.Acquire())
        {
            condition.NotifyOne();
            trace.Add("notified");
            await Milliseconds(10);
            trace.Add("releases");
        }

        await a;
    }

    [Behaviour("2 a waits", "2 b waits", "2 notified", "3 a woken True", "4 Running", "4 ended", "5 b leaves True")]
    [Coroutine]
    public static async Coroutine One_notification_is_for_the_one_who_waits_longest(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        var a = trace.Loop.Spawn(Wait(trace, "a", condition));
        var b = trace.Loop.Spawn(Wait(trace, "b", condition));
        await Coroutine.Yield();
        await NotifyOne(trace, condition);
        await a;
        trace.Add($"{b.Status}");
    }

    [Behaviour("2 a waits", "2 b waits", "2 c waits", "3 a woken True", "4 b woken True", "5 c woken True", "6 ended")]
    [Coroutine]
    public static async Coroutine All_go_on_one_after_the_other(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        trace.Loop.Spawn(Wait(trace, "a", condition));
        trace.Loop.Spawn(Wait(trace, "b", condition));
        var c = trace.Loop.Spawn(Wait(trace, "c", condition));
        await Coroutine.Yield();
        using (await condition.Lock.Acquire())
            condition.NotifyAll();
        await c;
    }

    [Behaviour("2 a waits", "2 b waits", "2 c waits", "3 a woken True", "4 b woken True", "5 Running", "5 ended", "6 c leaves True")]
    [Coroutine]
    public static async Coroutine Two_of_three_are_notified(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        trace.Loop.Spawn(Wait(trace, "a", condition));
        var b = trace.Loop.Spawn(Wait(trace, "b", condition));
        var c = trace.Loop.Spawn(Wait(trace, "c", condition));
        await Coroutine.Yield();
        using (await condition.Lock.Acquire())
            condition.Notify(2);
        await b;
        trace.Add($"{c.Status}");
    }

    [Behaviour("1 notified", "2 a waits", "2 notified", "3 a woken True", "4 ended")]
    [Coroutine]
    public static async Coroutine A_notification_while_nobody_waits_is_nobodys(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        await NotifyOne(trace, condition);
        var a = trace.Loop.Spawn(Wait(trace, "a", condition));
        await Coroutine.Yield();
        await NotifyOne(trace, condition);
        await a;
    }

    [Behaviour("2 a waits", "2 notified", "3 a woken True", "4 b in", "4 ended")]
    [Coroutine]
    public static async Coroutine Who_is_notified_comes_before_those_who_ask_for_the_lock_later(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        trace.Loop.Spawn(Wait(trace, "a", condition));
        await Coroutine.Yield();
        await NotifyOne(trace, condition);
        using (await condition.Lock.Acquire())
            trace.Add("b in");
    }

    [Behaviour("2 a waits", "2 cancelled", "4@10 releases", "5@10 a leaves True", "6@10 Cancelled False", "6@10 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_waiter_gets_the_lock_back_before_it_leaves(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        var a = trace.Loop.Spawn(Wait(trace, "a", condition));
        await Coroutine.Yield();
        using (await condition.Lock.Acquire())
        {
            a.Cancel();
            trace.Add("cancelled");
            await Milliseconds(10);
            trace.Add("releases");
        }

        await Ended(a);
        trace.Add($"{a.Status} {condition.Lock.IsHeld}");
    }

    [Behaviour("2 a waits", "3 a leaves True", "4 Cancelled False", "4 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_waiter_takes_a_free_lock_back_at_once(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        var a = trace.Loop.Spawn(Wait(trace, "a", condition));
        await Coroutine.Yield();
        a.Cancel();
        await Ended(a);
        trace.Add($"{a.Status} {condition.Lock.IsHeld}");
    }

    [Behaviour("2 a waits", "2 notified", "3 a woken True", "4 RanToCompletion", "4 ended")]
    [Coroutine]
    public static async Coroutine Who_was_notified_goes_on_although_cancelled_before(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        var a = trace.Loop.Spawn(Wait(trace, "a", condition));
        await Coroutine.Yield();
        await NotifyOne(trace, condition);
        a.Cancel();
        await Ended(a);
        trace.Add($"{a.Status}");
    }

    [Behaviour("2 a waits", "2 b waits", "2 notified", "3 b woken True", "4 a leaves True", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_waiter_takes_no_notification(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        var a = trace.Loop.Spawn(Wait(trace, "a", condition));
        var b = trace.Loop.Spawn(Wait(trace, "b", condition));
        await Coroutine.Yield();
        a.Cancel();
        await NotifyOne(trace, condition);
        await b;
        trace.Add($"{a.Status}");
    }

    [Behaviour("1 a waits", "1 a leaves True", "1 ended cancelled")]
    [Coroutine]
    public static async Coroutine A_cancelled_task_does_not_wait_and_keeps_the_lock(Trace trace)
    {
        CoroutineTask.Current.Cancel();
        await Wait(trace, "a", new LoopCondition(new LoopLock()));
    }

    [Behaviour("2 1", "4 2", "5 done at 2", "6 ended")]
    [Coroutine]
    public static async Coroutine Waiting_until_something_holds_tests_it_after_each_notification(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        var counter = new Counter();
        var waiter = trace.Loop.Spawn(WaitFor(trace, condition, counter));
        await Coroutine.Yield();
        for (int i = 1; i <= 2; i++)
        {
            using (await condition.Lock.Acquire())
            {
                counter.Value++;
                trace.Add($"{counter.Value}");
                condition.NotifyAll();
            }

            if (i == 1)
            {
                await Coroutine.Yield();
                await Coroutine.Yield();
            }
        }

        await waiter;
    }

    [Behaviour("1 done at 2", "1 ended")]
    [Coroutine]
    public static async Coroutine What_holds_already_is_not_waited_for(Trace trace) =>
        await WaitFor(trace, new LoopCondition(new LoopLock()), new Counter { Value = 2 });

    [Behaviour("1 wait refused", "1 notify refused", "1 ended")]
    [Coroutine]
    public static async Coroutine Without_the_lock_waiting_and_notifying_are_refused(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        try
        {
            await condition.Wait();
        }
        catch (InvalidOperationException)
        {
            trace.Add("wait refused");
        }

        try
        {
            condition.NotifyAll();
        }
        catch (InvalidOperationException)
        {
            trace.Add("notify refused");
        }
    }

    [Coroutine]
    private static async Coroutine Wait(Trace trace, string name, LoopCondition condition)
    {
        using var holder = await condition.Lock.Acquire();
        trace.Add($"{name} waits");
        bool woken = false;
        try
        {
            await condition.Wait();
            woken = true;
        }
        finally
        {
            trace.Add($"{name} {(woken ? "woken" : "leaves")} {holder.IsHolding}");
        }
    }

    [Coroutine]
    private static async Coroutine WaitFor(Trace trace, LoopCondition condition, Counter counter)
    {
        using (await condition.Lock.Acquire())
        {
            await condition.WaitUntil(counter.IsTwo);
            trace.Add($"done at {counter.Value}");
        }
    }

    [Coroutine]
    private static async Coroutine NotifyOne(Trace trace, LoopCondition condition)
    {
        using (await condition.Lock.Acquire())
        {
            condition.NotifyOne();
            trace.Add("notified");
        }
    }

    private sealed class Counter
    {
        public int Value { get; set; }

        public bool IsTwo() => Value == 2;
    }
}
