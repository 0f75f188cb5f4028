using Microsoft.Win32.SafeHandles;

namespace Coroutines;

/// <summary>Files, through other threads: whole ones, open ones by position, and as streams. Belongs to one loop; loop thread only.</summary>
/// <remarks>
/// <para>All of it suspends. What a method throws is what its namesake of <see cref="File"/> or <see cref="RandomAccess"/> does.</para>
/// <para>Cancelled before it begins, an operation does nothing. Cancelled meanwhile, it is finished, and its result returned: the next suspension is cancelled. So nothing is lost, and nothing is still under way when an operation has returned.</para>
/// <para>An open file may be used by several coroutines at once.</para>
/// </remarks>
public sealed partial class LoopFile : IAsyncDisposable
{
    private LoopFile(SafeFileHandle handle) => Handle = handle;

    /// <summary>The file's handle, which this object owns.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Opens a file. Suspends meanwhile.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="mode">Whether there must be one, may be, or must not.</param>
    /// <param name="access">What it is opened for; unless given, for reading.</param>
    /// <param name="share">What others may do meanwhile; unless given, read.</param>
    /// <param name="options">Hints to the system.</param>
    /// <returns>The file, to be disposed.</returns>
    [Coroutine]
    public static async Coroutine<LoopFile> Open(string path, FileMode mode = FileMode.Open, FileAccess access = FileAccess.Read, FileShare share = FileShare.Read, FileOptions options = FileOptions.None) =>
        new(await OpenHandle(path, mode, access, share, options));

    /// <summary>Opens a file as a stream of bytes, which begins at the file's beginning or, with <see cref="FileMode.Append"/>, at its end. Suspends meanwhile.</summary>
    /// <remarks>The stream reads ahead and collects writes as every <see cref="ByteStream"/> does. Dispose it, or <see cref="ByteStream.Flush"/> it, before the loop ends: what is unsent then is lost.</remarks>
    /// <param name="path">Where it is.</param>
    /// <param name="mode">Whether there must be one, may be, or must not.</param>
    /// <param name="access">What it is opened for; unless given, for reading.</param>
    /// <param name="share">What others may do meanwhile; unless given, read.</param>
    /// <param name="options">Hints to the system.</param>
    /// <param name="streamOptions">The stream's sizes.</param>
    /// <returns>The stream, to be disposed.</returns>
    [Coroutine]
    public static async Coroutine<ByteStream> OpenStream(
        string path,
        FileMode mode = FileMode.Open,
        FileAccess access = FileAccess.Read,
        FileShare share = FileShare.Read,
        FileOptions options = FileOptions.SequentialScan,
        ByteStreamOptions? streamOptions = null)
    {
        var handle = await OpenHandle(path, mode, access, share, options);
        try
        {
            // Nothing can be awaited here without losing the handle to a cancellation, and asking for the length does not wait for the disk.
            return new FileByteStream(handle, access, mode == FileMode.Append ? LengthOf(handle) : 0, streamOptions);
        }
        catch
        {
            // A pipe or a terminal has no length.
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Reads at a position. Suspends meanwhile.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="position">In bytes from the beginning.</param>
    /// <returns>How many bytes; 0 at the end.</returns>
    [Coroutine]
    public async Coroutine<int> ReadAt(Memory<byte> buffer, long position) =>
        await FileCall.Run(static read => RandomAccess.Read(read.Handle, read.buffer.Span, read.position), (Handle, buffer, position));

    /// <summary>Writes all bytes at a position. Suspends meanwhile.</summary>
    /// <param name="bytes">They must not change meanwhile.</param>
    /// <param name="position">In bytes from the beginning; the file becomes longer if need be.</param>
    [Coroutine]
    public async Coroutine WriteAt(ReadOnlyMemory<byte> bytes, long position) =>
        await FileCall.Run(static write => RandomAccess.Write(write.Handle, write.bytes.Span, write.position), (Handle, bytes, position));

    /// <summary>Asks how long the file is. Suspends meanwhile.</summary>
    /// <returns>In bytes.</returns>
    [Coroutine]
    public async Coroutine<long> GetLength() => await FileCall.Run(RandomAccess.GetLength, Handle);

    /// <summary>Cuts the file, or lets it grow. Suspends meanwhile.</summary>
    /// <param name="length">In bytes.</param>
    [Coroutine]
    public async Coroutine SetLength(long length) => await FileCall.Run(static set => RandomAccess.SetLength(set.Handle, set.length), (Handle, length));

    /// <summary>Waits until what was written is on the disk. Suspends meanwhile.</summary>
    [Coroutine]
    public async Coroutine FlushToDisk() => await FileCall.Run(RandomAccess.FlushToDisk, Handle);

    /// <summary>Closes the file. Suspends meanwhile; is done even in a cancelled task.</summary>
    /// <returns>A cold coroutine, which <c>await using</c> awaits.</returns>
    [Coroutine]
    public async Coroutine DisposeAsync()
    {
        using (CancelScope.Shielded())
            await FileCall.Run(static handle => handle.Dispose(), Handle);
    }

    ValueTask IAsyncDisposable.DisposeAsync() => DisposeAsync().AsValueTask();

    private static Coroutine<SafeFileHandle> OpenHandle(string path, FileMode mode, FileAccess access, FileShare share, FileOptions options) =>
        FileCall.Run(static open => File.OpenHandle(open.path, open.mode, open.access, open.share, open.options), (path, mode, access, share, options));

    [NonBlocking("the system knows it by heart")]
    private static long LengthOf(SafeFileHandle handle) => RandomAccess.GetLength(handle);
}
