using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>The calls of datagram sockets, none of which blocks, or throws because it would.</summary>
[NonBlocking("every socket that comes here has been through NonBlockingSocket.Prepare")]
internal static unsafe class DatagramCalls
{
    /// <summary>Receives a datagram that is there; false if there is none.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="buffer">Where to; what does not fit is lost.</param>
    /// <param name="from">Filled with the sender's address; its size is 0 if the sender has none.</param>
    /// <param name="length">The datagram's length, perhaps more than fitted.</param>
    /// <exception cref="SocketException">The system reports a failure, also of an earlier send.</exception>
    public static bool TryReceive(Socket socket, Span<byte> buffer, SocketAddress from, out int length)
    {
        if (!OperatingSystem.IsLinux())
            return TryReceivePortably(socket, buffer, from, out length);
        fixed (byte* bytes = buffer, address = from.Buffer.Span)
        {
            int addressLength;
            do
            {
                addressLength = from.Buffer.Length;
                length = (int)Libc.ReceiveFrom(socket.SafeHandle, bytes, buffer.Length, Libc.Truncate, address, &addressLength);
            }
            while (length < 0 && Marshal.GetLastPInvokeError() == Libc.EIntr);
            // A local socket's path that fills the address is counted with a zero behind it.
            from.Size = Math.Min(addressLength, from.Buffer.Length);
        }

        return length >= 0 || ThrowUnlessWouldBlock();
    }

    /// <summary>Sends a datagram, as a whole or not at all; false if the system has no room for it now.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="bytes">The datagram.</param>
    /// <param name="to">Where to; null if the socket is connected.</param>
    /// <exception cref="SocketException">The system refuses, for example a datagram that is too long.</exception>
    public static bool TrySend(Socket socket, ReadOnlySpan<byte> bytes, SocketAddress? to)
    {
        if (!OperatingSystem.IsLinux())
            return TrySendPortably(socket, bytes, to);
        nint sent;
        fixed (byte* first = bytes, address = to is null ? default : to.Buffer.Span[..to.Size])
        {
            do
                sent = Libc.SendTo(socket.SafeHandle, first, bytes.Length, Libc.NoSignal, address, to?.Size ?? 0);
            while (sent < 0 && Marshal.GetLastPInvokeError() == Libc.EIntr);
        }

        return sent >= 0 || ThrowUnlessWouldBlock();
    }

    /// <summary>Whether an address that was received is none but the family, as that of a local socket without a path.</summary>
    public static bool IsNameless(SocketAddress address) => address.Size <= sizeof(short);

    /// <summary>The end point of an address that was received; null if it is nameless.</summary>
    public static EndPoint? EndPointOf(SocketAddress address) => IsNameless(address) ? null : AnyEndPoint.Of(address.Family).Create(address);

    private static bool TryReceivePortably(Socket socket, Span<byte> buffer, SocketAddress from, out int length)
    {
        length = 0;
        if (!socket.Poll(0, SelectMode.SelectRead))
            return false;
        var flags = SocketFlags.None;
        var sender = AnyEndPoint.Of(socket.AddressFamily == AddressFamily.InterNetworkV6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
        try
        {
            length = socket.ReceiveMessageFrom(buffer, ref flags, ref sender, out _);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.WouldBlock)
        {
            return false;
        }

        var address = sender.Serialize();
        address.Buffer.CopyTo(from.Buffer);
        from.Size = address.Size;
        if ((flags & SocketFlags.Truncated) != 0)
            length = buffer.Length + 1;
        return true;
    }

    private static bool TrySendPortably(Socket socket, ReadOnlySpan<byte> bytes, SocketAddress? to)
    {
        try
        {
            _ = to is null ? socket.Send(bytes, SocketFlags.None) : socket.SendTo(bytes, SocketFlags.None, to);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
        {
            return false;
        }
    }

    private static bool ThrowUnlessWouldBlock() => Marshal.GetLastPInvokeError() == Libc.EAgain ? false : throw new SocketException();
}
