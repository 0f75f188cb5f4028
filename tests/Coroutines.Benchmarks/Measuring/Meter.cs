using System.Diagnostics;

namespace Coroutines.Benchmarks.Measuring;

/// <summary>What one round took.</summary>
public readonly record struct Sample(TimeSpan Time, long Bytes);

/// <summary>
/// Time and allocations between <see cref="Start"/> and <see cref="Stop"/>. A case that has to prepare something
/// (connections, armed timers) starts it itself, after the preparation.
/// </summary>
public readonly struct Meter
{
    private readonly long _startedAt;
    private readonly long _allocatedBefore;
    private readonly bool _allThreads;

    private Meter(bool allThreads)
    {
        _allThreads = allThreads;
        _allocatedBefore = Allocated(allThreads);
        _startedAt = Stopwatch.GetTimestamp();
    }

    /// <param name="allThreads">Counts what every thread allocates: for cases whose work is spread over threads.</param>
    public static Meter Start(bool allThreads = false) => new(allThreads);

    public Sample Stop()
    {
        TimeSpan time = Stopwatch.GetElapsedTime(_startedAt);
        return new Sample(time, Allocated(_allThreads) - _allocatedBefore);
    }

    public static Sample Of(Action<int> round, int operations)
    {
        Meter meter = Start();
        round(operations);
        return meter.Stop();
    }

    private static long Allocated(bool allThreads) =>
        allThreads ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();
}
