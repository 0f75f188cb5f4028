using Coroutines.Benchmarks.Baseline;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: a coroutine is spawned, sleeps until a deadline somewhere within a second, wakes and finishes, while all the
/// others of its round sleep too. Time is virtual, as in the C++ and Rust peers, so that the second itself is not waited for:
/// only work is counted. asyncio cannot do that; its peer counts processor time instead.
/// </summary>
internal static partial class Delays
{
    private static readonly EventLoop s_loop = VirtualLoop();
    private static int s_live;

    public static void Generated(int count)
    {
        s_live = count;
        s_loop.CallSoon(SpawnGenerated, count);
        s_loop.RunForever();
        Expect.Equal(0, s_live);
    }

    public static void Reference(int count)
    {
        s_live = count;
        s_loop.CallSoon(SpawnReference, count);
        s_loop.RunForever();
        Expect.Equal(0, s_live);
    }

    /// <summary>Live bytes per sleeper, of everything that sleepers keep alive: tasks, frames, timers, the loop's arrays.</summary>
    public static double GeneratedLiveBytes(int count) => LiveBytes(count, SpawnGenerated);

    public static double ReferenceLiveBytes(int count) => LiveBytes(count, SpawnReference);

    private static double LiveBytes(int count, Action<int> spawn)
    {
        SpawnAndRunDry(1);   // what is made once is no sleeper's
        long before = GC.GetTotalMemory(forceFullCollection: true);
        s_live = count;
        s_loop.CallSoon(spawn, count);
        s_loop.RunOnce();
        s_loop.RunOnce();
        double each = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        Expect.Equal(count, s_live);
        s_loop.RunForever();
        return each;

        void SpawnAndRunDry(int warmUp)
        {
            s_live = warmUp;
            s_loop.CallSoon(spawn, warmUp);
            s_loop.RunForever();
        }
    }

    // From inside the loop, as programs do: only there a coroutine comes from the loop's pool.
    private static void SpawnGenerated(int count)
    {
        for (int i = 0; i < count; i++)
            s_loop.Spawn(GeneratedSleeper(1 + i % 1_000));
    }

    private static void SpawnReference(int count)
    {
        for (int i = 0; i < count; i++)
            s_loop.Spawn(ReferenceSleeper(1 + i % 1_000));
    }

    [Coroutine]
    internal static async Coroutine GeneratedSleeper(int milliseconds)
    {
        await Coroutine.Delay(TimeSpan.FromMilliseconds(milliseconds));
        if (--s_live == 0)
            s_loop.Stop();
    }

    private static async Coroutine ReferenceSleeper(int milliseconds)
    {
        await Coroutine.Delay(TimeSpan.FromMilliseconds(milliseconds));
        if (--s_live == 0)
            s_loop.Stop();
    }

    private static EventLoop VirtualLoop() => new(new EventLoopOptions { Clock = new VirtualClock() });
}
