namespace Coroutines.Tests.Allocation;

[Collection(Alone)]
public partial class MillionDelaysTests
{
    public const string Alone = "measures the memory of the process";

    private const int Count = 1_000_000;
    private const int DistinctDeadlines = 1_000;

    private static int s_woken;
    private static int s_outOfOrder;
    private static TimeSpan s_lastDeadline;
    private static int s_lastIndex;

    [Fact]
    public void A_million_sleeping_coroutines_take_at_most_128_bytes_each_and_wake_in_order()
    {
        using var loop = VirtualLoop.Create();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Count; i++)
            loop.Spawn(Sleep(i, Deadline(i)));
        loop.RunOnce();
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
        Assert.InRange(each, 1, 128);

        while (loop.TaskCount > 0)
            loop.RunOnce(TimeSpan.FromSeconds(1));
        Assert.Equal(Count, s_woken);
        Assert.Equal(0, s_outOfOrder);
    }

    // Shuffled, so that the order of waking is not that of spawning.
    private static TimeSpan Deadline(int index) => TimeSpan.FromMilliseconds(index * 7919L % DistinctDeadlines);

    [Coroutine]
    private static async Coroutine Sleep(int index, TimeSpan delay)
    {
        await Coroutine.Delay(delay);
        s_woken++;
        if (delay < s_lastDeadline || (delay == s_lastDeadline && index < s_lastIndex) || EventLoop.Current.Now != delay)
            s_outOfOrder++;
        s_lastDeadline = delay;
        s_lastIndex = index;
    }
}

[CollectionDefinition(MillionDelaysTests.Alone, DisableParallelization = true)]
public sealed class MeasuresTheProcess;
