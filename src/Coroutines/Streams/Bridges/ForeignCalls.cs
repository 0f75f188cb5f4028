namespace Coroutines;

/// <summary>Both directions of a <see cref="ByteStream"/> over a <see cref="Stream"/> that knows of no loop. Loop thread only.</summary>
/// <remarks>
/// Ordinary async code cannot be relied on to end a call that nobody wants any more, and where the call blocks another thread it cannot. So a read brings its bytes into a buffer of its own, for the next one who reads; and
/// the bytes of a write that is given up belong to the call until it ends (see <c>ByteStream.SendRest</c>). The end of the loop waits for neither.
/// </remarks>
/// <param name="loop">The loop of the stream above.</param>
/// <param name="isOutside">As that of <see cref="PendingCall"/>.</param>
#pragma warning disable CORO104 // The stream below was handed over as one whose asynchronous members do not block.
internal sealed partial class ForeignCalls(EventLoop loop, bool isOutside)
{
    private readonly PendingCall _read = new(loop, isOutside);
    private readonly PendingCall _write = new(loop, isOutside);

    /// <summary>Whether a call has not ended, so that closing the stream might wait for it.</summary>
    public bool AreRunning => _read.IsRunning || _write.IsRunning;

    /// <summary>Suspends until something was read, which is then to be taken by <see cref="TakeInto"/>. Cancelled, it leaves the read to the next one.</summary>
    [Coroutine]
    public async Coroutine Read(Stream stream, int size)
    {
        if (!_read.IsUnderWay)
            _read.BeginRead(stream, size);
        await _read.Wait();
    }

    /// <inheritdoc cref="PendingCall.TakeInto" />
    public int TakeInto(Span<byte> first, ref ByteQueue rest) => _read.TakeInto(first, ref rest);

    /// <summary>Suspends until all bytes are where the stream wants them to be. Cancelled, it leaves the write to itself, and the bytes with it.</summary>
    [Coroutine]
    public async Coroutine Write(Stream stream, ReadOnlyMemory<byte> bytes)
    {
        _write.Begin(stream.WriteAsync(bytes));
        await _write.Wait();
        _write.Take();
        _write.Begin(new ValueTask(stream.FlushAsync()));
        await _write.Wait();
        _write.Take();
    }

    /// <summary>Whoever waits gets <see cref="ObjectDisposedException"/>, and nobody hears of what is under way.</summary>
    public void Abandon()
    {
        _read.Abandon();
        _write.Abandon();
    }
}
