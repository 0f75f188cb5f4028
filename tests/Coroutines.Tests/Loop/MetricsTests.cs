using System.Diagnostics.Metrics;
using Coroutines.Tests.Reactors;

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
        Assert.Equal(["coroutines.loop.io.events 0", "coroutines.loop.ready 1", "coroutines.loop.steps 2", "coroutines.loop.tasks 2", "coroutines.loop.timers 2", "coroutines.loop.turns 1"], Lines());

        loop.RunOnce(TimeSpan.FromHours(1));
        loop.RunOnce(TimeSpan.FromHours(1));
        listener.RecordObservableInstruments();
        Assert.Equal(["coroutines.loop.io.events 0", "coroutines.loop.ready 0", "coroutines.loop.steps 5", "coroutines.loop.tasks 0", "coroutines.loop.timers 0", "coroutines.loop.turns 3"], Lines());

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

    [Fact]
    public void The_time_that_turns_take_is_measured_while_somebody_listens()
    {
        string name = $"turn time {Guid.NewGuid()}";
        var clock = new VirtualClock();
        using var loop = new EventLoop(new EventLoopOptions { Clock = clock, Name = name });
        var seen = new List<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "coroutines.loop.turn.duration")
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            if ((string?)tags[0].Value == name)
                seen.Add(value);
        });
        listener.Start();
        loop.CallSoon(static clock => clock.Advance(TimeSpan.FromSeconds(2)), clock);
        loop.RunOnce();
        loop.RunOnce();
        Assert.Equal([2.0], seen);
    }

    [Fact]
    public void Descriptors_that_are_reported_as_ready_are_counted()
    {
        using var loop = new EventLoop();
        using var pair = LoopbackPair.Connect();
        loop.RunUntilComplete(Exchange(pair));
        Assert.True(loop.Reactor.EventCount > 0);
    }

    [Coroutine]
    private static async Coroutine Exchange(LoopbackPair pair)
    {
        byte[] bytes = [1, 2, 3];
        var received = EventLoop.Current.Spawn(EventLoop.Current.Receive(pair.Far, new byte[3]));
        await Coroutine.Yield();
        await EventLoop.Current.SendAll(pair.Near, bytes);
        Assert.Equal(3, await received);
    }

    [Coroutine]
    internal static async Coroutine Sleeper() => await Coroutine.Delay(TimeSpan.FromSeconds(1));
}
