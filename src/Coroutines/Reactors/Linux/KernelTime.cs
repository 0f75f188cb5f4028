using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary><c>struct __kernel_timespec</c>: 64 bits each, whatever the size of a pointer.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KernelTime
{
    private const long NanosecondsPerTick = 100;

    public long Seconds;
    public long Nanoseconds;

    /// <summary>The exact time; none below zero.</summary>
    public static KernelTime FromTicks(long ticks) => new()
    {
        Seconds = Math.Max(0, ticks) / TimeSpan.TicksPerSecond,
        Nanoseconds = Math.Max(0, ticks) % TimeSpan.TicksPerSecond * NanosecondsPerTick,
    };
}
