using Coroutines;

namespace Tour.Scenes;

/// <summary>A task that waits is one small object in a timer wheel: no thread, no CPU.</summary>
internal static partial class Sleepers
{
    private const int Count = 1_000;

    public static void Play(Stage stage)
    {
        stage.Tell("Each sleeps for a random part of a second. Asleep, a task is one small object in a timer wheel.");

        var meter = Meter.Start();
        var slept = EventLoop.Run(SleepTogether());
        var cost = meter.Read();

        stage.Check(
            slept > 100 * cost.Wall,
            $"{Count:N0} tasks slept {slept.TotalSeconds:N1} s in {cost.Wall.TotalSeconds:F2} s: {slept / cost.Wall:N0} times as much");
        stage.Show(cost);
    }

    [Coroutine]
    private static async Coroutine<TimeSpan> SleepTogether()
    {
        var random = new Random(2_026);
        var sleepers = new CoroutineTask<TimeSpan>[Count];
        for (int i = 0; i < Count; i++)
            sleepers[i] = EventLoop.Current.Spawn(Sleep(TimeSpan.FromSeconds(random.NextDouble())));

        var total = TimeSpan.Zero;
        foreach (var sleeper in sleepers)
            total += await sleeper;
        return total;
    }

    [Coroutine]
    private static async Coroutine<TimeSpan> Sleep(TimeSpan planned)
    {
        var fellAsleep = EventLoop.Current.Now;
        await Coroutine.Delay(planned);
        var slept = EventLoop.Current.Now - fellAsleep;
        return slept >= planned ? slept : throw new InvalidOperationException($"Woken after {slept}, {planned - slept} too early.");
    }
}
