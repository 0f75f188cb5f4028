using System.Runtime.CompilerServices;
using Coroutines.Benchmarks.Baseline;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: a task is spawned, its spawner awaits it, it runs in a turn of its own, completes and wakes the spawner.
/// The task contenders queue their first step by a yield, which is what spawning on a loop means; their completion then runs
/// the awaiter directly, where a loop's task takes the awaiter through the ready queue. That favours them by one queue passage.
/// </summary>
internal static partial class SpawnAwait
{
    public static void Generated(int operations) => Expect.Equal(Expect.Sum(operations, 1), Loops.Shared.RunUntilComplete(GeneratedSum(operations)));

    public static void Reference(int operations) => Expect.Equal(Expect.Sum(operations, 1), Loops.Shared.RunUntilComplete(ReferenceSum(operations)));

    public static void Tasks(int operations)
    {
        Task<long> sum = TaskSum(operations);
        TurnQueue.Run();
        Expect.Equal(Expect.Sum(operations, 1), sum.Result);
    }

    public static void Pooled(int operations)
    {
        Task<long> sum = PooledSum(operations);
        TurnQueue.Run();
        Expect.Equal(Expect.Sum(operations, 1), sum.Result);
    }

    [Coroutine]
    internal static async Coroutine<long> GeneratedSum(int times)
    {
        EventLoop loop = Loops.Shared;
        long sum = 0;
        for (int i = 0; i < times; i++)
            sum += await loop.Spawn(GeneratedAddOne(i));
        return sum;
    }

    [Coroutine]
    internal static async Coroutine<long> GeneratedAddOne(long n)
    {
        if (n < 0)
            await Coroutine.Yield();
        return n + 1;
    }

    private static async Coroutine<long> ReferenceSum(int times)
    {
        EventLoop loop = Loops.Shared;
        long sum = 0;
        for (int i = 0; i < times; i++)
            sum += await loop.Spawn(ReferenceAddOne(i));
        return sum;
    }

    private static async Coroutine<long> ReferenceAddOne(long n)
    {
        if (n < 0)
            await Coroutine.Yield();
        return n + 1;
    }

    private static async Task<long> TaskSum(int times)
    {
        long sum = 0;
        for (int i = 0; i < times; i++)
            sum += await TaskAddOne(i);
        return sum;
    }

    private static async Task<long> TaskAddOne(long n)
    {
        await TurnQueue.Yield();
        return n + 1;
    }

    private static async Task<long> PooledSum(int times)
    {
        long sum = 0;
        for (int i = 0; i < times; i++)
            sum += await PooledAddOne(i);
        return sum;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<long> PooledAddOne(long n)
    {
        await TurnQueue.Yield();
        return n + 1;
    }
}
