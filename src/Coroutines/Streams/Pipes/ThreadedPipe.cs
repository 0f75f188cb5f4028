namespace Coroutines;

/// <summary>A pipe, terminal or file behind a stream of the runtime, read and written on other threads: where nothing tells that it is ready.</summary>
/// <remarks>
/// A call that blocks cannot be taken back. So bytes are read into a buffer of the stream's own, by one call at a time: a read that is cancelled leaves the call to itself, and the next read takes what it brings. The
/// end of the loop does not wait for it: nobody may ever type anything.
/// </remarks>
internal sealed partial class ThreadedPipe(Stream stream, FileAccess access, ByteStreamOptions? options) : PipeStream(access, options)
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _chunk = [];

    /// <summary>The call under way into <see cref="_chunk"/>.</summary>
    private Task<int>? _reading;
    private Task? _writing;

    [Coroutine]
    private protected override async Coroutine<int> ReceiveCore(Memory<byte> buffer)
    {
        int received = await ReadChunk();
        int taken = Math.Min(received, buffer.Length);
        _chunk.AsSpan(0, taken).CopyTo(buffer.Span);
        Input.Add(_chunk.AsSpan(taken, received - taken));
        return taken;
    }

    [Coroutine]
    private protected override async Coroutine<int> FillCore()
    {
        int received = await ReadChunk();
        Input.Add(_chunk.AsSpan(0, received));
        return received;
    }

    [Coroutine]
    private protected override async Coroutine SendCore(ReadOnlyMemory<byte> bytes)
    {
        // A copy, as the call may outlast the wait for it.
        _writing = WriteThrough(bytes.ToArray());
        await EndOf(_writing);
        await _writing;
    }

    private protected override int SendNow(ReadOnlySpan<byte> bytes) => 0;

    [Coroutine]
    private protected override async Coroutine CompleteCore() => CloseCore();

    private protected override void CloseCore()
    {
        _closed.TrySetResult();
        // Closing waits for a call under way, if it does not end it.
        if (_reading is { IsCompleted: false } || _writing is { IsCompleted: false })
            _ = Task.Run(stream.Dispose);
        else
            stream.Dispose();
    }

    [Coroutine]
    private async Coroutine<int> ReadChunk()
    {
        VerifyReadable();
        if (_chunk.Length == 0)
            _chunk = new byte[ReadSize];
        _reading ??= stream.ReadAsync(_chunk, CancellationToken.None).AsTask();
        await EndOf(_reading);
        var ended = _reading;
        _reading = null;
        return await ended;
    }

    // Closing need not end a call that blocks, but it ends the wait.
    [Coroutine]
    private async Coroutine EndOf(Task call)
    {
        await Loop.EndOf(Task.WhenAny(call, _closed.Task));
        ObjectDisposedException.ThrowIf(_closed.Task.IsCompleted, this);
    }

    private async Task WriteThrough(byte[] bytes)
    {
        await stream.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
        await stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
