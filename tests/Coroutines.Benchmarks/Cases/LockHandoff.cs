using Coroutines.Benchmarks.Baseline;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: a lock that is held is waited for, handed over, held across a yield, and handed on: two tasks take turns. The task contender does the same with a <see cref="SemaphoreSlim"/> of one; both
/// yields and both hand-overs go through a queue once.
/// </summary>
internal static partial class LockHandoff
{
    private static readonly LoopLock s_mutex = new(Loops.Shared);
    private static long s_sum;

    public static void Generated(int operations)
    {
        s_sum = 0;
        Loops.Shared.RunUntilComplete(GeneratedBoth(operations));
        Expect.Equal(operations, s_sum);
    }

    public static void Reference(int operations)
    {
        s_sum = 0;
        Loops.Shared.RunUntilComplete(ReferenceBoth(operations));
        Expect.Equal(operations, s_sum);
    }

    public static void Semaphores(int operations)
    {
        s_sum = 0;
        using var semaphore = new SemaphoreSlim(1);
        TurnContext.Run(() =>
        {
            _ = SemaphoreHolds(semaphore, operations / 2);
            _ = SemaphoreHolds(semaphore, operations / 2);
        });
        Expect.Equal(operations, s_sum);
    }

    [Coroutine]
    internal static async Coroutine GeneratedBoth(int operations)
    {
        var other = Loops.Shared.Spawn(GeneratedHolds(operations / 2));
        await GeneratedHolds(operations / 2);
        await other;
    }

    [Coroutine]
    internal static async Coroutine GeneratedHolds(int times)
    {
        for (int i = 0; i < times; i++)
        {
            using (await s_mutex.Acquire())
            {
                s_sum++;
                await Coroutine.Yield();
            }
        }
    }

    private static async Coroutine ReferenceBoth(int operations)
    {
        var other = Loops.Shared.Spawn(ReferenceHolds(operations / 2));
        await ReferenceHolds(operations / 2);
        await other;
    }

    private static async Coroutine ReferenceHolds(int times)
    {
        for (int i = 0; i < times; i++)
        {
            using (await s_mutex.Acquire())
            {
                s_sum++;
                await Coroutine.Yield();
            }
        }
    }

    private static async Task SemaphoreHolds(SemaphoreSlim semaphore, int times)
    {
        for (int i = 0; i < times; i++)
        {
            await semaphore.WaitAsync();
            try
            {
                s_sum++;
                await TurnQueue.Yield();
            }
            finally
            {
                semaphore.Release();
            }
        }
    }
}
