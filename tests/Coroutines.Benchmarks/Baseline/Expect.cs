using System.Runtime.CompilerServices;

namespace Coroutines.Benchmarks.Baseline;

/// <summary>Every round checks what it computed: a contender that loses work must not win by it.</summary>
internal static class Expect
{
    public static void Equal(long expected, long actual, [CallerMemberName] string contender = "")
    {
        if (actual != expected)
            throw new InvalidOperationException($"{contender}: expected {expected}, got {actual}");
    }

    /// <summary>0 + 1 + ... with <paramref name="added"/> on top of each.</summary>
    public static long Sum(int operations, int added) => (long)operations * (operations - 1) / 2 + (long)operations * added;
}
