namespace Coroutines.Tests.Allocation;

/// <summary>What a hot path allocates, once pools and code are warm.</summary>
internal static class Allocations
{
    private const int Operations = 1_000_000;
    private const int Rounds = 3;

    /// <summary>Not one byte over a million operations.</summary>
    /// <remarks>
    /// A collection that another thread began takes this thread's allocation area away, and what was unused of it can be counted as if it had been allocated. That happens to one
    /// round and not to the next, while an allocation per operation, or per thousand operations, shows in every round. So the least of a few rounds must be nothing at all.
    /// </remarks>
    /// <param name="run">Does as many operations as it is told.</param>
    public static void AssertNone(Action<int> run)
    {
        run(50_000);
        long least = long.MaxValue;
        for (int round = 0; round < Rounds && least != 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run(Operations);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
