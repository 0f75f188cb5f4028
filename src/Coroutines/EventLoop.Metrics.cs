using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Coroutines;

// Counters of named loops, for whoever listens to the meter "Coroutines". They are read when they are asked for, from any thread; nothing is published for loops without a name.
public sealed partial class EventLoop
{
    // Written by the loop's thread, once for several turns; a reader may see one update late.
    private long _turns;
    private long _steps;

    /// <summary>The name of <see cref="EventLoopOptions.Name"/>, or null.</summary>
    public string? Name { get; }

    private void Publish()
    {
        if (Name is not null)
            Instruments.Loops[this] = new("loop", Name);
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

        static Instruments()
        {
            s_meter.CreateObservableUpDownCounter("coroutines.loop.tasks", static () => Measure(static loop => loop.TaskCount), "{task}", "Tasks that have been spawned and have not ended.");
            s_meter.CreateObservableUpDownCounter("coroutines.loop.ready", static () => Measure(static loop => loop.Ready.Count), "{node}", "Tasks and callbacks that are ready to run.");
            s_meter.CreateObservableUpDownCounter("coroutines.loop.timers", static () => Measure(static loop => loop.Timers.Count), "{timer}", "Timers that are armed.");
            s_meter.CreateObservableCounter("coroutines.loop.turns", static () => Measure(static loop => Volatile.Read(ref loop._turns)), "{turn}", "Turns that ran something.");
            s_meter.CreateObservableCounter("coroutines.loop.steps", static () => Measure(static loop => Volatile.Read(ref loop._steps)), "{step}", "Steps of tasks and callbacks.");
        }

        private static IEnumerable<Measurement<T>> Measure<T>(Func<EventLoop, T> read)
            where T : struct => Loops.Select(entry => new Measurement<T>(read(entry.Key), entry.Value));
    }
}
