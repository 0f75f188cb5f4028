using Coroutines.Benchmarks.Baseline;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: one element of a stream, read with <c>await foreach</c>. Either the element is there, or the stream yields to the loop before each one.
/// <c>reference</c> is the compiler's async iterator on the same loop; <c>task</c> the same iterator on a queue that does nothing else.
/// </summary>
internal static partial class ForEachStream
{
    public static void Generated(int operations, bool suspends) =>
        Expect.Equal(Expect.Sum(operations, 0), Loops.Shared.RunUntilComplete(GeneratedSum(operations, suspends)));

    public static void Reference(int operations, bool suspends) =>
        Expect.Equal(Expect.Sum(operations, 0), Loops.Shared.RunUntilComplete(ReferenceSum(operations, suspends)));

    public static void Tasks(int operations, bool suspends)
    {
        Task<long> sum = TaskSum(operations, suspends);
        TurnQueue.Run();
        Expect.Equal(Expect.Sum(operations, 0), sum.Result);
    }

    [Coroutine]
    internal static async Coroutine<long> GeneratedSum(int count, bool suspends)
    {
        long sum = 0;
        await foreach (int n in GeneratedNumbers(count, suspends))
            sum += n;
        return sum;
    }

    [Coroutine]
    internal static async IAsyncEnumerable<int> GeneratedNumbers(int count, bool suspends)
    {
        for (int i = 0; i < count; i++)
        {
            if (suspends)
                await Coroutine.Yield();
            yield return i;
        }
    }

    private static async Coroutine<long> ReferenceSum(int count, bool suspends)
    {
        long sum = 0;
        await foreach (int n in ReferenceNumbers(count, suspends))
            sum += n;
        return sum;
    }

    private static async IAsyncEnumerable<int> ReferenceNumbers(int count, bool suspends)
    {
        for (int i = 0; i < count; i++)
        {
            if (suspends)
                await Coroutine.Yield();
            yield return i;
        }
    }

    private static async Task<long> TaskSum(int count, bool suspends)
    {
        long sum = 0;
        await foreach (int n in TaskNumbers(count, suspends))
            sum += n;
        return sum;
    }

    private static async IAsyncEnumerable<int> TaskNumbers(int count, bool suspends)
    {
        for (int i = 0; i < count; i++)
        {
            if (suspends)
                await TurnQueue.Yield();
            yield return i;
        }
    }
}
