using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>A pipe, a terminal, or another descriptor that is no socket; usually one direction only. Belongs to one loop; loop thread only.</summary>
/// <remarks>
/// <para>What <see cref="ByteStream"/> says of reading, writing and cancelling holds here: a cancelled read has taken nothing. On Linux reads and writes are non-blocking calls on the loop's thread; elsewhere, and with <see cref="ReactorKind.Portable"/>, they are calls
/// on other threads, where a read that is cancelled goes on, and what it reads is the next read's.</para>
/// <para>Reading ends when the last writer has closed. Writing to a pipe that nobody can read any more fails with <see cref="IOException"/>. <see cref="ByteStream.CompleteWrites"/> closes the writing end.</para>
/// </remarks>
public abstract partial class PipeStream : ByteStream
{
    // A pipe without a reader cannot be opened for writing, and nothing tells when one comes.
    private static readonly TimeSpan s_readerRetry = TimeSpan.FromMilliseconds(10);

    private readonly FileAccess _access;

    private protected PipeStream(FileAccess access, ByteStreamOptions? options)
        : base(options)
    {
        _access = access;
        if (!CanWrite)
            RefuseWrites(new NotSupportedException("This is the reading end of a pipe: it cannot be written."));
    }

    /// <summary>Whether bytes can be read.</summary>
    public bool CanRead => _access.HasFlag(FileAccess.Read);

    /// <summary>Whether bytes can be written.</summary>
    public bool CanWrite => _access.HasFlag(FileAccess.Write);

    /// <summary>Makes an anonymous pipe: what is written to one end is read from the other. Does not suspend. Child processes do not inherit it.</summary>
    /// <param name="options">The sizes of both streams.</param>
    /// <returns>Both ends, each to be disposed. A reader of another loop is made by that loop: see <see cref="Open"/>.</returns>
    /// <exception cref="IOException">The process has too many open files.</exception>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public static (PipeStream Reader, PipeStream Writer) CreatePair(ByteStreamOptions? options = null)
    {
        if (EventLoop.Current.WatchesDescriptors)
        {
            var (reader, writer) = Libc.CreatePipe();
            return (new DescriptorPipe(reader, FileAccess.Read, options), new DescriptorPipe(writer, FileAccess.Write, options));
        }

        var near = new AnonymousPipeServerStream(PipeDirection.In);
        var far = new AnonymousPipeClientStream(PipeDirection.Out, near.ClientSafePipeHandle);
        return (new ThreadedPipe(near, FileAccess.Read, options), new ThreadedPipe(far, FileAccess.Write, options));
    }

    /// <summary>Makes a stream of an open pipe, terminal or other descriptor that can be waited for, which it owns from now on. Does not suspend.</summary>
    /// <remarks>It becomes non-blocking, and so it does for every process that shares it. To read and write what was inherited, use <see cref="StandardStreams"/>, which takes care of that.</remarks>
    /// <param name="handle">The descriptor.</param>
    /// <param name="access">What it was opened for.</param>
    /// <param name="options">The stream's sizes.</param>
    /// <returns>The stream, to be disposed.</returns>
    /// <exception cref="ArgumentException">It is a regular file: use <see cref="LoopFile"/>.</exception>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux, or the loop has <see cref="ReactorKind.Portable"/>: it can wait for sockets only.</exception>
    public static PipeStream Open(SafeHandle handle, FileAccess access, ByteStreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handle);
        VerifyDescriptors();
        var type = Libc.TypeOf(handle);
        if (type is not (Libc.FileType.Pipe or Libc.FileType.CharacterDevice or Libc.FileType.Socket))
            throw new ArgumentException("This is no pipe and no terminal: readiness says nothing about files.", nameof(handle));
        Libc.MakeNonBlocking(handle);
        return new DescriptorPipe(handle, access, options) { IsSocket = type == Libc.FileType.Socket };
    }

    /// <summary>
    /// Opens a named pipe (FIFO). For reading it does not suspend; the first read waits for a writer. For writing it suspends until there is a reader, and looks again every ten milliseconds. Cancelled, it has opened nothing.
    /// </summary>
    /// <param name="path">Where it is; it must exist.</param>
    /// <param name="access">Reading, writing, or both, which keeps it from ever ending.</param>
    /// <param name="options">The stream's sizes.</param>
    /// <returns>The stream, to be disposed.</returns>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="ArgumentException">There is something else.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux, or the loop has <see cref="ReactorKind.Portable"/>: it can wait for sockets only.</exception>
    [Coroutine]
    public static async Coroutine<PipeStream> OpenNamed(string path, FileAccess access, ByteStreamOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        VerifyDescriptors();
        while (true)
        {
            if (Libc.OpenNonBlocking(path, access) is { } handle)
                return Named(handle, path, access, options);
            int error = Marshal.GetLastPInvokeError();
            if (error != Libc.ENxIo)
                throw Libc.Failure($"Opening '{path}'", error);
            await Coroutine.Delay(s_readerRetry);
        }
    }

    /// <summary>A pipe whose end nobody else has, behind a stream of the runtime: that stream is of no use afterwards.</summary>
    internal static PipeStream OpenPrivate(Stream stream, FileAccess access, ByteStreamOptions? options)
    {
        if (!EventLoop.Current.WatchesDescriptors || stream is not System.IO.Pipes.PipeStream { SafePipeHandle: var handle })
            return new ThreadedPipe(stream, access, options);
        Libc.MakeNonBlocking(handle);
        return new DescriptorPipe(handle, access, options);
    }

    private static DescriptorPipe Named(DescriptorHandle handle, string path, FileAccess access, ByteStreamOptions? options)
    {
        if (Libc.TypeOf(handle) == Libc.FileType.Pipe)
            return new DescriptorPipe(handle, access, options) { MayLackWriter = true };
        handle.Dispose();
        throw new ArgumentException($"'{path}' is not a named pipe.", nameof(path));
    }

    private static void VerifyDescriptors()
    {
        if (!EventLoop.Current.WatchesDescriptors)
            throw new PlatformNotSupportedException("This loop can wait for sockets only. On Linux, leave EventLoopOptions.Reactor as it is.");
    }

    private protected void VerifyReadable()
    {
        if (!CanRead)
            throw new NotSupportedException("This is the writing end of a pipe: it cannot be read.");
    }
}
