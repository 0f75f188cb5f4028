using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours.Leaves;

/// <summary>Everything a coroutine can wait for that needs neither sockets nor threads. The coroutines are called in ordinary code, so they run in the fastest lowering there is.</summary>
public static partial class AllLeaves
{
    /// <summary>Made anew for each phase.</summary>
    public static IEnumerable<Leaf> Of(EventLoop loop) =>
    [
        Delay(loop), Yield(), Idle(), Future(), Task(loop), Foreign(), Lock(), Semaphore(), Event(EventResetMode.ManualReset), Event(EventResetMode.AutoReset), Condition(), Barrier(loop),
        Read(), Write(capacity: 1), Write(capacity: 0), WaitToRead(), Completion(), Stream(), Join(), WhenAll(), WhenAny(), Timeout(), MoveOn(),
    ];

    private static Leaf Delay(EventLoop loop) => new("delay", static () => Sleep(), () => ((VirtualClock)loop.Clock).Advance(TimeSpan.FromMilliseconds(10)), static () => "");

    private static Leaf Yield() => new("yield", static () => YieldOnce(), static () => { }, static () => "");

    private static Leaf Idle() => new("idle", static () => UntilIdle(), static () => { }, static () => "");

    private static Leaf Future()
    {
        var future = new Future<int>();
        return new("future", () => Await(future), () => future.SetResult(1), () => $"{future.Status}");
    }

    private static Leaf Task(EventLoop loop)
    {
        var future = new Future<int>();
        var task = loop.Spawn(Await(future));
        return new("task", () => AwaitTask(task), () => future.SetResult(1), () => $"{task.Status}");
    }

    private static Leaf Foreign()
    {
        var source = new TaskCompletionSource();
        return new("foreign", () => AwaitForeign(source.Task), source.SetResult, () => $"{source.Task.Status}");
    }

    private static Leaf Lock()
    {
        var mutex = new LoopLock();
        mutex.TryAcquire(out var holder);
        return new("lock", () => Hold(mutex), holder.Dispose, () => mutex.IsHeld ? "held" : "free");
    }

    private static Leaf Semaphore()
    {
        var semaphore = new LoopSemaphore(0);
        return new("semaphore", () => Acquire(semaphore), () => semaphore.Release(), () => $"{semaphore.CurrentCount}");
    }

    private static Leaf Event(EventResetMode mode)
    {
        var signal = new LoopEvent(mode);
        return new(mode == EventResetMode.AutoReset ? "auto event" : "event", () => Await(signal), signal.Set, () => signal.IsSet ? "set" : "unset");
    }

    private static Leaf Condition()
    {
        var condition = new LoopCondition(new LoopLock());
        return new("condition", () => Await(condition), () => Notify(condition), () => condition.Lock.IsHeld ? "held" : "free");

        static void Notify(LoopCondition condition)
        {
            if (!condition.Lock.TryAcquire(out var holder))
                return;
            condition.NotifyOne();
            holder.Dispose();
        }
    }

    private static Leaf Barrier(EventLoop loop)
    {
        var barrier = new LoopBarrier(2);
        return new("barrier", () => Arrive(barrier), () => loop.Spawn(ArriveIfExpected(barrier)), () => $"{barrier.WaitingCount} in phase {barrier.CurrentPhaseNumber}");
    }

