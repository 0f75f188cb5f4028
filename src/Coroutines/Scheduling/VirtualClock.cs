namespace Coroutines;

/// <summary>
/// A clock that stands still while anything can run and jumps to the next deadline when nothing can: tests of hours take
/// microseconds and give the same trace every time.
/// </summary>
/// <remarks>
/// Give it to a loop through <see cref="EventLoopOptions.Clock"/>. It does not jump while the loop waits for file descriptors or for
/// work on other threads that is known to the loop; then real time passes and virtual time does not.
/// <see cref="Advance"/> moves it by hand, before a call to <see cref="EventLoop.RunOnce()"/> for example. Members may be called from
/// any thread; none suspends.
/// </remarks>
public sealed class VirtualClock : TimeProvider
{
    private readonly DateTimeOffset _start;
    private long _ticks;

    /// <summary>Makes a clock that starts at midnight UTC on 1 January 2000.</summary>
    public VirtualClock()
        : this(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Makes a clock that starts at the given time.</summary>
    /// <param name="start">What <see cref="GetUtcNow"/> returns before the clock moves.</param>
    public VirtualClock(DateTimeOffset start) => _start = start;

    /// <summary>Virtual time passed since the clock was made.</summary>
    public TimeSpan Elapsed => new(Volatile.Read(ref _ticks));

    /// <summary>Whether the loop moves this clock to the next deadline by itself when nothing else can run. True unless set; a loop that ends does so in any case, for <c>finally</c> blocks that wait.</summary>
    public bool AutoAdvance { get; init; } = true;

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <summary>Moves the clock forward. Timers that are due fire in the loop's next turn.</summary>
    /// <param name="by">How far.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative: time does not run backwards.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _ticks, by.Ticks);
    }
}
