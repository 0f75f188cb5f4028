using Coroutines.Benchmarks.Baseline;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: a callback with state is armed 1 ms ahead on the real clock and run when due. A round arms a whole batch
/// first. Arming takes longer than 1 ms, or nearly so, which leaves next to no waiting in the figure: at 100,000 callbacks a
/// round, 1 ms is 10 ns an operation at the very worst. The peers do the same.
/// </summary>
internal static class CallLater
{
    private static readonly TimeSpan s_delay = TimeSpan.FromMilliseconds(1);
    private static readonly Action<Countdown> s_step = static countdown => Step(countdown);

    public static void Loop(int operations)
    {
        var countdown = new Countdown { Left = operations };
        for (int i = 0; i < operations; i++)
            Loops.Shared.CallLater(s_delay, s_step, countdown);
        Loops.Shared.RunForever();
        Expect.Equal(0, countdown.Left);
    }

    private static void Step(Countdown countdown)
    {
        if (--countdown.Left == 0)
            Loops.Shared.Stop();
    }

    private sealed class Countdown
    {
        public int Left;
    }
}
