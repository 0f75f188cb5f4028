using System.Runtime.CompilerServices;
using Coroutines.Benchmarks.Baseline;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: one coroutine goes to the back of the ready queue and is resumed from there. With one live task everything
/// stays in the first-level cache; with a thousand the tasks are visited round robin, as a busy server does.
/// Fair because all contenders suspend at every <c>await</c>, each through its own queue, and none does anything else.
/// </summary>
internal static partial class Switch
{
    private static int s_live;

    public static void Generated(int tasks, int operations)
    {
        s_live = tasks;
        Loops.Shared.CallSoon(SpawnGenerated, (tasks, operations));
        Loops.Shared.RunForever();
    }

    public static void Reference(int tasks, int operations)
    {
        s_live = tasks;
        Loops.Shared.CallSoon(SpawnReference, (tasks, operations));
        Loops.Shared.RunForever();
    }

    public static void Tasks(int tasks, int operations)
    {
        for (int i = 0; i < tasks; i++)
            _ = TaskYields(operations / tasks);
        TurnQueue.Run();
    }

    public static void Pooled(int tasks, int operations)
    {
        for (int i = 0; i < tasks; i++)
            _ = PooledYields(operations / tasks);
        TurnQueue.Run();
    }

    private static void SpawnGenerated((int Tasks, int Operations) round)
    {
        for (int i = 0; i < round.Tasks; i++)
            Loops.Shared.Spawn(GeneratedYields(round.Operations / round.Tasks));
    }

    private static void SpawnReference((int Tasks, int Operations) round)
    {
        for (int i = 0; i < round.Tasks; i++)
            Loops.Shared.Spawn(ReferenceYields(round.Operations / round.Tasks));
    }

    [Coroutine]
    internal static async Coroutine GeneratedYields(int times)
    {
        for (int i = 0; i < times; i++)
            await Coroutine.Yield();
        if (--s_live == 0)
            Loops.Shared.Stop();
    }

    private static async Coroutine ReferenceYields(int times)
    {
        for (int i = 0; i < times; i++)
            await Coroutine.Yield();
        if (--s_live == 0)
            Loops.Shared.Stop();
    }

    private static async Task TaskYields(int times)
    {
        for (int i = 0; i < times; i++)
            await TurnQueue.Yield();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask PooledYields(int times)
    {
        for (int i = 0; i < times; i++)
            await TurnQueue.Yield();
    }
}
