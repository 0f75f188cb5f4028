using System.Net;
using System.Net.Sockets;

namespace Coroutines;

/// <summary>Sends and receives datagrams: UDP, or a Unix domain socket of that kind. Belongs to one loop; loop thread only.</summary>
/// <remarks>
/// One coroutine at a time receives; another one may send meanwhile. A failure the system reports late, such as that nobody listens at a connected address, comes from the next call; the socket stays usable.
/// With the same peer again and again, sending and receiving allocate nothing.
/// </remarks>
public sealed partial class DatagramSocket : IDisposable
{
    private readonly EventLoop _loop;
    private readonly SocketAddress _sender;
    private SocketAddress? _lastSender;
    private EndPoint? _lastSenderEndPoint;

    // End points of IP can be changed by whoever has one. So of those that others have too there is a copy, which tells.
    private EndPoint? _lastSenderCopy;
    private EndPoint? _lastTargetCopy;
    private SocketAddress? _lastTargetAddress;

    private DatagramSocket(Socket socket)
    {
        _loop = EventLoop.Current;
        _sender = new SocketAddress(socket.AddressFamily);
        Socket = socket;
    }

    /// <summary>The socket, for its options: broadcast, multicast groups, buffer sizes.</summary>
    public Socket Socket { get; }

    /// <summary>Where it receives, with the port that the system chose if it was asked to.</summary>
    public EndPoint LocalEndPoint => Socket.LocalEndPoint!;

    /// <summary>Begins to receive at an address. Does not suspend.</summary>
    /// <param name="local">An address and port, 0 for one that is free, or a path (<see cref="UnixDomainSocketEndPoint"/>). <see cref="IPAddress.IPv6Any"/> takes IPv4 as well.</param>
    /// <returns>The socket, to be disposed.</returns>
    /// <exception cref="SocketException">The address is in use, or may not be used.</exception>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public static DatagramSocket Bind(EndPoint local)
    {
        ArgumentNullException.ThrowIfNull(local);
        return Make(local, NonBlockingSocket.Bind);
    }

    /// <summary>Makes a socket that sends to, and receives from, one address only. Does not suspend: for datagrams, connecting is only remembering.</summary>
    /// <param name="remote">An address and port, or a path.</param>
    /// <returns>The socket, to be disposed.</returns>
    /// <exception cref="SocketException">There is no way there.</exception>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    [NonBlocking("a datagram socket connects without waiting")]
    public static DatagramSocket Connect(EndPoint remote)
    {
        ArgumentNullException.ThrowIfNull(remote);
        if (remote is DnsEndPoint)
            throw new ArgumentException("Resolving a name takes time: await Connect(host, port) instead.", nameof(remote));
        return Make(remote, static (socket, remote) => socket.Connect(remote));
    }

    /// <summary>As <see cref="Connect(EndPoint)"/>, to the first address of a host. Suspends while the name is resolved on another thread; cancelled, it makes no socket.</summary>
    /// <param name="host">A name, or an address.</param>
    /// <param name="port">The port.</param>
    /// <returns>The socket, to be disposed.</returns>
    /// <exception cref="SocketException">The name is not known, or there is no way there.</exception>
    [Coroutine]
    public static async Coroutine<DatagramSocket> Connect(string host, int port)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        if (!IPAddress.TryParse(host, out var address))
            address = (await HappyEyeballs.Resolve(host))[0];
        return Connect(new IPEndPoint(address, port));
    }

    /// <summary>Receives one datagram. Suspends until there is one; and until the next turn after many that did not have to be waited for. Cancelled, it has taken none.</summary>
    /// <param name="buffer">Where to. What does not fit is lost.</param>
    /// <returns>Length and sender.</returns>
    /// <exception cref="SocketException">The system reports a failure, also of an earlier send.</exception>
    /// <exception cref="InvalidOperationException">Another coroutine is receiving.</exception>
    /// <exception cref="ObjectDisposedException">The socket is or was disposed.</exception>
    [Coroutine]
    public async Coroutine<ReceivedDatagram> Receive(Memory<byte> buffer)
    {
        var received = await _loop.ReceiveFrom(Socket, buffer, _sender);
        return new ReceivedDatagram(received.Length, Sender(), received.IsTruncated);
    }

    /// <summary>Sends one datagram to the address the socket is connected to. Suspends only while the system has no room for it. Cancelled, it has not been sent.</summary>
    /// <param name="datagram">The bytes; none is a datagram, too.</param>
    /// <exception cref="SocketException">The system refuses: the datagram is too long, or the socket is not connected; or it reports a failure of an earlier one.</exception>
    /// <exception cref="ObjectDisposedException">The socket is or was disposed.</exception>
    [Coroutine]
    public async Coroutine Send(ReadOnlyMemory<byte> datagram) => await _loop.SendDatagram(Socket, datagram, null);

    /// <summary>Sends one datagram. Suspends only while the system has no room for it. Cancelled, it has not been sent.</summary>
    /// <param name="datagram">The bytes; none is a datagram, too.</param>
    /// <param name="remote">Where to: an address and port, or a path. IPv4 addresses work on a dual-mode socket, too.</param>
    /// <exception cref="ArgumentException"><paramref name="remote"/> is a host name.</exception>
    /// <inheritdoc cref="Send" path="exception" />
    [Coroutine]
    public async Coroutine SendTo(ReadOnlyMemory<byte> datagram, EndPoint remote)
    {
        _loop.VerifyAccess();
        await _loop.SendDatagram(Socket, datagram, AddressOf(remote));
    }

    /// <summary>Closes the socket. Who waits gets <see cref="ObjectDisposedException"/>. Does not suspend; loop thread only, but allowed after the end of the loop, too.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public void Dispose()
    {
        if (!_loop.IsDisposed)
            _loop.VerifyAccess();
        // Takes the path away as well, if it is bound to one.
        Socket.Dispose();
    }

    private static DatagramSocket Make(EndPoint address, Action<Socket, EndPoint> prepare)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, address.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Udp);
        try
        {
            NonBlockingSocket.Prepare(socket);
            if (OperatingSystem.IsWindows())
                IgnoreResets(socket);
            prepare(socket, address);
            return new DatagramSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Windows fails a receive for datagrams that somebody else did not want (SIO_UDP_CONNRESET).
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static void IgnoreResets(Socket socket) => socket.IOControl(unchecked((int)0x9800000C), [0, 0, 0, 0], null);

    private EndPoint? Sender()
    {
        if (DatagramCalls.IsNameless(_sender))
            return null;
        if (_lastSender is null || !_lastSender.Equals(_sender) || !Equals(_lastSenderEndPoint, _lastSenderCopy))
        {
            _lastSenderEndPoint = DatagramCalls.EndPointOf(_sender);
            _lastSenderCopy = DatagramCalls.EndPointOf(_sender);
            _lastSender = new SocketAddress(_sender.Family, _sender.Size);
            _sender.Buffer[.._sender.Size].CopyTo(_lastSender.Buffer);
        }

        return _lastSenderEndPoint;
    }

    private SocketAddress AddressOf(EndPoint remote)
    {
        if (_lastTargetAddress is null || !Equals(remote, _lastTargetCopy))
        {
            _lastTargetAddress = NonBlockingSocket.AddressFor(Socket, remote).Serialize();
            _lastTargetCopy = remote is IPEndPoint ? remote.Create(remote.Serialize()) : remote;
        }

        return _lastTargetAddress;
    }
}
