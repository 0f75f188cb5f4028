using System.IO.Pipelines;

namespace Coroutines;

// To and from the ways in which other code moves bytes.
public abstract partial class ByteStream
{
    /// <summary>
    /// This stream for code that takes a <see cref="Stream"/>. Its asynchronous members may be called on any thread and are carried out on the loop's; ordinary async code that goes on with
    /// <c>ConfigureAwait(false)</c> goes on there as well. Its synchronous members throw, as they would block the loop.
    /// </summary>
    /// <remarks>
    /// A call that is cancelled by its token has taken no byte, or has written a part from the front, as here. Do not read from both at the same time. Writes are collected as here; <see cref="Stream.FlushAsync()"/> sends them.
    /// </remarks>
    /// <param name="leaveOpen">Whether disposing of the result leaves this stream open.</param>
    /// <returns>The stream; disposing of it disposes of this one unless <paramref name="leaveOpen"/>.</returns>
    public Stream AsStream(bool leaveOpen = false) => new StreamOverBytes(this, leaveOpen);

    /// <summary>This stream for code that takes pipes; what is said of <see cref="AsStream"/> holds here. It ends when both its reader and its writer are completed.</summary>
    /// <param name="leaveOpen">Whether completing both leaves this stream open.</param>
    /// <returns>A reader and a writer.</returns>
    public IDuplexPipe AsPipe(bool leaveOpen = false) => new PipeOverBytes(this, leaveOpen);

    /// <summary>Makes a stream of the running loop from one that knows of none, which it owns from now on.</summary>
    /// <remarks>
    /// Reading ahead goes on when the coroutine that reads is cancelled, and its bytes are there for the next one. A half-close is not possible, unless the stream below is one of pipes. Synchronous streams
    /// (<see cref="MemoryStream"/> is fine) block the loop; see the warnings of the analyzers.
    /// </remarks>
    /// <param name="stream">Readable and writable, with asynchronous members that do not block.</param>
    /// <param name="options">The sizes.</param>
    /// <returns>The stream, to be disposed.</returns>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public static ByteStream From(Stream stream, ByteStreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new ForeignByteStream(stream, stream, options);
    }

    /// <summary>Makes a stream of the running loop from a pair of pipes, which it owns from now on; <see cref="CompleteWrites"/> completes the writer.</summary>
    /// <param name="pipe">The pair.</param>
    /// <param name="options">The sizes.</param>
    /// <inheritdoc cref="From(Stream, ByteStreamOptions?)" />
    public static ByteStream From(IDuplexPipe pipe, ByteStreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        return new ForeignByteStream(pipe.Input.AsStream(), pipe.Output.AsStream(), options);
    }

    /// <summary>Reads what need not be waited for; with an empty buffer, says whether something need not be.</summary>
    internal bool TryReadBuffered(Span<byte> buffer, out int count)
    {
        count = 0;
        if (_isDisposed || (_input.Length == _delivered && !_isEnded))
            return false;
        if (buffer.IsEmpty)
            return true;
        Settle();
        count = Math.Min(buffer.Length, _input.Length);
        _input.Span[..count].CopyTo(buffer);
        _input.Take(count);
        return true;
    }

    /// <summary>Writes if that need not wait.</summary>
    internal bool TryWriteAtOnce(ReadOnlySpan<byte> bytes)
    {
        if (_isDisposed || _isCompleted || _fault is not null || bytes.Length > _highWaterMark - _unsent)
            return false;
        if (!bytes.IsEmpty)
        {
            _output.Add(bytes);
            NoteWritten(bytes.Length);
        }

        return true;
    }

    /// <summary>Sends, and says whether everything was.</summary>
    internal bool TryFlushAtOnce()
    {
        if (_isDisposed || _isCompleted || _fault is not null)
            return false;
        TrySend();
        return _unsent == 0 && _fault is null;
    }
}
