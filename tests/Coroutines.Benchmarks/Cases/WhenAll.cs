using Coroutines.Benchmarks.Baseline;

namespace Coroutines.Benchmarks.Cases;

/// <summary>One operation: a hundred coroutines that each yield once are started together and awaited together. The number of those that ran is checked.</summary>
internal static partial class WhenAll
{
    private const int Children = 100;

    private static readonly Coroutine[] s_coroutines = new Coroutine[Children];
    private static readonly Task[] s_tasks = new Task[Children];
    private static long s_ran;

    public static void Generated(int operations)
    {
        s_ran = 0;
        Loops.Shared.RunUntilComplete(GeneratedRounds(operations));
        Expect.Equal((long)operations * Children, s_ran);
    }

    public static void Tasks(int operations)
    {
        s_ran = 0;
        Task rounds = TaskRounds(operations);
        TurnQueue.Run();
        rounds.GetAwaiter().GetResult();
        Expect.Equal((long)operations * Children, s_ran);
    }

    [Coroutine]
    internal static async Coroutine GeneratedRounds(int times)
    {
        for (int i = 0; i < times; i++)
        {
            for (int child = 0; child < Children; child++)
                s_coroutines[child] = GeneratedChild();
            await Coroutine.WhenAll(s_coroutines.AsSpan());
        }
    }

    [Coroutine]
    internal static async Coroutine GeneratedChild()
    {
        await Coroutine.Yield();
        s_ran++;
    }

    private static async Task TaskRounds(int times)
    {
        for (int i = 0; i < times; i++)
        {
            for (int child = 0; child < Children; child++)
                s_tasks[child] = TaskChild();
            await Task.WhenAll(s_tasks.AsSpan());
        }
    }

    private static async Task TaskChild()
    {
        await TurnQueue.Yield();
        s_ran++;
    }
}
