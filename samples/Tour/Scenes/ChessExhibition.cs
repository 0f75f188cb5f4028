using Coroutines;

namespace Tour.Scenes;

/// <summary>
/// A master plays many opponents at once. She does not think faster when she walks from board to board; she only stops waiting.
/// Played twice: on a virtual clock, which shows the hours in no time, and on the real one at a smaller scale.
/// </summary>
internal static partial class ChessExhibition
{
    private const int Boards = 24;
    private const int MovePairs = 30;
    private const int Scale = 20_000;

    private static readonly Pace s_life = new(Master: TimeSpan.FromSeconds(5), Opponent: TimeSpan.FromSeconds(55));
    private static readonly Pace s_scaled = new(s_life.Master / Scale, s_life.Opponent / Scale);

    internal readonly record struct Pace(TimeSpan Master, TimeSpan Opponent);

    public static void Play(Stage stage)
    {
        stage.Tell($"{Boards} boards, {MovePairs} pairs of moves each; a move takes the master {s_life.Master.TotalSeconds} s, an opponent {s_life.Opponent.TotalSeconds} s.");

        var sequential = OnVirtualClock(BoardAfterBoard(s_life));
        var concurrent = OnVirtualClock(WalkingRound(s_life));
        var scaledSequential = OnRealClock(BoardAfterBoard(s_scaled));
        var scaledConcurrent = OnRealClock(WalkingRound(s_scaled));

        stage.Tell($"                      virtual clock    real clock, {Scale:N0} times faster");
        stage.Tell($"board after board          {sequential:h\\:mm\\:ss}         {scaledSequential.Wall.TotalSeconds:F3} s");
        stage.Tell($"walking round              {concurrent:h\\:mm\\:ss}         {scaledConcurrent.Wall.TotalSeconds:F3} s");

        // She is at a board all the time, so the moves she makes are what the exhibition lasts, and the last opponent's answer.
        stage.Check(
            sequential == Boards * MovePairs * (s_life.Master + s_life.Opponent),
            $"one game lasts {sequential / Boards:h\\:mm}, so {Boards} in a row last {sequential:h\\:mm}");
        stage.Check(
            concurrent == Boards * MovePairs * s_life.Master + s_life.Opponent,
            $"a round of {Boards} moves lasts {Boards * s_life.Master:m\\:ss}, longer than any answer: {MovePairs} rounds last {MovePairs * Boards * s_life.Master:h\\:mm}");
        stage.Check(
            scaledSequential.Wall > 2 * scaledConcurrent.Wall,
            $"really measured, waiting together is {scaledSequential.Wall / scaledConcurrent.Wall:F1} times faster ({sequential / concurrent:F1} expected)");
        stage.Show(scaledConcurrent);
    }

    [Coroutine]
    private static async Coroutine BoardAfterBoard(Pace pace)
    {
        for (int board = 0; board < Boards; board++)
        {
            for (int pair = 0; pair < MovePairs; pair++)
            {
                await Coroutine.Delay(pace.Master);
                await Answer(pace);
            }
        }
    }

    [Coroutine]
    private static async Coroutine WalkingRound(Pace pace)
    {
        var answers = new CoroutineTask[Boards];
        for (int pair = 0; pair < MovePairs; pair++)
        {
            for (int board = 0; board < Boards; board++)
            {
                if (pair > 0)
                    await answers[board];
                await Coroutine.Delay(pace.Master);
                answers[board] = EventLoop.Current.Spawn(Answer(pace));
            }
        }

        foreach (var answer in answers)
            await answer;
    }

    [Coroutine]
    private static async Coroutine Answer(Pace pace) => await Coroutine.Delay(pace.Opponent);

    private static TimeSpan OnVirtualClock(Coroutine exhibition)
    {
        var clock = new VirtualClock();
        EventLoop.Run(exhibition, new EventLoopOptions { Clock = clock });
        return clock.Elapsed;
    }

    private static Cost OnRealClock(Coroutine exhibition)
    {
        var meter = Meter.Start();
        EventLoop.Run(exhibition);
        return meter.Read();
    }
}
