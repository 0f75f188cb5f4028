using System.Runtime.CompilerServices;
using Coroutines;

namespace Tour.Scenes;

/// <summary>
/// Splitting a coroutine into smaller ones is free: a call tree is one object, so that calls and suspensions allocate nothing. The same
/// code as <c>async Task</c> makes objects for every level of every suspended call.
/// </summary>
internal static partial class NestedCalls
{
    private const int Calls = 1_000_000;
    private const int Rounds = 5;

    public static void Play(Stage stage)
    {
        var ours = EventLoop.Run(Measure());
        var theirs = SingleThread.Run(MeasureTask());

        stage.Tell($"{Calls:N0} calls, each five deep, each suspended once at the bottom:");
        stage.Tell("                 time    per call        bytes allocated");
        stage.Tell($"Coroutine     {ours.Wall.TotalSeconds:F3} s  {ours.Wall.TotalNanoseconds / Calls,7:N0} ns  {ours.Bytes,21:N0}");
        stage.Tell($"async Task    {theirs.Wall.TotalSeconds:F3} s  {theirs.Wall.TotalNanoseconds / Calls,7:N0} ns  {theirs.Bytes,21:N0}");
        stage.Check(ours.Bytes == 0, $"coroutines allocated {ours.Bytes:N0} bytes; tasks {theirs.Bytes / Calls:N0} a call, in {theirs.Wall / ours.Wall:F1} times the time");
    }

    // The fastest round counts: the first ones fill the pools and wait for the JIT compiler.
    [Coroutine]
    private static async Coroutine<Cost> Measure()
    {
        var best = Cost.Unknown;
        for (int round = 0; round < Rounds; round++)
        {
            var meter = Meter.Start();
            long sum = await Sum();
            best = best.OrFaster(meter.Read());
            Verify(sum);
        }

        return best;
    }

    [Coroutine]
    private static async Coroutine<long> Sum()
    {
        long sum = 0;
        for (int i = 0; i < Calls; i++)
            sum += await One(i);
        return sum;
    }

    [Coroutine]
    private static async Coroutine<int> One(int i) => await Two(i);

    [Coroutine]
    private static async Coroutine<int> Two(int i) => await Three(i);

    [Coroutine]
    private static async Coroutine<int> Three(int i) => await Four(i);

    [Coroutine]
    private static async Coroutine<int> Four(int i) => await Five(i);

    [Coroutine]
    private static async Coroutine<int> Five(int i)
    {
        await Coroutine.Yield();
        return i;
    }

    private static async Task<Cost> MeasureTask()
    {
        var best = Cost.Unknown;
        for (int round = 0; round < Rounds; round++)
        {
            var meter = Meter.Start();
            long sum = await SumTask();
            best = best.OrFaster(meter.Read());
            Verify(sum);
        }

        return best;
    }

    private static async Task<long> SumTask()
    {
        long sum = 0;
        for (int i = 0; i < Calls; i++)
            sum += await OneTask(i);
        return sum;
    }

    private static async Task<int> OneTask(int i) => await TwoTask(i);

    private static async Task<int> TwoTask(int i) => await ThreeTask(i);

    private static async Task<int> ThreeTask(int i) => await FourTask(i);

    private static async Task<int> FourTask(int i) => await FiveTask(i);

    private static async Task<int> FiveTask(int i)
    {
        await default(SingleThread);
        return i;
    }

    private static void Verify(long sum)
    {
        if (sum != (long)Calls * (Calls - 1) / 2)
            throw new InvalidOperationException($"The sum is {sum}.");
    }

    /// <summary>The least scheduler that tasks can have: one queue, one thread, no timers and no I/O. Awaiting it goes to the back of the queue.</summary>
    private readonly struct SingleThread : ICriticalNotifyCompletion
    {
        private static readonly Queue<Action> s_ready = new();

        public bool IsCompleted => false;

        public static T Run<T>(Task<T> main)
        {
            while (s_ready.TryDequeue(out var continuation))
                continuation();
            return main.Result;
        }

        public SingleThread GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => s_ready.Enqueue(continuation);

        public void UnsafeOnCompleted(Action continuation) => s_ready.Enqueue(continuation);
    }
}
