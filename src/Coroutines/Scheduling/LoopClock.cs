namespace Coroutines;

/// <summary>A <see cref="TimeProvider"/> read as loop time: ticks of 100 ns since the loop was created. Loop thread only.</summary>
internal readonly struct LoopClock
{
    private readonly TimeProvider _provider;
    private readonly long _origin;
    private readonly long _frequency;

    public LoopClock(TimeProvider provider)
    {
        _provider = provider;
        _origin = provider.GetTimestamp();
        _frequency = provider.TimestampFrequency;
    }

    public TimeProvider Provider => _provider;

    public long Now
    {
        get
        {
            long elapsed = _provider.GetTimestamp() - _origin;
            // The two frequencies met in practice; a division by a constant costs a multiplication.
            if (_frequency == 1_000_000_000)
                return elapsed / 100;
            if (_frequency == TimeSpan.TicksPerSecond)
                return elapsed;
            return (long)((Int128)elapsed * TimeSpan.TicksPerSecond / _frequency);
        }
    }
}
