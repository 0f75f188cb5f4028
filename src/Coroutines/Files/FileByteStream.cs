using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Coroutines;

/// <summary>A file from a position on. Its calls are finished before anything goes on (see <see cref="FileCall"/>), so that they need no memory but that of the operation.</summary>
internal sealed partial class FileByteStream : ByteStream
{
    private readonly SafeFileHandle _handle;
    private readonly bool _isReadable;
    private long _position;

    public FileByteStream(SafeFileHandle handle, FileAccess access, long position, ByteStreamOptions? options)
        : base(options)
    {
        _handle = handle;
        _position = position;
        _isReadable = access.HasFlag(FileAccess.Read);
        if (!access.HasFlag(FileAccess.Write))
            RefuseWrites(new NotSupportedException("This file is not open for writing."));
    }

    [Coroutine]
    private protected override async Coroutine<int> ReceiveCore(Memory<byte> buffer)
    {
        if (!_isReadable)
            throw new NotSupportedException("This file is not open for reading.");
        int count = await FileCall.Run(static read => RandomAccess.Read(read._handle, read.buffer.Span, read._position), (_handle, buffer, _position));
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        _position += count;
        return count;
    }

    // Into an array of its own: closing the stream gives the others back.
    [Coroutine]
    private protected override async Coroutine<int> FillCore()
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            int count = await ReceiveCore(chunk);
            Input.Add(chunk.AsSpan(0, count));
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    [Coroutine]
    private protected override async Coroutine SendCore(ReadOnlyMemory<byte> bytes)
    {
        await FileCall.Run(static write => RandomAccess.Write(write._handle, write.bytes.Span, write._position), (_handle, bytes, _position));
        _position += bytes.Length;
    }

    private protected override int SendNow(ReadOnlySpan<byte> bytes) => 0;

    [Coroutine]
    private protected override async Coroutine CompleteCore()
    {
    }

    private protected override void CloseCore() => _handle.Dispose();
}
