using Coroutines.Benchmarks.Baseline;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: a callback with state is scheduled and run. Each of <c>live</c> callbacks schedules itself again until its
/// count is used up: with one, every operation takes a turn of the loop; with a thousand, a turn runs a thousand.
/// The peers do the same, so a loop that polls the system in every turn pays for it with one live callback, whoever's it is.
/// </summary>
internal static class CallSoon
{
    private static readonly Action<Countdown> s_step = static countdown => Step(countdown);

    public static void Loop(int live, int operations)
    {
        var countdown = new Countdown { Left = operations, Live = live };
        for (int i = 0; i < live; i++)
            Loops.Shared.CallSoon(s_step, countdown);
        Loops.Shared.RunForever();
        Expect.Equal(0, countdown.Left);
    }

    private static void Step(Countdown countdown)
    {
        if (--countdown.Left >= countdown.Live)
            Loops.Shared.CallSoon(s_step, countdown);
        else if (countdown.Left == 0)
            Loops.Shared.Stop();
    }

    private sealed class Countdown
    {
        public int Left;
        public int Live;
    }
}
