using Coroutines;

namespace Tour.Scenes;

/// <summary>Waiting costs nothing: ten coroutines wait on one thread in the time of one.</summary>
internal static partial class HelloWorld
{
    private const int Count = 10;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(3);

    public static void Play(Stage stage)
    {
        stage.Tell($"Each says hello, waits {s_pause.TotalSeconds} s, and says world. They share this one thread.");

        var meter = Meter.Start();
        EventLoop.Run(GreetTogether(stage));
        var cost = meter.Read();

        stage.Check(
            cost.Wall >= s_pause && cost.Wall < 2 * s_pause,
            $"{Count} pauses of {s_pause.TotalSeconds} s took {cost.Wall.TotalSeconds:F2} s together, not {Count * s_pause.TotalSeconds} s");
        stage.Show(cost);
    }

    [Coroutine]
    private static async Coroutine GreetTogether(Stage stage)
    {
        var greetings = new List<CoroutineTask>();
        for (int i = 0; i < Count; i++)
            greetings.Add(EventLoop.Current.Spawn(Hello(stage, i)));
        foreach (var greeting in greetings)
            await greeting;
    }

    [Coroutine]
    private static async Coroutine Hello(Stage stage, int i)
    {
        stage.Happens($"Hello {i}");
        await Coroutine.Delay(s_pause);
        stage.Happens($"World {i}");
    }
}
