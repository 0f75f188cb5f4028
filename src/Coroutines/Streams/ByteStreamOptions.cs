namespace Coroutines;

/// <summary>The sizes of a <see cref="ByteStream"/>. Read once, when the stream is made.</summary>
public sealed class ByteStreamOptions
{
    internal static ByteStreamOptions Default { get; } = new();

    /// <summary>How many bytes are asked for at once when the stream reads ahead; 4,096 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than one.</exception>
    public int ReadSize { get; init => field = Positive(value); } = 4096;

    /// <summary>From how many unsent bytes on a write waits, in bytes; 65,536 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than one.</exception>
    public int HighWaterMark { get; init => field = Positive(value); } = 64 * 1024;

    /// <summary>Down to how many unsent bytes a write then waits; 16,384 unless set, and always less than <see cref="HighWaterMark"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int LowWaterMark
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 16 * 1024;

    /// <summary>
    /// How long <see cref="ByteStream.DisposeAsync"/> goes on receiving when the peer has sent bytes that nobody read; one second unless set, zero for not at all. Closed at once, the system would reset the connection
    /// (RFC 1122, 4.2.2.13), and the peer could lose the end of what was sent to it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan LingerTime
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(1);

    private static int Positive(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
