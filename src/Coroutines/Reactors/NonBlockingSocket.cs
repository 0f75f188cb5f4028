using System.Net;
using System.Net.Sockets;

namespace Coroutines;

/// <summary>What must be known of a socket before the calls of <see cref="SocketCalls"/> are made.</summary>
internal static class NonBlockingSocket
{
    /// <summary>Makes the socket non-blocking. A system call, so made only where it is not known to be so already.</summary>
    public static void Prepare(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.Blocking)
            socket.Blocking = false;
    }

    /// <summary>Gives the socket its address; the one that stands for all of IPv6 takes IPv4 as well.</summary>
    public static void Bind(Socket socket, EndPoint local)
    {
        if (local is IPEndPoint { Address: var address } && address.Equals(IPAddress.IPv6Any))
            socket.DualMode = true;
        socket.Bind(local);
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
}
