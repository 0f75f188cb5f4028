namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: arm a timer and cancel it, while <c>armed</c> others stay armed at deadlines spread over an hour. Those
/// are armed once, outside of the measurement; each population has a loop of its own.
/// </summary>
internal static class TimerCancel
{
    private static readonly Action<object?> s_nothing = static _ => { };
    private static readonly Dictionary<int, EventLoop> s_loops = [];

    public static void Loop(int armed, int operations)
    {
        EventLoop loop = LoopWith(armed);
        for (int i = 0; i < operations; i++)
            loop.CallLater(TimeSpan.FromMilliseconds(1_000 + i % 1_000), s_nothing, null).Cancel();
    }

    private static EventLoop LoopWith(int armed)
    {
        if (s_loops.TryGetValue(armed, out EventLoop? loop))
            return loop;

        loop = new EventLoop();
        for (int i = 0; i < armed; i++)
            loop.CallLater(TimeSpan.FromMilliseconds(60_000 + i * 3_600_000L / armed), s_nothing, null);
        s_loops.Add(armed, loop);
        return loop;
    }
}
