namespace Coroutines.Tests.Allocation;

/// <summary>What a hot path allocates, once pools and code are warm.</summary>
internal static class Allocations
{
    private const int Operations = 1_000_000;
    private const int Rounds = 3;

    /// <summary>Not one byte over thousands of operations, or a million.</summary>
    /// <remarks>
    /// A collection that another thread began takes this thread's allocation area away, and what was unused of it can be counted as if it had been allocated. That happens to one
    /// round and not to the next, while an allocation per operation, or per thousand operations, shows in every round. So the least of a few rounds must be nothing at all.
    /// </remarks>
    /// <param name="run">Does as many operations as it is told.</param>
    public static void AssertNone(Action<int> run)
    {
        run(50_000);
        AssertNone(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run(Operations);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }

    /// <inheritdoc cref="AssertNone(Action{int})"/>
    /// <param name="measure">Warms up, does as many operations as it likes, and says what these allocated on its thread.</param>
    public static void AssertNone(Func<long> measure)
    {
        long least = long.MaxValue;
        for (int round = 0; round < Rounds && least != 0; round++)
            least = Math.Min(least, measure());
        Assert.Equal(0, least);
    }
}
