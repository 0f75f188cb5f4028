using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Coroutines;

/// <summary>The system calls themselves: receiving by <see cref="Socket"/> costs a tenth of a round trip over loopback on top of them.</summary>
[NonBlocking("every socket that comes here has been through NonBlockingSocket.Prepare")]
internal sealed unsafe class LinuxSocketCalls : SocketCalls
{
    public static LinuxSocketCalls Instance { get; } = new();

    public override bool TryReceive(Socket socket, Span<byte> buffer, out int received)
    {
        if (buffer.IsEmpty)
            return base.TryReceive(socket, buffer, out received);
        fixed (byte* bytes = buffer)
        {
            do
                received = TransferCalls.Receive(socket.SafeHandle, bytes, buffer.Length);
            while (received == -Libc.EIntr);
        }

        return received >= 0 || ThrowUnlessWouldBlock(-received);
    }

    public override bool TrySend(Socket socket, ReadOnlySpan<byte> buffer, out int sent)
    {
        fixed (byte* bytes = buffer)
        {
            do
                sent = TransferCalls.Send(socket.SafeHandle, bytes, buffer.Length);
            while (sent == -Libc.EIntr);
        }

        return sent >= 0 || ThrowUnlessWouldBlock(-sent);
    }

    /// <inheritdoc />
    /// <remarks>
    /// Fact: an error may be the socket's or the file's. Decision: what may be the file's makes the transfer impossible; who reads the file instead succeeds, or gets the reason as .NET tells it. No flag keeps a closed
    /// connection from being a signal here, but the runtime ignores that signal.
    /// </remarks>
    public override FileTransfer TrySendFile(Socket socket, SafeFileHandle file, long offset, int count, out int sent)
    {
        sent = 0;
        // Elsewhere the call's offset has 32 bits.
        if (!Environment.Is64BitProcess)
            return FileTransfer.Impossible;
        nint result;
        do
            result = Libc.SendFile(socket.SafeHandle, file, &offset, count);
        while (result < 0 && Marshal.GetLastPInvokeError() == Libc.EIntr);
        if (result >= 0)
        {
            sent = (int)result;
            return FileTransfer.Sent;
        }

        switch (Marshal.GetLastPInvokeError())
        {
            case Libc.EAgain:
                return FileTransfer.WouldBlock;
            case Libc.EInval or Libc.EBadF or Libc.EIO or Libc.ESPipe or Libc.EOverflow or Libc.ENoSys or Libc.EPerm or Libc.EAcces:
                return FileTransfer.Impossible;
            case int errno:
                Throw(errno);
                return default;
        }
    }

    /// <inheritdoc />
    /// <remarks>
    /// <see cref="Socket.Connect(EndPoint)"/> throws when a connection is under way, and from then on says that it is
    /// connected even if the attempt fails. So the attempt is made without it, and it hears of success only (<see cref="Complete"/>).
    /// </remarks>
    public override bool TryConnect(Socket socket, EndPoint remote)
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

    public override bool IsConnectionMade(Socket socket, EndPoint remote)
    {
        if (!socket.Poll(0, SelectMode.SelectWrite))
            return false;
        // Repeating the call after a failure reports the error and, unlike reading SO_ERROR, makes the socket fit for another attempt.
        return !socket.Poll(0, SelectMode.SelectError) || TryConnect(socket, remote);
    }

    public override void Complete(Socket socket, EndPoint remote)
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

    /// <summary>Throws for an error number of the system's.</summary>
    [DoesNotReturn]
    public static void Throw(int errno)
    {
        // Which translates the system's numbers into those of SocketError.
        Marshal.SetLastPInvokeError(errno);
        throw new SocketException();
    }

    private static bool ThrowUnlessWouldBlock(int errno)
    {
        if (errno != Libc.EAgain)
            Throw(errno);
        return false;
    }
}
