namespace Coroutines.Tests.Scheduling;

/// <summary>Any <see cref="TimeProvider"/> is a clock, whatever its units and wherever it starts.</summary>
public class LoopClockTests
{
    [Theory]
    [InlineData(3, 0)]
    [InlineData(1_000, long.MaxValue / 2)]
    [InlineData(TimeSpan.TicksPerSecond, 12_345)]
    [InlineData(1_000_000_000, 99)]
    [InlineData(2_999_999_999, long.MaxValue - 30_000_000_000)]
    public void Time_passes_as_the_provider_says_counted_from_the_making_of_the_loop(long frequency, long start)
    {
        var provider = new CountingProvider(frequency) { Timestamp = start };
        using var loop = new EventLoop(new EventLoopOptions { Clock = provider });
        var calls = new List<TimeSpan>();
        loop.CallLater(TimeSpan.FromSeconds(2), () => calls.Add(loop.Now));
        provider.Timestamp += frequency;
        Assert.Equal(TimeSpan.FromSeconds(1), loop.Now);
        loop.RunOnce();
        Assert.Empty(calls);
        provider.Timestamp += frequency;
        loop.RunOnce();
        Assert.Equal([TimeSpan.FromSeconds(2)], calls);
        Assert.Same(provider, loop.Clock);
    }

    private sealed class CountingProvider(long frequency) : TimeProvider
    {
        public long Timestamp { get; set; }

        public override long TimestampFrequency => frequency;

        public override long GetTimestamp() => Timestamp;
    }
}
