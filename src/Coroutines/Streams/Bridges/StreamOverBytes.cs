using System.Buffers;

namespace Coroutines;

/// <summary>A <see cref="ByteStream"/> for code that knows only <see cref="Stream"/>. Any thread; what is called on others is done on the loop's.</summary>
internal partial class StreamOverBytes(ByteStream bytes, bool leaveOpen) : Stream
{
    private readonly ReadCall _read = new(bytes);
    private readonly WriteCall _write = new(bytes);
    private bool _isClosed;

    protected ByteStream Bytes => bytes;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw NotSeekable();

    public override long Position
    {
        get => throw NotSeekable();
        set => throw NotSeekable();
    }

    private bool IsOnLoop => ReferenceEquals(EventLoop.CurrentOrNull, bytes.Loop);

    /// <summary>As for sockets, an empty buffer waits for data and takes none.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancellationToken);
        return IsOnLoop && bytes.TryReadBuffered(buffer.Span, out int count) ? new ValueTask<int>(count) : _read.Start(buffer, cancellationToken);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        return IsOnLoop && bytes.TryWriteAtOnce(buffer.Span) ? ValueTask.CompletedTask : _write.Start(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        return IsOnLoop && bytes.TryFlushAtOnce() ? Task.CompletedTask : _write.Start(ReadOnlyMemory<byte>.Empty, cancellationToken).AsTask();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException($"A synchronous read would block the event loop that moves these bytes. Use {nameof(ReadAsync)}.");

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    /// <summary>Keeps the bytes until the turn ends, however many there are: nothing here may wait.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!IsOnLoop)
            throw new NotSupportedException($"A synchronous write on another thread than the loop's would have to wait for it. Use {nameof(WriteAsync)}.");
        bytes.Output.Write(buffer);
    }

    /// <summary>Does nothing: what was written leaves when the turn ends.</summary>
    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw NotSeekable();

    public override void SetLength(long value) => throw NotSeekable();

    /// <summary>Sends what is unsent first.</summary>
    public override ValueTask DisposeAsync()
    {
        if (leaveOpen || Interlocked.Exchange(ref _isClosed, true) || bytes.Loop.IsDisposed)
            return ValueTask.CompletedTask;
        return new CloseCall(this).Start();
    }

    /// <summary>Closes at once; what is unsent is dropped. Loop thread only.</summary>
    public void Abort()
    {
        _isClosed = true;
        bytes.Abort();
    }

    /// <summary>Lets the loop send what is unsent and close; nobody waits for it.</summary>
    protected override void Dispose(bool disposing)
    {
        if (!disposing || leaveOpen || Interlocked.Exchange(ref _isClosed, true))
            return;
        if (bytes.Loop.IsDisposed)
            bytes.Abort();
        else if (IsOnLoop)
            bytes.Loop.Spawn(End());
        else
            bytes.Loop.TryPostUntyped(static stream => ((StreamOverBytes)stream!).CloseLater(), this);
    }

    /// <summary>Closes the stream, or this side of it.</summary>
    private protected virtual Coroutine End() => bytes.DisposeAsync();

    private void CloseLater() => bytes.Loop.Spawn(End());

    private static NotSupportedException NotSeekable() => new("A connection cannot be sought in.");

    private sealed partial class ReadCall(ByteStream bytes) : StreamCall(bytes.Loop)
    {
        private Memory<byte> _buffer;

        public ValueTask<int> Start(Memory<byte> buffer, CancellationToken token)
        {
            Claim();
            _buffer = buffer;
            return new ValueTask<int>(this, Start(token));
        }

        protected override Coroutine<int> Operate() => _buffer.IsEmpty ? Await() : bytes.Read(_buffer);

        [Coroutine]
        private async Coroutine<int> Await()
        {
            if (bytes.Buffered.IsEmpty)
                await bytes.Fill();
            return 0;
        }
    }

    private sealed partial class WriteCall(ByteStream bytes) : StreamCall(bytes.Loop)
    {
        private ReadOnlyMemory<byte> _buffer;

        /// <summary>Nothing to write means: send what there is.</summary>
        public ValueTask Start(ReadOnlyMemory<byte> buffer, CancellationToken token)
        {
            Claim();
            _buffer = buffer;
            return new ValueTask(this, Start(token));
        }

        [Coroutine]
        protected override async Coroutine<int> Operate()
        {
            if (_buffer.IsEmpty)
                await bytes.Flush();
            else
                await bytes.Write(_buffer);
            return 0;
        }
    }

    private sealed partial class CloseCall(StreamOverBytes stream) : StreamCall(stream.Bytes.Loop)
    {
        public ValueTask Start()
        {
            Claim();
            return new ValueTask(this, Start(CancellationToken.None));
        }

        [Coroutine]
        protected override async Coroutine<int> Operate()
        {
            await stream.End();
            return 0;
        }
    }
}
