using Coroutines;

namespace Tour.Scenes;

/// <summary>
/// Work that needs a processor belongs on other threads. They hand their results to the loop, which goes on meanwhile and keeps
/// its data to itself: no lock anywhere.
/// </summary>
internal static partial class OtherThreads
{
    private const int Threads = 4;
    private const int Limit = 8_000_000;
    private const int PrimesBelowLimit = 539_777;
    private const int ReportEvery = 100;

    /// <summary>Ordinary variables: only the loop's thread touches them, whoever asks it to.</summary>
    private static int s_reports;
    private static int s_ticks;

    public static void Play(Stage stage)
    {
        stage.Tell($"{Threads} threads look for primes; the loop gets their answers as futures and goes on meanwhile.");

        var meter = Meter.Start();
        var (primes, reports) = EventLoop.Run(AwaitThreads(stage));
        var cost = meter.Read();

        stage.Check(primes == PrimesBelowLimit, $"{Threads} threads found {primes:N0} primes below {Limit:N0}, awaited by one coroutine");
        stage.Check(s_reports == reports, $"{s_reports:N0} of {reports:N0} progress reports arrived on the loop and were counted without a lock");
        stage.Check(s_ticks > 0, $"meanwhile another coroutine on the loop ticked {s_ticks:N0} times");
        stage.Show(cost);
    }

    /// <returns>How many primes the threads found, and how many reports they sent.</returns>
    [Coroutine]
    private static async Coroutine<(int Primes, int Reports)> AwaitThreads(Stage stage)
    {
        var loop = EventLoop.Current;
        var ticker = loop.Spawn(Tick());
        var counts = new Future<int>[Threads];
        for (int i = 0; i < Threads; i++)
            counts[i] = StartCounting(loop, i);

        int primes = 0;
        int reports = 0;
        for (int i = 0; i < Threads; i++)
        {
            int count = await counts[i];
            stage.Happens($"thread {i}: {count:N0}");
            primes += count;
            reports += count / ReportEvery;
        }

        ticker.Cancel();
        return (primes, reports);
    }

    [Coroutine]
    private static async Coroutine Tick()
    {
        while (true)
        {
            await Coroutine.Delay(TimeSpan.FromMilliseconds(10));
            s_ticks++;
        }
    }

    /// <summary>Starts a thread that counts the primes in one share of the numbers, and returns the future of its answer.</summary>
    private static Future<int> StartCounting(EventLoop loop, int share)
    {
        var count = new Future<int>(loop);
        var thread = new Thread(() =>
        {
            try
            {
                count.PostResult(Count(loop, share));
            }
            catch (Exception exception)
            {
                count.PostException(exception);
            }
        });
        thread.Start();
        return count;
    }

    private static int Count(EventLoop loop, int share)
    {
        int primes = 0;
        for (int number = share * (Limit / Threads); number < (share + 1) * (Limit / Threads); number++)
        {
            if (IsPrime(number) && ++primes % ReportEvery == 0)
                loop.CallSoonThreadSafe(static () => s_reports++);
        }

        return primes;
    }

    private static bool IsPrime(int number)
    {
        if (number % 2 == 0 || number < 2)
            return number == 2;
        for (int divisor = 3; divisor * divisor <= number; divisor += 2)
        {
            if (number % divisor == 0)
                return false;
        }

        return true;
    }
}
