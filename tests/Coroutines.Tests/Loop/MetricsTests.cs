using System.Diagnostics.Metrics;

namespace Coroutines.Tests.Loop;

public partial class MetricsTests
{
    [Fact]
    public void A_named_loop_publishes_its_counters_until_it_is_disposed()
    {
        // Unique, as tests of other classes run at the same time.
        string name = $"metrics {Guid.NewGuid()}";
        using var listener = new MeterListener();
        var seen = new SortedDictionary<string, long>(StringComparer.Ordinal);
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Coroutines")
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();

        var loop = new EventLoop(new EventLoopOptions { Clock = new VirtualClock(), Name = name });
        loop.Spawn(Sleeper());
        loop.Spawn(Sleeper());
        loop.RunOnce();
        loop.CallSoon(static () => { });
        listener.RecordObservableInstruments();
        Assert.Equal(["coroutines.loop.ready 1", "coroutines.loop.steps 2", "coroutines.loop.tasks 2", "coroutines.loop.timers 2", "coroutines.loop.turns 1"], Lines());

        loop.RunOnce(TimeSpan.FromHours(1));
        loop.RunOnce(TimeSpan.FromHours(1));
        listener.RecordObservableInstruments();
        Assert.Equal(["coroutines.loop.ready 0", "coroutines.loop.steps 5", "coroutines.loop.tasks 0", "coroutines.loop.timers 0", "coroutines.loop.turns 3"], Lines());

        loop.Dispose();
        listener.RecordObservableInstruments();
        Assert.Empty(Lines());

        void Add(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length == 1 && tags[0].Key == "loop" && (string?)tags[0].Value == name)
                seen[instrument.Name] = value;
        }

        List<string> Lines()
        {
            var lines = seen.Select(entry => $"{entry.Key} {entry.Value}").ToList();
            seen.Clear();
            return lines;
        }
    }

    [Coroutine]
    internal static async Coroutine Sleeper() => await Coroutine.Delay(TimeSpan.FromSeconds(1));
}
