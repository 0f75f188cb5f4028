namespace Coroutines;

/// <summary>A <see cref="ByteStream"/> over a <see cref="Stream"/> that knows of no loop (see <see cref="ByteStream.From(Stream, ByteStreamOptions?)"/>). Belongs to one loop; loop thread only.</summary>
#pragma warning disable CORO104 // The stream below was handed over as one whose asynchronous members do not block.
public partial class ForeignByteStream : ByteStream
{
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly ForeignCalls _calls;

    /// <param name="input">Where to read from.</param>
    /// <param name="output">Where to write to; may be the same.</param>
    /// <param name="options">The sizes.</param>
    internal ForeignByteStream(Stream input, Stream output, ByteStreamOptions? options)
        : base(options)
    {
        _input = input;
        _output = output;
        _calls = new ForeignCalls(Loop, isOutside: false);
    }

    [Coroutine]
    private protected override async Coroutine<int> ReceiveCore(Memory<byte> buffer)
    {
        await _calls.Read(_input, ReadSize);
        return Math.Min(_calls.TakeInto(buffer.Span, ref Input), buffer.Length);
    }

    [Coroutine]
    private protected override async Coroutine<int> FillCore()
    {
        await _calls.Read(_input, ReadSize);
        return _calls.TakeInto([], ref Input);
    }

    [Coroutine]
    private protected override async Coroutine SendCore(ReadOnlyMemory<byte> bytes) => await _calls.Write(_output, bytes);

    // Whether a stream takes bytes without waiting can only be found out by waiting.
    private protected override int SendNow(ReadOnlySpan<byte> bytes) => 0;

    [Coroutine]
    private protected override async Coroutine CompleteCore()
    {
        if (ReferenceEquals(_input, _output))
            throw new NotSupportedException("The stream below cannot be closed in one direction only. Dispose of this one, or let the protocol say where its data ends.");
        await _output.DisposeAsync();
    }

    [Coroutine]
    private protected override async Coroutine EndCore()
    {
        _calls.Abandon();
        await _output.DisposeAsync();
        await _input.DisposeAsync();
    }

    private protected override void CloseCore()
    {
        _calls.Abandon();
        Close(_output);
        Close(_input);
    }

    private static void Close(Stream stream)
    {
        // Disposed of, one of ours would first send what it has.
        if (stream is StreamOverBytes ours)
            ours.Abort();
        else
            stream.Dispose();
    }
}
