using System.Buffers;
using System.Runtime.ExceptionServices;

namespace Coroutines;

// What is written is collected and leaves when the turn ends, in one call. What the peer does not take then is sent by a task of the stream's own, whoever waits for it.
public abstract partial class ByteStream : ITurnEnd
{
    /// <summary>What was written and is not being sent yet.</summary>
    private ByteQueue _output;

    /// <summary>The length of <see cref="_output"/>, and of what the sender has taken from it and not yet sent.</summary>
    private int _unsent;

    /// <summary>The task that sends what had to wait; null while there is none.</summary>
    private CoroutineTask? _sender;

    /// <summary>Set whenever something has been sent by the sender, or nothing more will be. Made by the first who waits.</summary>
    private LoopEvent? _progress;
    private ExceptionDispatchInfo? _fault;

    /// <summary>Whether somebody was told of <see cref="_fault"/>: otherwise closing tells it.</summary>
    private bool _isFaultTold;
    private bool _isFlushedAtTurnEnd;
    private bool _isCompleted;
    private OutputWriter? _writer;

    private protected bool IsCompleted => _isCompleted;

    /// <summary>How many bytes were written that the system has not taken yet.</summary>
    public int UnsentLength => _unsent;

    /// <summary>
    /// Where code that formats can write without awaiting, for example <see cref="System.Text.Json.Utf8JsonWriter"/>: what it writes leaves when the turn ends. It knows no water mark; <c>await</c>
    /// <see cref="Flush"/>, or <see cref="Write(ReadOnlyMemory{byte})"/>, from time to time to wait for a peer that is slower. Room that it was given is its own until something else is written or sent, so a formatter that keeps some
    /// must be flushed before anything is awaited; one that fills such room later gets <see cref="InvalidOperationException"/>.
    /// </summary>
    public IBufferWriter<byte> Output => _writer ??= new OutputWriter(this);

    /// <summary>
    /// Writes bytes, which leave when the turn ends, or earlier with <see cref="Flush"/>. Suspends while more is unsent than the high water mark, until it has come down to the low one.
    /// </summary>
    /// <remarks>Cancelled, it has written a part, from the front. Several coroutines may write; what need not wait stays together.</remarks>
    /// <param name="bytes">They are copied; more than the high water mark is copied as the peer takes it, and must not change until then.</param>
    /// <exception cref="IOException">An earlier write failed. For sockets, this is a <see cref="System.Net.Sockets.SocketException"/>, which is none.</exception>
    /// <exception cref="InvalidOperationException"><see cref="CompleteWrites"/> was called.</exception>
    /// <exception cref="ObjectDisposedException">The stream is or was closed.</exception>
    [Coroutine]
    public async Coroutine Write(ReadOnlyMemory<byte> bytes)
    {
        VerifyWritable();
        while (!bytes.IsEmpty)
        {
            if (_unsent >= _highWaterMark)
                await Drain(_lowWaterMark);
            int count = Math.Min(bytes.Length, _highWaterMark - _unsent);
            _output.Add(bytes.Span[..count]);
            NoteWritten(count);
            bytes = bytes[count..];
        }
    }

    /// <summary>Writes several pieces, one after the other (see <see cref="Write(ReadOnlyMemory{byte})"/>). Cancelled, it has written a part, from the front.</summary>
    /// <param name="pieces">The pieces, in order.</param>
    /// <inheritdoc cref="Write(ReadOnlyMemory{byte})" path="exception" />
    [Coroutine]
    public async Coroutine Write(ReadOnlySequence<byte> pieces)
    {
        foreach (var piece in pieces)
            await Write(piece);
    }

    /// <summary>Sends what was written, without waiting for the end of the turn. Suspends until the system has taken everything. Cancelled, it stops waiting only.</summary>
    /// <inheritdoc cref="Write(ReadOnlyMemory{byte})" path="exception" />
    [Coroutine]
    public async Coroutine Flush()
    {
        VerifyWritable();
        if (_unsent > 0)
            await Drain(0);
    }

