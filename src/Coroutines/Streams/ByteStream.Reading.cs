using System.Text;

namespace Coroutines;

// What has arrived is kept until it is consumed, so that a cancelled read loses nothing.
public abstract partial class ByteStream
{
    private const int DefaultLimit = 64 * 1024;

    // Throws where Encoding.UTF8 would put a replacement.
    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    private ByteQueue _input;

    /// <summary>How many bytes at the front of <see cref="_input"/> the last read has handed out in place: they go with the next one.</summary>
    private int _delivered;
    private bool _isEnded;

    /// <summary>Whether somebody waits for bytes: what another one took meanwhile would be missing in what has been looked at.</summary>
    private bool _isAwaited;

    private protected ref ByteQueue Input => ref _input;

    /// <summary>
    /// What has arrived and has not been consumed, for protocols that parse in place: look, <see cref="Consume"/> what was understood, and <see cref="Fill"/> if that is not enough.
    /// Valid until the next call of any reading member.
    /// </summary>
    public ReadOnlySpan<byte> Buffered => _input.Span[_delivered..];

    /// <inheritdoc cref="Buffered" />
    public ReadOnlyMemory<byte> BufferedMemory => _input.Memory[_delivered..];

    /// <summary>Takes bytes from the front of <see cref="Buffered"/>. Does not suspend.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    /// <exception cref="InvalidOperationException">Another coroutine waits for more.</exception>
    public void Consume(int count)
    {
        VerifyFree();
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_input.Length - _delivered), nameof(count));
        Settle();
        _input.Take(count);
    }

    /// <summary>Waits for more bytes and adds them to <see cref="Buffered"/>. Suspends until some have arrived. Cancelled, it has added none.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="IOException">The connection failed. For sockets, this is a <see cref="System.Net.Sockets.SocketException"/>, which is none.</exception>
    /// <exception cref="ObjectDisposedException">The stream is or was closed.</exception>
    /// <exception cref="InvalidOperationException">Another coroutine is reading from this stream.</exception>
    [Coroutine]
    public async Coroutine<bool> Fill()
    {
        BeginRead();
        if (_isEnded)
            return false;
        _isAwaited = true;
        try
        {
            _isEnded = await FillCore() == 0;
        }
        finally
        {
            _isAwaited = false;
        }

        return !_isEnded;
    }

    /// <summary>Reads what there is, at least one byte. Suspends until there is one. Cancelled, it has taken none.</summary>
    /// <param name="buffer">Where to; not empty.</param>
    /// <returns>The number of bytes; 0 at the end of the stream.</returns>
    /// <inheritdoc cref="Fill" path="exception" />
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty.</exception>
    [Coroutine]
    public async Coroutine<int> Read(Memory<byte> buffer)
    {
        BeginRead();
        if (buffer.IsEmpty)
            throw new ArgumentException("A read needs room for at least one byte. To wait for data without taking any, await Fill().", nameof(buffer));
        if (_input.IsEmpty)
        {
            if (_isEnded)
                return 0;
            _isAwaited = true;
            try
            {
                int received = await ReceiveCore(buffer);
                _isEnded = received == 0;
                return received;
            }
            finally
            {
                _isAwaited = false;
            }
        }

        int count = Math.Min(buffer.Length, _input.Length);
        _input.Span[..count].CopyTo(buffer.Span);
        _input.Take(count);
        return count;
    }

    /// <summary>Fills <paramref name="buffer"/>. Suspends until so much has arrived. Cancelled, or at an early end, it has taken nothing.</summary>
    /// <param name="buffer">Where to.</param>
    /// <inheritdoc cref="Fill" path="exception" />
    /// <exception cref="EndOfStreamException">The stream ended before; what there is can still be read.</exception>
    [Coroutine]
    public async Coroutine ReadExactly(Memory<byte> buffer)
    {
        BeginRead();
        while (_input.Length < buffer.Length)
        {
            if (!await Fill())
                throw new EndOfStreamException($"The stream ended after {_input.Length} of {buffer.Length} bytes.");
        }

        _input.Span[..buffer.Length].CopyTo(buffer.Span);
        _input.Take(buffer.Length);
    }

    /// <summary>Reads up to and including the first <paramref name="delimiter"/>. Suspends until it has arrived. Cancelled, or when it throws, it has taken nothing.</summary>
    /// <param name="delimiter">The last byte to read.</param>
    /// <param name="limit">The most bytes that may come, with the delimiter; 65,536 unless given.</param>
    /// <returns>The bytes, in the stream's own buffer: valid until the next call of any reading member.</returns>
    /// <inheritdoc cref="Fill" path="exception" />
    /// <exception cref="InvalidDataException">More than <paramref name="limit"/> bytes have come without the delimiter.</exception>
    /// <exception cref="EndOfStreamException">The stream ended before the delimiter; what there is can still be read.</exception>
    [Coroutine]
    public async Coroutine<ReadOnlyMemory<byte>> ReadUntil(byte delimiter, int limit = DefaultLimit)
    {
        int length = await FindEnd(delimiter, limit);
        if (length < 0)
            throw new EndOfStreamException($"The stream ended after {_input.Length} bytes without the delimiter {delimiter}.");
        _delivered = length;
        return _input.Memory[..length];
    }

    /// <summary>
    /// Reads a line: UTF-8 text up to a line feed, without it and a carriage return before it. Suspends until the line has arrived. Cancelled, or when it throws, it has taken nothing.
    /// </summary>
    /// <param name="limit">The most bytes that a line may have, with its end; 65,536 unless given.</param>
    /// <returns>The line; the rest, if the stream ended without a line feed; null at the end of the stream.</returns>
    /// <inheritdoc cref="Fill" path="exception" />
    /// <exception cref="InvalidDataException">The line is longer than <paramref name="limit"/>, or is not UTF-8.</exception>
    [Coroutine]
    public async Coroutine<string?> ReadLine(int limit = DefaultLimit)
    {
        int length = await FindEnd((byte)'\n', limit);
        if (length >= 0)
            return TakeText(length, EndOfLine(_input.Span[..length]));
        return _input.IsEmpty ? null : TakeText(_input.Length, 0);
    }

    /// <summary>The lines of the stream (see <see cref="ReadLine"/>), to its end. Suspends between them; cancelled with the coroutine that reads.</summary>
    /// <param name="limit">The most bytes that a line may have, with its end; 65,536 unless given.</param>
    /// <returns>To be read with <c>await foreach</c>.</returns>
    /// <inheritdoc cref="ReadLine" path="exception" />
    [Coroutine]
    public async IAsyncEnumerable<string> Lines(int limit = DefaultLimit)
    {
        while (await ReadLine(limit) is { } line)
            yield return line;
    }

    // The length up to and including the delimiter, or -1 if the stream ends without one.
    [Coroutine]
    private async Coroutine<int> FindEnd(byte delimiter, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        BeginRead();
        int searched = 0;
        while (true)
        {
            int at = _input.Span[searched..].IndexOf(delimiter);
            int length = at < 0 ? _input.Length : searched + at + 1;
            // As many as the limit may be the rest of the stream, which only its end tells.
            if (length > limit)
                throw new InvalidDataException($"More than {limit} bytes have come without the delimiter {delimiter}. Allow more with the limit argument, or close the connection.");
            if (at >= 0)
                return length;
            searched = length;
            if (!await Fill())
                return -1;
        }
    }

    private string TakeText(int length, int end)
    {
        string text;
        try
        {
            text = s_strictUtf8.GetString(_input.Span[..(length - end)]);
        }
        catch (DecoderFallbackException invalid)
        {
            throw new InvalidDataException("The line is not UTF-8 text. Read its bytes with ReadUntil instead.", invalid);
        }

        _input.Take(length);
        return text;
    }

    private static int EndOfLine(ReadOnlySpan<byte> line) => line.EndsWith("\r\n"u8) ? 2 : 1;

    /// <summary>Drops what has arrived.</summary>
    private protected void ReleaseInput()
    {
        _input.Release();
        _delivered = 0;
    }

    private void BeginRead()
    {
        VerifyOpen();
        VerifyFree();
        Settle();
    }

    private void VerifyFree()
    {
        if (_isAwaited)
            throw new InvalidOperationException("Another coroutine is already reading from this stream. Only one may at a time: share the work, or take turns with a LoopLock.");
    }

    private void Settle()
    {
        if (_delivered == 0)
            return;
        _input.Take(_delivered);
        _delivered = 0;
    }
}
