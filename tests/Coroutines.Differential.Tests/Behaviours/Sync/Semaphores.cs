using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>What asyncio and trio promise of their semaphores.</summary>
public static partial class Semaphores
{
    [Behaviour("2 a in", "2 b in", "3@10 a out", "3@10 b out", "4@10 c in", "4@10 d in", "5@20 c out", "5@20 d out", "6@20 e in", "7@30 e out", "8@30 ended")]
    [Coroutine]
    public static async Coroutine As_many_pass_as_there_are_permits(Trace trace)
    {
        var semaphore = new LoopSemaphore(2);
        trace.Loop.Spawn(Hold(trace, "a", semaphore));
        trace.Loop.Spawn(Hold(trace, "b", semaphore));
        trace.Loop.Spawn(Hold(trace, "c", semaphore));
        trace.Loop.Spawn(Hold(trace, "d", semaphore));
        await trace.Loop.Spawn(Hold(trace, "e", semaphore));
    }

    [Behaviour("2 release", "3 a in", "4@10 a out", "5@10 ended")]
    [Coroutine]
    public static async Coroutine Without_permits_one_waits_for_a_release(Trace trace)
    {
        var semaphore = new LoopSemaphore(0);
        var a = trace.Loop.Spawn(Hold(trace, "a", semaphore));
        await Coroutine.Yield();
        trace.Add("release");
        semaphore.Release();
        await a;
    }

    [Behaviour("2 0 left", "3 a", "3 b", "4 ended")]
    [Coroutine]
    public static async Coroutine Two_permits_are_for_the_two_who_wait_longest(Trace trace)
    {
        var semaphore = new LoopSemaphore(0);
        trace.Loop.Spawn(Take(trace, "a", semaphore));
        var b = trace.Loop.Spawn(Take(trace, "b", semaphore));
        trace.Loop.Spawn(Take(trace, "c", semaphore));
        await Coroutine.Yield();
        semaphore.Release(2);
        trace.Add($"{semaphore.CurrentCount} left");
        await b;
    }

    [Behaviour("2 2 left", "3 a", "4 ended")]
    [Coroutine]
    public static async Coroutine What_is_released_beyond_those_who_wait_stays(Trace trace)
    {
        var semaphore = new LoopSemaphore(0);
        var a = trace.Loop.Spawn(Take(trace, "a", semaphore));
        await Coroutine.Yield();
        semaphore.Release(3);
        trace.Add($"{semaphore.CurrentCount} left");
        await a;
    }

    [Behaviour("1 4", "1 ended")]
    [Coroutine]
    public static async Coroutine Without_a_maximum_releases_add_permits(Trace trace)
    {
        var semaphore = new LoopSemaphore(1);
        semaphore.Release(3);
        trace.Add($"{semaphore.CurrentCount}");
    }

    [Behaviour("1 refused", "1 1", "1 ended")]
    [Coroutine]
    public static async Coroutine A_release_beyond_the_maximum_is_refused_and_gives_nothing(Trace trace)
    {
        var semaphore = new LoopSemaphore(1, maximum: 2);
        try
        {
            semaphore.Release(2);
        }
        catch (SemaphoreFullException)
        {
            trace.Add("refused");
        }

        trace.Add($"{semaphore.CurrentCount}");
    }

    [Behaviour("2 0 False", "3 a in", "4@10 a out", "5@10 ended")]
    [Coroutine]
    public static async Coroutine Who_releases_cannot_take_the_permit_before_the_one_who_waits(Trace trace)
    {
        var semaphore = new LoopSemaphore(1);
        var permit = await semaphore.Acquire();
        var a = trace.Loop.Spawn(Hold(trace, "a", semaphore));
        await Coroutine.Yield();
        permit.Dispose();
        trace.Add($"{semaphore.CurrentCount} {semaphore.TryAcquire(out _)}");
        await a;
    }

    [Behaviour("3 b", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_waiter_takes_no_permit(Trace trace)
    {
        var semaphore = new LoopSemaphore(0);
        var a = trace.Loop.Spawn(Take(trace, "a", semaphore));
        var b = trace.Loop.Spawn(Take(trace, "b", semaphore));
        await Coroutine.Yield();
        a.Cancel();
        semaphore.Release();
        await b;
        trace.Add($"{a.Status}");
    }

    [Behaviour("3 a in", "4 Cancelled 1", "4 ended")]
    [Coroutine]
    public static async Coroutine Who_was_handed_a_permit_has_it_although_cancelled_before_going_on(Trace trace)
    {
        var semaphore = new LoopSemaphore(0);
        var a = trace.Loop.Spawn(Hold(trace, "a", semaphore));
        await Coroutine.Yield();
        semaphore.Release();
        a.Cancel();
        await Ended(a);
        trace.Add($"{a.Status} {semaphore.CurrentCount}");
    }

    [Behaviour("1 True True False 0", "1 ended")]
    [Coroutine]
    public static async Coroutine Trying_never_suspends(Trace trace)
    {
        var semaphore = new LoopSemaphore(2);
        trace.Add($"{semaphore.TryAcquire(out _)} {semaphore.TryAcquire(out _)} {semaphore.TryAcquire(out _)} {semaphore.CurrentCount}");
    }

    [Behaviour("4@10 got 0", "6@20 got 1", "8@30 got 2", "9@30 ended")]
    [Coroutine]
    public static async Coroutine One_task_releases_what_another_acquires(Trace trace)
    {
        var semaphore = new LoopSemaphore(0);
        var consumer = trace.Loop.Spawn(Consume(trace, semaphore, 3));
        for (int i = 0; i < 3; i++)
        {
            await Milliseconds(10);
            semaphore.Release();
        }

        await consumer;
    }

    [Behaviour("1 caught InvalidOperationException: boom", "1 1", "1 ended")]
    [Coroutine]
    public static async Coroutine An_exception_gives_the_permit_back(Trace trace)
    {
        var semaphore = new LoopSemaphore(1);
        try
        {
            using (await semaphore.Acquire())
                throw new InvalidOperationException("boom");
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }

        trace.Add($"{semaphore.CurrentCount}");
    }

    [Coroutine]
    private static async Coroutine Hold(Trace trace, string name, LoopSemaphore semaphore)
    {
        using (await semaphore.Acquire())
        {
            trace.Add($"{name} in");
            await Milliseconds(10);
            trace.Add($"{name} out");
        }
    }

    [Coroutine]
    private static async Coroutine Take(Trace trace, string name, LoopSemaphore semaphore)
    {
        await semaphore.Acquire();
        trace.Add(name);
    }

    [Coroutine]
    private static async Coroutine Consume(Trace trace, LoopSemaphore semaphore, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await semaphore.Acquire();
            trace.Add($"got {i}");
        }
    }
}
