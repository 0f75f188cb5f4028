namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: one step of one of a thousand scripted agents, each a generator-style coroutine that calls another one for every step and waits for the next turn in it, as a game's
/// scripts wait for the next frame. <c>reference</c> is the compiler's iterators driven by the same loop; <c>iterator</c> the same iterators, advanced by hand with a stack for each agent,
/// which is what a game engine does.
/// </summary>
internal static partial class Agents
{
    private const int Count = 1_000;

    private static int s_live;

    public static void Generated(int operations)
    {
        s_live = Count;
        Loops.Shared.CallSoon(SpawnGenerated, operations / Count);
        Loops.Shared.RunForever();
    }

    public static void Reference(int operations)
    {
        s_live = Count;
        Loops.Shared.CallSoon(SpawnReference, operations / Count);
        Loops.Shared.RunForever();
    }

    public static void ByHand(int operations)
    {
        var agents = new List<Stack<IEnumerator<object?>>>(Count);
        for (int i = 0; i < Count; i++)
            agents.Add(new Stack<IEnumerator<object?>>([HandWalk(operations / Count)]));
        while (agents.Exists(agent => agent.Count > 0))
        {
            foreach (var agent in agents)
                Advance(agent);
        }
    }

    private static void Advance(Stack<IEnumerator<object?>> agent)
    {
        while (agent.TryPeek(out var script))
        {
            if (!script.MoveNext())
            {
                agent.Pop().Dispose();
                continue;
            }

            if (script.Current is not IEnumerator<object?> called)
                return;
            agent.Push(called);
        }
    }

    private static void SpawnGenerated(int steps)
    {
        for (int i = 0; i < Count; i++)
            Loops.Shared.Spawn(GeneratedWalk(steps));
    }

    private static void SpawnReference(int steps)
    {
        for (int i = 0; i < Count; i++)
            Loops.Shared.Spawn(ReferenceWalk(steps));
    }

    [Coroutine]
    private static IEnumerator<ILoopAwaitable> GeneratedWalk(int steps)
    {
        for (int i = 0; i < steps; i++)
            yield return GeneratedStep().AsCoroutine();
        if (--s_live == 0)
            Loops.Shared.Stop();
    }

    [Coroutine]
    private static IEnumerator<ILoopAwaitable?> GeneratedStep()
    {
        yield return null;
    }

    private static IEnumerator<ILoopAwaitable> ReferenceWalk(int steps)
    {
        for (int i = 0; i < steps; i++)
            yield return ReferenceStep().AsCoroutine();
        if (--s_live == 0)
            Loops.Shared.Stop();
    }

    private static IEnumerator<ILoopAwaitable?> ReferenceStep()
    {
        yield return null;
    }

    private static IEnumerator<object?> HandWalk(int steps)
    {
        for (int i = 0; i < steps; i++)
            yield return HandStep();
    }

    private static IEnumerator<object?> HandStep()
    {
        yield return null;
    }
}
