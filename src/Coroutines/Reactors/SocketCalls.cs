using System.Net;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Coroutines;

/// <summary>
/// The socket calls of the loop's operations, none of which blocks, or throws because it would. As they are here they use <see cref="Socket"/> only and work on every system; a system's own class overrides
/// what it can do better.
/// </summary>
[NonBlocking("every socket that comes here has been through NonBlockingSocket.Prepare")]
internal class SocketCalls
{
    /// <summary>For every system.</summary>
    public static SocketCalls Portable { get; } = new();

    /// <summary>Accepts a connection that is there, or returns null.</summary>
    /// <remarks>
    /// Asking first costs half a microsecond, the exception for an empty backlog more than ten. A system call of our own would make a descriptor before it finds the backlog empty, which costs a whole one.
    /// </remarks>
    /// <exception cref="SocketException">The system refused.</exception>
    /// <exception cref="ObjectDisposedException">The listener is disposed.</exception>
    public static Socket? TryAccept(Socket listener)
    {
        while (listener.Poll(0, SelectMode.SelectRead))
        {
            try
            {
                var accepted = listener.Accept();
                NonBlockingSocket.Prepare(accepted);
                return accepted;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.WouldBlock)
            {
                // Somebody else, another process perhaps, took it between the question and the call.
                return null;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
            {
                // This client gave up while it was in the backlog; the next one may be there.
            }
            catch (ArgumentOutOfRangeException) when (listener.AddressFamily == AddressFamily.Unix)
            {
                // Fact: of a client bound to a path that fills its address the kernel tells one byte more than Socket can take. Failure: any local program could end a server so. Decision: this client is
                // passed over, as one that gave up. Cost: it learns of it when the garbage collector closes the handle that Socket has dropped.
            }
        }

        return null;
    }

    /// <summary>Receives what is there; false if that is nothing yet. An empty buffer asks for the presence of data.</summary>
    /// <exception cref="SocketException">The connection failed.</exception>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    public virtual bool TryReceive(Socket socket, Span<byte> buffer, out int received)
    {
        received = socket.Receive(buffer, SocketFlags.None, out var error);
        return IsDone(error);
    }

    /// <summary>Sends what the system takes; false if that is nothing now.</summary>
    /// <inheritdoc cref="TryReceive" />
    public virtual bool TrySend(Socket socket, ReadOnlySpan<byte> buffer, out int sent)
    {
        sent = socket.Send(buffer, SocketFlags.None, out var error);
        return IsDone(error);
    }

    /// <summary>Sends from a file without the bytes passing through this process: what the system takes, at most <paramref name="count"/> bytes. It is not kept from waiting for the disk.</summary>
    /// <param name="socket">A connected socket for streams.</param>
    /// <param name="file">The file, whose own position stays as it is.</param>
    /// <param name="offset">In bytes from the file's beginning.</param>
    /// <param name="count">Positive.</param>
    /// <param name="sent">How many bytes were sent; 0 at the end of the file.</param>
    /// <exception cref="ObjectDisposedException">The socket or the file is disposed.</exception>
    /// <inheritdoc cref="TryReceive" path="exception" />
    public virtual FileTransfer TrySendFile(Socket socket, SafeFileHandle file, long offset, int count, out int sent)
    {
        sent = 0;
        return FileTransfer.Impossible;
    }

    /// <summary>Begins to connect. True if the connection is made already, false if it is under way.</summary>
    /// <exception cref="SocketException">The attempt failed.</exception>
    public virtual bool TryConnect(Socket socket, EndPoint remote) => TryConnectAtOnce(socket, remote);

    /// <summary>Looks at an attempt after the socket became writable. True if the connection is made, false if it is still under way.</summary>
    /// <exception cref="SocketException">The attempt failed.</exception>
    public virtual bool IsConnectionMade(Socket socket, EndPoint remote)
    {
        // Windows reports a failure there and not as readiness to write.
        if (socket.Poll(0, SelectMode.SelectError))
        {
            int error = (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
            if (error != 0)
                throw new SocketException(error);
        }

        return socket.Poll(0, SelectMode.SelectWrite);
    }

    /// <summary>Tells <paramref name="socket"/> that it is connected.</summary>
    public virtual void Complete(Socket socket, EndPoint remote) => _ = socket.Connected;

    /// <summary>Connects a socket for which that takes no time. False if a local listener's backlog is full.</summary>
    /// <exception cref="SocketException">The attempt failed.</exception>
    public static bool TryConnectAtOnce(Socket socket, EndPoint remote)
    {
        try
        {
            socket.Connect(remote);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress or SocketError.AlreadyInProgress)
        {
            return false;
        }
    }

    private static bool IsDone(SocketError error) =>
        error == SocketError.Success || (error == SocketError.WouldBlock ? false : throw new SocketException((int)error));
}
