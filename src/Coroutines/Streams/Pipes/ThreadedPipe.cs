namespace Coroutines;

/// <summary>A pipe, terminal or file behind a stream of the runtime, read and written on other threads: where nothing tells that it is ready.</summary>
/// <remarks>
/// A call that blocks cannot be taken back. So it is left to itself when the wait for it is cancelled (see <see cref="ForeignCalls"/>), and the end of the loop does not wait for it: nobody may ever type anything.
/// </remarks>
internal sealed partial class ThreadedPipe : PipeStream
{
    private readonly Stream _stream;
    private readonly ForeignCalls _calls;

    public ThreadedPipe(Stream stream, FileAccess access, ByteStreamOptions? options)
        : base(access, options)
    {
        _stream = stream;
        _calls = new ForeignCalls(Loop, isOutside: true);
    }

    [Coroutine]
    private protected override async Coroutine<int> ReceiveCore(Memory<byte> buffer)
    {
        VerifyReadable();
        await _calls.Read(_stream, ReadSize);
        return Math.Min(_calls.TakeInto(buffer.Span, ref Input), buffer.Length);
    }

    [Coroutine]
    private protected override async Coroutine<int> FillCore()
    {
        VerifyReadable();
        await _calls.Read(_stream, ReadSize);
        return _calls.TakeInto([], ref Input);
    }

    [Coroutine]
    private protected override async Coroutine SendCore(ReadOnlyMemory<byte> bytes) => await _calls.Write(_stream, bytes);

    private protected override int SendNow(ReadOnlySpan<byte> bytes) => 0;

    [Coroutine]
    private protected override async Coroutine CompleteCore() => CloseCore();

    private protected override void CloseCore()
    {
        // Closing waits for a call under way, if it does not end it.
        bool wouldWait = _calls.AreRunning;
        _calls.Abandon();
        if (wouldWait)
            _ = Task.Run(_stream.Dispose);
        else
            _stream.Dispose();
    }
}
