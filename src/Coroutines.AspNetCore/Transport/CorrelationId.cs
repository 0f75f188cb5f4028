namespace Coroutines.AspNetCore;

/// <summary>Names of connections for logs: unique in the process, and unlikely in another one.</summary>
internal static class CorrelationId
{
    private static long s_last = DateTime.UtcNow.Ticks;

    public static string Next() => $"{Interlocked.Increment(ref s_last):X}";
}
