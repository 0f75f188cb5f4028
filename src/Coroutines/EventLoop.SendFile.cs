using System.Buffers;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Coroutines;

// Files on sockets: by the system alone where it can, through this process's memory elsewhere.
public sealed partial class EventLoop
{
    // Reading a piece that is not in memory holds the thread; and a step sends at most 64 pieces at once.
    private const int FilePiece = 256 * 1024;

    // What one call on another thread reads, where the system does not do all of it.
    private const int ReadPiece = 64 * 1024;

    /// <summary>
    /// Sends a part of a file, or all of it. Suspends whenever the system's send buffer is full, that is as long as the peer does not keep up; and until the next turn after many operations of the same task that did not have to wait.
    /// </summary>
    /// <remarks>
    /// <para>
    /// On Linux, except with <see cref="ReactorKind.Portable"/>, the system sends from its own memory (sendfile); what is not there yet it reads from the disk meanwhile, in pieces of 256 KiB, for which the loop waits. Where a disk is so slow,
    /// or a network, that this must not be, read with <see cref="LoopFile"/> and <see cref="SendAll"/>. Everywhere else, and for files with which the system cannot do it, the file is read on other threads.
    /// </para>
    /// <para>
    /// Await it on this loop; other threads may not. When it is cancelled while it waits, an unknown part from the beginning of what was asked for has been sent: usually the connection is of no use then. Who must know how much
    /// sends in parts of its own, as each one that ends says what it has sent. Nothing uses the file any more once this has ended, in whatever way. The socket becomes non-blocking. One coroutine at a time may send on a socket.
    /// </para>
    /// </remarks>
    /// <param name="socket">A connected socket for streams.</param>
    /// <param name="file">A file that can be read, whose own position is neither used nor moved. The caller's, to be closed only afterwards.</param>
    /// <param name="offset">Where to begin, in bytes from the beginning of the file.</param>
    /// <param name="count">How many bytes; unless given, all up to the end.</param>
    /// <returns>How many bytes were sent: fewer than <paramref name="count"/> if the file ended before, as it may also because somebody cut it off meanwhile.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> or <paramref name="count"/> is negative.</exception>
    /// <exception cref="SocketException">The connection failed, for example because the peer closed it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is not open for reading.</exception>
    /// <exception cref="NotSupportedException">It is no file, but something without positions, as a pipe.</exception>
    /// <exception cref="InvalidOperationException">The socket is not one for streams, another coroutine is sending on it, or this is not the loop's thread.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The file, or the socket, is or was disposed, perhaps while this waited. Dispose the socket on the loop's thread, from another one with <c>loop.CallSoonThreadSafe(socket.Dispose)</c>: the system tells nobody
    /// that a descriptor was closed, so a loop that sleeps would notice only when something else wakes it.
    /// </exception>
    [Coroutine]
    public async Coroutine<long> SendFile(Socket socket, SafeFileHandle file, long offset = 0, long? count = null)
    {
        Prepare(socket);
        VerifyFile(file, offset, count);
        if (socket.SocketType != SocketType.Stream)
            throw new InvalidOperationException("This socket is not one for streams: a file would fall apart into datagrams.");
        long asked = Math.Min(count ?? long.MaxValue, long.MaxValue - offset);
        long sent = 0;
        while (sent < asked)
        {
            while (IsShareUsedUp)
                await Coroutine.Yield();
            switch (Sockets.TrySendFile(socket, file, offset + sent, (int)Math.Min(asked - sent, FilePiece), out int part))
            {
                case FileTransfer.WouldBlock:
                    await Writable(socket);
                    break;
                case FileTransfer.Impossible:
                    return sent + await SendReading(socket, file, offset + sent, asked - sent);
                default:
                    if (part == 0)
                        return sent;
                    sent += part;
                    break;
            }
        }

        return sent;
    }

    private static void VerifyFile(SafeFileHandle file, long offset, long? count)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (count is < 0)
            throw new ArgumentOutOfRangeException(nameof(count), count, "A number of bytes cannot be negative.");
        ObjectDisposedException.ThrowIf(file.IsClosed, file);
    }

    [Coroutine]
    private async Coroutine<long> SendReading(Socket socket, SafeFileHandle file, long offset, long count)
    {
        long sent = 0;
        byte[] piece = ArrayPool<byte>.Shared.Rent((int)Math.Min(count, ReadPiece));
        try
        {
            while (sent < count)
            {
                int length = (int)Math.Min(count - sent, piece.Length);
                int read = await FileCall.Run(static read => ReadAt(read.file, read.Bytes, read.Offset), (file, Bytes: piece.AsMemory(0, length), Offset: offset + sent));
                if (read == 0)
                    break;
                await SendAll(socket, piece.AsMemory(0, read));
                sent += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        return sent;
    }

    private static int ReadAt(SafeFileHandle file, Memory<byte> bytes, long offset)
    {
        // Which refuses what has no positions, as a pipe: that would be read from wherever it is, and perhaps for ever.
        _ = RandomAccess.GetLength(file);
        return RandomAccess.Read(file, bytes.Span, offset);
    }
}
