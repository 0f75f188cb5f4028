namespace Coroutines.Tests.Sync;

/// <summary>What two tasks do with one object of each kind, most of it by waiting for the other: the compiler's lowering, as there is no attribute.</summary>
internal static partial class ReferenceOperations
{
    public static async Coroutine Locks(LoopLock mutex, int n)
    {
        var other = EventLoop.Current.Spawn(HoldsLock(mutex, n));
        await HoldsLock(mutex, n);
        await other;
    }

    public static async Coroutine Semaphores(LoopSemaphore semaphore, int n)
    {
        var other = EventLoop.Current.Spawn(HoldsPermit(semaphore, n));
        await HoldsPermit(semaphore, n);
        await other;
    }

    public static async Coroutine Events(LoopEvent mine, LoopEvent theirs, int n)
    {
        var other = EventLoop.Current.Spawn(Answers(theirs, mine, n));
        for (int i = 0; i < n; i++)
        {
            theirs.Set();
            await mine.Wait();
        }

        await other;
    }

    public static async Coroutine Conditions(LoopCondition condition, int n)
    {
        var other = EventLoop.Current.Spawn(WaitsAndNotifies(condition, n));
        await WaitsAndNotifies(condition, n);
        using (await condition.Lock.Acquire())
            condition.NotifyAll();
        await other;
    }

    public static async Coroutine Barriers(LoopBarrier barrier, int n)
    {
        var other = EventLoop.Current.Spawn(Arrives(barrier, n));
        await Arrives(barrier, n);
        await other;
    }

    public static async Coroutine Channel(LoopChannel<int> channel, int n)
    {
        var other = EventLoop.Current.Spawn(Writes(channel, n));
        for (int i = 0; i < n; i++)
            await channel.Read();
        await other;
    }

    public static async Coroutine Streams(LoopChannel<int> channel, int n)
    {
        var other = EventLoop.Current.Spawn(Writes(channel, n));
        for (int i = 0; i < n; i++)
        {
            await foreach (int item in channel.ReadAll())
            {
                channel.ItemDone();
                break;
            }
        }

        await other;
        await channel.Join();
    }

    public static async Coroutine Readiness(LoopChannel<int> channel, int n)
    {
        var other = EventLoop.Current.Spawn(Writes(channel, n));
        while (n > 0 && await channel.WaitToRead())
            n -= channel.Drain();
        await other;
    }

    private static async Coroutine HoldsLock(LoopLock mutex, int n)
    {
        for (int i = 0; i < n; i++)
        {
            using (await mutex.Acquire())
                await Coroutine.Yield();
        }
    }

    private static async Coroutine HoldsPermit(LoopSemaphore semaphore, int n)
    {
        for (int i = 0; i < n; i++)
        {
            using (await semaphore.Acquire())
                await Coroutine.Yield();
        }
    }

    private static async Coroutine Answers(LoopEvent asked, LoopEvent answered, int n)
    {
        for (int i = 0; i < n; i++)
        {
            await asked.Wait();
            answered.Set();
        }
    }

    private static async Coroutine WaitsAndNotifies(LoopCondition condition, int n)
    {
        using (await condition.Lock.Acquire())
        {
            for (int i = 0; i < n; i++)
            {
                condition.NotifyOne();
                await condition.Wait();
            }
        }
    }

    private static async Coroutine Arrives(LoopBarrier barrier, int n)
    {
        for (int i = 0; i < n; i++)
            await barrier.SignalAndWait();
    }

    private static async Coroutine Writes(LoopChannel<int> channel, int n)
    {
        for (int i = 0; i < n; i++)
            await channel.Write(i);
    }
}
