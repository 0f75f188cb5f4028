using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Coroutines;

// Counters of named loops, for whoever listens to the meter "Coroutines". They are read when they are asked for, from any thread; nothing is published for loops without a name.
public sealed partial class EventLoop
{
    // Written by the loop's thread; a reader may see one update late.
    private long _turns;

    /// <summary>The name of <see cref="EventLoopOptions.Name"/>, or null.</summary>
    public string? Name { get; }

    /// <summary>Null for a loop without a name.</summary>
    private Histogram<double>? _turnTime;

    private void Publish()
    {
        if (Name is null)
            return;
        Instruments.Loops[this] = new("loop", Name);
        _turnTime = Instruments.TurnTime;
    }

    // Turns that run back to back are measured as one: nobody polls between them.
    private void RunMeasured(int batches)
    {
        long turns = _turns;
        long began = _clock.Now;
        RunBatches(batches);
        if (_turns != turns)
            _turnTime!.Record((_clock.Now - began) / (double)TimeSpan.TicksPerSecond, new KeyValuePair<string, object?>("loop", Name));
    }

    private void Withdraw()
    {
        if (Name is not null)
            Instruments.Loops.TryRemove(this, out _);
    }

    // Made with the first named loop.
    private static class Instruments
    {
        public static readonly ConcurrentDictionary<EventLoop, KeyValuePair<string, object?>> Loops = new();

        private static readonly Meter s_meter = new("Coroutines");

        public static readonly Histogram<double> TurnTime =
            s_meter.CreateHistogram<double>("coroutines.loop.turn.duration", "s", "How long what was ready ran, on the loop's clock, before timers and I/O were looked at again.");

        static Instruments()
        {
            s_meter.CreateObservableUpDownCounter("coroutines.loop.tasks", static () => Measure(static loop => loop.TaskCount), "{task}", "Tasks that have been spawned and have not ended.");
            s_meter.CreateObservableUpDownCounter("coroutines.loop.ready", static () => Measure(static loop => loop.Ready.CountSeen), "{node}", "Tasks and callbacks that are ready to run.");
            s_meter.CreateObservableUpDownCounter("coroutines.loop.timers", static () => Measure(static loop => loop.Timers.Count), "{timer}", "Timers that are armed.");
            s_meter.CreateObservableCounter("coroutines.loop.turns", static () => Measure(static loop => Volatile.Read(ref loop._turns)), "{turn}", "Turns that ran something.");
            s_meter.CreateObservableCounter("coroutines.loop.io.events", static () => Measure(static loop => loop._reactor?.EventCount ?? 0), "{event}", "Descriptors that the system reported as ready.");
            s_meter.CreateObservableCounter("coroutines.loop.steps", static () => Measure(static loop => loop.Ready.Begun), "{step}", "Steps of tasks and callbacks.");
        }

        private static IEnumerable<Measurement<T>> Measure<T>(Func<EventLoop, T> read)
            where T : struct => Loops.Select(entry => new Measurement<T>(read(entry.Key), entry.Value));
    }
}
