using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>
/// What asyncio and trio promise of their locks. On purpose otherwise than trio: a lock belongs to its holder, not to a task, and acquiring a free one is neither a suspension nor refused to a
/// cancelled task.
/// </summary>
public static partial class Locks
{
    [Behaviour("1 True", "1 False", "1 ended")]
    [Coroutine]
    public static async Coroutine A_free_lock_is_acquired_without_suspending(Trace trace)
    {
        var mutex = new LoopLock();
        using (await mutex.Acquire())
            trace.Add($"{mutex.IsHeld}");
        trace.Add($"{mutex.IsHeld}");
    }

    [Behaviour("2 a in", "3@10 a out", "4@10 b in", "5@20 b out", "6@20 c in", "7@30 c out", "8@30 ended")]
    [Coroutine]
    public static async Coroutine One_at_a_time_in_the_order_in_which_they_came(Trace trace)
    {
        var mutex = new LoopLock();
        trace.Loop.Spawn(Hold(trace, "a", mutex, 10));
        trace.Loop.Spawn(Hold(trace, "b", mutex, 10));
        await trace.Loop.Spawn(Hold(trace, "c", mutex, 10));
    }

    [Behaviour("2 False", "3 b in", "4@10 b out", "5@10 again", "5@10 ended")]
    [Coroutine]
    public static async Coroutine Who_releases_cannot_take_it_before_the_one_who_waits(Trace trace)
    {
        var mutex = new LoopLock();
        var holder = await mutex.Acquire();
        trace.Loop.Spawn(Hold(trace, "b", mutex, 10));
        await Coroutine.Yield();
        holder.Dispose();
        trace.Add($"{mutex.TryAcquire(out _)}");
        using (await mutex.Acquire())
            trace.Add("again");
    }

    [Behaviour("1 True False", "1 True", "1 ended")]
    [Coroutine]
    public static async Coroutine Trying_never_suspends(Trace trace)
    {
        var mutex = new LoopLock();
        trace.Add($"{mutex.TryAcquire(out var holder)} {mutex.TryAcquire(out _)}");
        holder.Dispose();
        trace.Add($"{mutex.TryAcquire(out _)}");
    }

    [Behaviour("2 released", "3 b in", "4@10 b out", "5@10 Cancelled", "5@10 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_waiter_leaves_its_place(Trace trace)
    {
        var mutex = new LoopLock();
        var holder = await mutex.Acquire();
        var a = trace.Loop.Spawn(Hold(trace, "a", mutex, 10));
        var b = trace.Loop.Spawn(Hold(trace, "b", mutex, 10));
        await Coroutine.Yield();
        a.Cancel();
        holder.Dispose();
        trace.Add("released");
        await b;
        trace.Add($"{a.Status}");
    }

    [Behaviour("2 released, then cancelled", "3 a in", "4 root in", "4 ended")]
    [Coroutine]
    public static async Coroutine Who_was_handed_the_lock_has_it_although_cancelled_before_going_on(Trace trace)
    {
        var mutex = new LoopLock();
        var holder = await mutex.Acquire();
        var a = trace.Loop.Spawn(Hold(trace, "a", mutex, 10));
        await Coroutine.Yield();
        holder.Dispose();
        a.Cancel();
        trace.Add("released, then cancelled");
        using (await mutex.Acquire())
            trace.Add("root in");
    }

    [Behaviour("2 a in", "2 cancel", "4 b in", "5@10 b out", "6@10 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_holder_releases_on_its_way_out(Trace trace)
    {
        var mutex = new LoopLock();
        var a = trace.Loop.Spawn(Hold(trace, "a", mutex, 1000));
        var b = trace.Loop.Spawn(Hold(trace, "b", mutex, 10));
        await Coroutine.Yield();
        trace.Add("cancel");
        a.Cancel();
        await b;
    }

    [Behaviour("3 cleans up", "3 has the lock", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_task_gets_a_free_lock(Trace trace)
    {
        var task = trace.Loop.Spawn(CleanUp(trace, new LoopLock()));
        await Coroutine.Yield();
        task.Cancel();
        await Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("3 cleans up", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_task_does_not_wait_for_a_lock(Trace trace)
    {
        var mutex = new LoopLock();
        using var holder = await mutex.Acquire();
        var task = trace.Loop.Spawn(CleanUp(trace, mutex));
        await Coroutine.Yield();
        task.Cancel();
        await Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("1 refused", "1 False True True", "1 ended")]
    [Coroutine]
    public static async Coroutine A_holder_that_was_released_cannot_release_the_next_one(Trace trace)
    {
        var mutex = new LoopLock();
        var first = await mutex.Acquire();
        first.Dispose();
        var second = await mutex.Acquire();
        try
        {
            first.Dispose();
        }
        catch (InvalidOperationException)
        {
            trace.Add("refused");
        }

        trace.Add($"{first.IsHolding} {second.IsHolding} {mutex.IsHeld}");
    }

    [Behaviour("2 other releases", "3 again", "3 ended")]
    [Coroutine]
    public static async Coroutine A_holder_can_be_handed_to_another_task(Trace trace)
    {
        var mutex = new LoopLock();
        trace.Loop.Spawn(Release(trace, await mutex.Acquire()));
        using (await mutex.Acquire())
            trace.Add("again");
    }

    [Behaviour("1 caught InvalidOperationException: boom", "1 False", "1 ended")]
    [Coroutine]
    public static async Coroutine An_exception_releases(Trace trace)
    {
        var mutex = new LoopLock();
        try
        {
            using (await mutex.Acquire())
                throw new InvalidOperationException("boom");
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }

        trace.Add($"{mutex.IsHeld}");
    }

    [Behaviour("3 a", "4 b", "5 c", "6 ended")]
    [Coroutine]
    public static async Coroutine It_is_handed_on_turn_by_turn(Trace trace)
    {
        var mutex = new LoopLock();
        var holder = await mutex.Acquire();
        trace.Loop.Spawn(Pass(trace, "a", mutex));
        trace.Loop.Spawn(Pass(trace, "b", mutex));
        var c = trace.Loop.Spawn(Pass(trace, "c", mutex));
        await Coroutine.Yield();
        holder.Dispose();
        await c;
    }

    [Behaviour("2 ordinary", "3 ended")]
    [Coroutine]
    public static async Coroutine Ordinary_code_waits_in_the_same_queue(Trace trace)
    {
        var mutex = new LoopLock();
        var holder = await mutex.Acquire();
        var task = OrdinaryPass(trace, "ordinary", mutex);
        holder.Dispose();
        await task;
    }

    private static async Task OrdinaryPass(Trace trace, string name, LoopLock mutex)
    {
        using (await mutex.Acquire())
            trace.Add(name);
    }

    [Coroutine]
    private static async Coroutine Hold(Trace trace, string name, LoopLock mutex, int milliseconds)
    {
        using (await mutex.Acquire())
        {
            trace.Add($"{name} in");
            await Milliseconds(milliseconds);
            trace.Add($"{name} out");
        }
    }

    [Coroutine]
    private static async Coroutine Pass(Trace trace, string name, LoopLock mutex)
    {
        using (await mutex.Acquire())
            trace.Add(name);
    }

    [Coroutine]
    private static async Coroutine CleanUp(Trace trace, LoopLock mutex)
    {
        try
        {
            await Milliseconds(1000);
        }
        finally
        {
            trace.Add("cleans up");
            using (await mutex.Acquire())
                trace.Add("has the lock");
        }
    }

    [Coroutine]
    private static async Coroutine Release(Trace trace, LoopLock.Holder holder)
    {
        trace.Add("other releases");
        holder.Dispose();
    }
}