    /// <summary>
    /// Sends what was written, then tells the peer that nothing more will come; reading goes on. Suspends as <see cref="Flush"/> does. Cancelled, it stops waiting, and the peer is told nothing: call it again.
    /// A second call after one that has returned does nothing.
    /// </summary>
    /// <inheritdoc cref="Flush" path="exception" />
    [Coroutine]
    public async Coroutine CompleteWrites()
    {
        if (_isCompleted)
            return;
        await Flush();
        // From now on, so that nobody writes meanwhile; a half-close that is refused, or cancelled, has not been.
        _isCompleted = true;
        try
        {
            await CompleteCore();
        }
        catch
        {
            _isCompleted = false;
            throw;
        }
    }

    void ITurnEnd.EndTurn()
    {
        _isFlushedAtTurnEnd = false;
        if (!_isDisposed)
            TrySend();
    }

    // With a sender under way, its bytes come first.
    private void TrySend()
    {
        if (_sender is not null || _fault is not null)
            return;
        try
        {
            while (!_output.IsEmpty && SendNow(_output.Span) is var sent and > 0)
            {
                _output.Take(sent);
                _unsent -= sent;
            }

            if (!_output.IsEmpty)
                _sender = Loop.Spawn(SendRest());
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    [Coroutine]
    private async Coroutine Drain(int level)
    {
        TrySend();
        while (_unsent > level && _fault is null)
        {
            _progress ??= new LoopEvent(Loop);
            _progress.Reset();
            await _progress.Wait();
        }

        ThrowFault();
    }

    [Coroutine]
    private async Coroutine SendRest()
    {
        try
        {
            while (!_output.IsEmpty)
            {
                var sending = _output;
                _output = default;
                await SendCore(sending.Memory);
                _unsent -= sending.Length;
                // Only then: a call that was given up, or has failed, may still be looking at the bytes.
                sending.Release();
                _progress?.Set();
            }
        }
        catch (OperationCanceledException)
        {
            // Closed, or the loop ends: whoever waits, shielded perhaps, must not wait for ever.
            Fail(new IOException("The stream was closed before everything was sent."));
            throw;
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        finally
        {
            _sender = null;
        }
    }

    private void Fail(Exception exception)
    {
        _fault ??= ExceptionDispatchInfo.Capture(exception);
        _output.Release();
        _unsent = 0;
        _progress?.Set();
    }

    private void NoteWritten(int count)
    {
        _unsent += count;
        if (_isFlushedAtTurnEnd)
            return;
        _isFlushedAtTurnEnd = true;
        Loop.AtTurnEnd(this);
    }

    /// <summary>For a stream of one direction: every write throws <paramref name="reason"/>.</summary>
    private protected void RefuseWrites(Exception reason)
    {
        _fault = ExceptionDispatchInfo.Capture(reason);
        // Nothing is lost by it.
        _isFaultTold = true;
    }

    private void VerifyWritable()
    {
        VerifyOpen();
        ThrowFault();
        if (_isCompleted)
            throw new InvalidOperationException("Nothing can be written after CompleteWrites.");
    }

    private void ThrowFault()
    {
        if (_fault is not { } fault)
            return;
        _isFaultTold = true;
        fault.Throw();
    }

    private sealed class OutputWriter(ByteStream stream) : IBufferWriter<byte>
    {
        private const int Least = 256;

        /// <summary>Where the room begins that was handed out last: what is written or sent meanwhile moves it.</summary>
        private (byte[]? Array, int Start) _room;

        public void Advance(int count)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            stream.VerifyWritable();
            if (count == 0)
                return;
            if (!stream._output.HasRoomAt(_room, count))
                throw new InvalidOperationException("So much room was not asked for, or something else was written, or sent, since it was. Call GetSpan or GetMemory, fill, and call Advance, before anything is awaited.");
            stream._output.Add(count);
            _room = stream._output.RoomPlace;
            stream.NoteWritten(count);
        }

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            stream.VerifyWritable();
            var room = stream._output.Room(Math.Max(sizeHint, Least));
            _room = stream._output.RoomPlace;
            return room;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
