using System.Diagnostics;

namespace Tour;

/// <summary>Measures from its start to its reading, both on the same thread.</summary>
internal readonly struct Meter
{
    private readonly TimeSpan _cpu;
    private readonly long _bytes;
    private readonly long _start;

    private Meter(TimeSpan cpu, long bytes, long start)
    {
        _cpu = cpu;
        _bytes = bytes;
        _start = start;
    }

    // The clock is read last here and first in Read, so that measuring is not measured.
    public static Meter Start() =>
        new(Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());

    public Cost Read()
    {
        var wall = Stopwatch.GetElapsedTime(_start);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - _bytes;
        return new Cost(wall, Environment.CpuUsage.TotalTime - _cpu, bytes);
    }
}
