namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// The loop every timed case runs on: made once, like the one loop of a program, on the thread that runs the benchmarks.
/// </summary>
internal static class Loops
{
    public static readonly EventLoop Shared = new();
}