    private static Leaf Read()
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        return new("read", () => Read(channel), () => channel.TryWrite(1), () => $"{channel.Count} items");
    }

    private static Leaf Write(int capacity)
    {
        var channel = capacity == 0 ? LoopChannel.CreateRendezvous<int>() : LoopChannel.CreateBounded<int>(capacity);
        if (capacity > 0)
            channel.TryWrite(1);
        return new(capacity == 0 ? "rendezvous" : "write", () => Write(channel), () => channel.TryRead(out _), () => $"{channel.Count} items");
    }

    private static Leaf WaitToRead()
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        return new("readable", () => WaitToRead(channel), () => channel.TryWrite(1), () => $"{channel.Count} items");
    }

    private static Leaf Completion()
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        return new("completion", () => Await(channel), () => channel.Complete(), () => channel.IsCompleted ? "complete" : "open");
    }

    private static Leaf Stream()
    {
        var future = new Future<int>();
        return new("stream", () => ReadStream(future), () => future.SetResult(1), () => $"{future.Status}");
    }

    private static Leaf Join()
    {
        var future = new Future<int>();
        return new("join", () => JoinGroup(future), () => future.SetResult(1), () => $"{future.Status}");
    }

    private static Leaf WhenAll()
    {
        var future = new Future<int>();
        return new("all", () => Coroutine.WhenAll(Await(future), Await(future)), () => future.SetResult(1), () => $"{future.Status}");
    }

    private static Leaf WhenAny()
    {
        var future = new Future<int>();
        return new("any", () => Any(future), () => future.SetResult(1), () => $"{future.Status}");
    }

    private static Leaf Timeout()
    {
        var future = new Future<int>();
        return new("timeout", () => Await(future).WithTimeout(TimeSpan.FromMinutes(1)), () => future.SetResult(1), () => $"{future.Status}");
    }

    private static Leaf MoveOn()
    {
        var future = new Future<int>();
        return new("move on", () => InTime(future), () => future.SetResult(1), () => $"{future.Status}");
    }

    [Coroutine]
    private static async Coroutine Sleep() => await Milliseconds(10);

    [Coroutine]
    private static async Coroutine YieldOnce() => await Coroutine.Yield();

    [Coroutine]
    private static async Coroutine UntilIdle() => await Coroutine.UntilIdle();

    [Coroutine]
    private static async Coroutine Await(Future<int> future) => await future;

    [Coroutine]
    private static async Coroutine AwaitTask(CoroutineTask task) => await task;

    [Coroutine]
    private static async Coroutine AwaitForeign(Task task) => await task;

    [Coroutine]
    private static async Coroutine Hold(LoopLock mutex)
    {
        using (await mutex.Acquire())
        {
        }
    }

    [Coroutine]
    private static async Coroutine Acquire(LoopSemaphore semaphore) => await semaphore.Acquire();

    [Coroutine]
    private static async Coroutine Await(LoopEvent signal) => await signal.Wait();

    [Coroutine]
    private static async Coroutine Await(LoopCondition condition)
    {
        using (await condition.Lock.Acquire())
            await condition.Wait();
    }

    [Coroutine]
    private static async Coroutine Arrive(LoopBarrier barrier) => await barrier.SignalAndWait();

    [Coroutine]
    private static async Coroutine ArriveIfExpected(LoopBarrier barrier)
    {
        if (barrier.WaitingCount > 0)
            await barrier.SignalAndWait();
    }

    [Coroutine]
    private static async Coroutine Read(LoopChannel<int> channel) => await channel.Read();

    [Coroutine]
    private static async Coroutine Write(LoopChannel<int> channel) => await channel.Write(2);

    [Coroutine]
    private static async Coroutine WaitToRead(LoopChannel<int> channel) => await channel.WaitToRead();

    [Coroutine]
    private static async Coroutine Await(LoopChannel<int> channel) => await channel.Completion;

    [Coroutine]
    private static async Coroutine ReadStream(Future<int> future)
    {
        await foreach (int _ in Elements(future))
        {
        }
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Elements(Future<int> future)
    {
        yield return await future;
    }

    [Coroutine]
    private static async Coroutine JoinGroup(Future<int> future)
    {
        await using var group = new TaskGroup();
        group.Spawn(Await(future));
        await group.Join();
    }

    [Coroutine]
    private static async Coroutine Any(Future<int> future) => await Coroutine.WhenAny(Await(future), Endless());

    [Coroutine]
    private static async Coroutine Endless() => await new Future<int>();

    [Coroutine]
    private static async Coroutine InTime(Future<int> future) => await Coroutine.MoveOnAfter(Await(future), TimeSpan.FromMinutes(1));
}
