using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>
/// The socket calls that <see cref="Socket"/> offers only in a form that throws when they would block, in a form that does not.
/// </summary>
[NonBlocking("every socket that comes here has been through Prepare")]
internal static class NonBlockingSocket
{
    /// <summary>Makes the socket non-blocking. A system call, so made only where it is not known to be so already.</summary>
    public static void Prepare(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.Blocking)
            socket.Blocking = false;
    }

    /// <summary>Accepts a connection that is there, or returns null.</summary>
    /// <remarks>
    /// Asking first costs half a microsecond, the exception for an empty backlog more than ten. Accepting by a system call of our own and wrapping the
    /// descriptor would save the question, but <see cref="Socket"/> asks the kernel several others about a descriptor it did not make.
    /// </remarks>
    public static Socket? TryAccept(Socket listener)
    {
        while (listener.Poll(0, SelectMode.SelectRead))
        {
            try
            {
                var accepted = listener.Accept();
                Prepare(accepted);
                return accepted;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.WouldBlock)
            {
                // Somebody else, another process perhaps, took it between the question and the call.
                return null;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionAborted)
            {
                // This client gave up while it was in the backlog; the next one may be there.
            }
        }

        return null;
    }

    /// <summary>Receives what is there; false if that is nothing yet.</summary>
    /// <remarks>
    /// The system call itself where there is one: <see cref="Socket.Receive(Span{byte}, SocketFlags, out SocketError)"/> costs a tenth of a round trip over loopback on
    /// top of it. An empty buffer asks for the presence of data, as it does there.
    /// </remarks>
    /// <exception cref="SocketException">The connection failed.</exception>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    public static unsafe bool TryReceive(Socket socket, Span<byte> buffer, out int received)
    {
        if (!OperatingSystem.IsLinux() || buffer.IsEmpty)
        {
            received = socket.Receive(buffer, SocketFlags.None, out var error);
            return error == SocketError.Success || (error == SocketError.WouldBlock ? false : throw new SocketException((int)error));
        }

        fixed (byte* bytes = buffer)
        {
            do
                received = (int)Libc.Receive(socket.SafeHandle, bytes, buffer.Length, 0);
            while (received < 0 && Marshal.GetLastPInvokeError() == Libc.EIntr);
        }

        return received >= 0 || ThrowUnlessWouldBlock();
    }

    /// <summary>Sends what the system takes; false if that is nothing now.</summary>
    /// <inheritdoc cref="TryReceive" />
    public static unsafe bool TrySend(Socket socket, ReadOnlySpan<byte> buffer, out int sent)
    {
        if (!OperatingSystem.IsLinux())
        {
            sent = socket.Send(buffer, SocketFlags.None, out var error);
            return error == SocketError.Success || (error == SocketError.WouldBlock ? false : throw new SocketException((int)error));
        }

        fixed (byte* bytes = buffer)
        {
            do
                sent = (int)Libc.Send(socket.SafeHandle, bytes, buffer.Length, Libc.NoSignal);
            while (sent < 0 && Marshal.GetLastPInvokeError() == Libc.EIntr);
        }

        return sent >= 0 || ThrowUnlessWouldBlock();
    }

    /// <summary>
    /// Whether this is a TCP socket: connecting takes time and is reported as readiness to write, where for all others the system knows the outcome at once;
    /// and a receive ends short only where the data does, where local sockets keep the bounds of messages that carry descriptors.
    /// </summary>
    public static bool IsTcp(Socket socket) =>
        socket.SocketType == SocketType.Stream && socket.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6;

    /// <summary>The address to connect to, in the socket's own address family.</summary>
    public static EndPoint AddressFor(Socket socket, EndPoint remote)
    {
        ArgumentNullException.ThrowIfNull(remote);
        if (remote is DnsEndPoint)
            throw new ArgumentException("A host name must be resolved to an address first: resolving it here would block the loop.", nameof(remote));
        return remote is IPEndPoint { AddressFamily: AddressFamily.InterNetwork } v4 && socket is { AddressFamily: AddressFamily.InterNetworkV6, DualMode: true }
            ? new IPEndPoint(v4.Address.MapToIPv6(), v4.Port)
            : remote;
    }

    /// <summary>
    /// Begins to connect. True if the connection is made already, false if it is under way.
    /// </summary>
    /// <remarks>
    /// <see cref="Socket.Connect(EndPoint)"/> throws when a connection is under way, and from then on says that it is
    /// connected even if the attempt fails. So the attempt is made without it, and it hears of success only (<see cref="Complete"/>).
    /// </remarks>
    /// <exception cref="SocketException">The attempt failed.</exception>
    public static unsafe bool TryConnect(Socket socket, EndPoint remote)
    {
        var address = remote.Serialize();
        fixed (byte* bytes = address.Buffer.Span)
        {
            if (Libc.Connect(socket.SafeHandle, bytes, address.Size) == 0)
                return true;
        }

        // An attempt that a signal interrupted, or whose waiter was cancelled, goes on.
        if (Marshal.GetLastPInvokeError() is Libc.EInProgress or Libc.EAlready or Libc.EIntr)
            return false;
        throw new SocketException();
    }

    /// <summary>Looks at an attempt after the socket became writable. True if the connection is made, false if it is still under way.</summary>
    /// <exception cref="SocketException">The attempt failed.</exception>
    public static bool IsConnectionMade(Socket socket, EndPoint remote)
    {
        if (!socket.Poll(0, SelectMode.SelectWrite))
            return false;
        // Repeating the call after a failure reports the error and, unlike reading SO_ERROR, makes the socket fit for another attempt.
        return !socket.Poll(0, SelectMode.SelectError) || TryConnect(socket, remote);
    }

    /// <summary>Tells <paramref name="socket"/> that it is connected.</summary>
    public static void Complete(Socket socket, EndPoint remote)
    {
        try
        {
            // The first call after an attempt succeeded returns success; the kernel calls only a further one an error.
            socket.Connect(remote);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.IsConnected)
        {
            // The attempt succeeded at once. Reading Connected brings the object's state up to date.
            _ = socket.Connected;
        }
    }

    /// <summary>Connects a socket for which that takes no time. False if a local listener's backlog is full.</summary>
    /// <exception cref="SocketException">The attempt failed.</exception>
    public static bool TryConnectAtOnce(Socket socket, EndPoint remote)
    {
        try
        {
            socket.Connect(remote);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.WouldBlock)
        {
            return false;
        }
    }

    private static bool ThrowUnlessWouldBlock() => Marshal.GetLastPInvokeError() == Libc.EAgain ? false : throw new SocketException();
}
