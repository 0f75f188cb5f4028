namespace Coroutines.Tests.Sync;

/// <summary>A dump of the tasks says what each waits for.</summary>
public sealed partial class WaitDescriptionTests
{
    [Fact]
    public void A_dump_names_what_a_task_waits_for()
    {
        using var loop = VirtualLoop.Create();
        var mutex = new LoopLock(loop);
        mutex.TryAcquire(out _);
        var condition = new LoopCondition(new LoopLock(loop));
        var full = LoopChannel.CreateBounded<int>(1, loop);
        full.TryWrite(1);
        var empty = LoopChannel.CreateUnbounded<int>(loop);
        (string Expected, Coroutine Body)[] cases =
        [
            ("a LoopLock", AcquireLock(mutex)),
            ("a LoopSemaphore", AcquirePermit(new LoopSemaphore(loop, 0))),
            ("a LoopEvent", Wait(new LoopEvent(loop))),
            ("a LoopCondition", Wait(condition)),
            ("a LoopBarrier, at which 1 of 3 have arrived", Arrive(new LoopBarrier(loop, 3))),
            ("an item of a LoopChannel<Int32>", Read(empty)),
            ("an item of a LoopChannel<Int32>", Watch(empty)),
            ("the end of a LoopChannel<Int32>", Finish(empty)),
            ("room in a LoopChannel<Int32>", Write(full)),
            ("a reader of a LoopChannel<Int32>", Write(LoopChannel.CreateRendezvous<int>(loop))),
        ];
        foreach (var (index, (_, body)) in cases.Index())
            loop.Spawn(body, $"{index}");
        loop.RunOnce();
        string[] lines = loop.DumpTasks().Split('\n');
        Assert.All(cases.Index(), entry => Assert.Contains($"task \"{entry.Index}\" waits for {entry.Item.Expected}", lines));
    }

    [Coroutine]
    internal static async Coroutine AcquireLock(LoopLock mutex) => await mutex.Acquire();

    [Coroutine]
    internal static async Coroutine AcquirePermit(LoopSemaphore semaphore) => await semaphore.Acquire();

    [Coroutine]
    internal static async Coroutine Wait(LoopEvent signal) => await signal.Wait();

    [Coroutine]
    internal static async Coroutine Wait(LoopCondition condition)
    {
        using (await condition.Lock.Acquire())
            await condition.Wait();
    }

    [Coroutine]
    internal static async Coroutine Arrive(LoopBarrier barrier) => await barrier.SignalAndWait();

    [Coroutine]
    internal static async Coroutine Read(LoopChannel<int> channel) => await channel.Read();

    [Coroutine]
    internal static async Coroutine Watch(LoopChannel<int> channel) => await channel.WaitToRead();

    [Coroutine]
    internal static async Coroutine Finish(LoopChannel<int> channel) => await channel.Completion;

    [Coroutine]
    internal static async Coroutine Write(LoopChannel<int> channel) => await channel.Write(1);
}
