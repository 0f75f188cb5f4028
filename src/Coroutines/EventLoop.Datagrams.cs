using System.Net;
using System.Net.Sockets;

namespace Coroutines;

// Single datagrams on sockets of the user's own, called first and waited for as in EventLoop.Sockets.cs.
public sealed partial class EventLoop
{
    // A local (Unix domain) receiver whose queue is full has no event for "there is room again".
    private static readonly TimeSpan s_fullReceiverRetry = TimeSpan.FromMilliseconds(1);

    /// <summary>Sends one datagram, as a whole or not at all. Suspends only while the system has no room for it; and until the next turn after many operations of the same task that did not have to wait.</summary>
    /// <remarks>
    /// Await it on this loop; other threads may not. Cancelled while it waits, it has not been sent. The socket becomes non-blocking. One coroutine at a time may send on a socket. Allocates nothing: an address that is used
    /// often is best kept as <c>endPoint.Serialize()</c>.
    /// </remarks>
    /// <param name="socket">A socket for datagrams.</param>
    /// <param name="datagram">The bytes; none is a datagram, too.</param>
    /// <param name="remote">Where to, in the socket's own address family.</param>
    /// <exception cref="SocketException">The system refuses: the datagram is too long, for example; or it reports a failure of an earlier one.</exception>
    /// <exception cref="InvalidOperationException">The socket is one for streams, another coroutine is sending on it, or this is not the loop's thread.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The socket is or was disposed, perhaps while this waited. Dispose it on the loop's thread, from another one with <c>loop.CallSoonThreadSafe(socket.Dispose)</c>: the system tells nobody
    /// that a descriptor was closed, so a loop that sleeps would notice only when something else wakes it.
    /// </exception>
    [Coroutine]
    public async Coroutine SendTo(Socket socket, ReadOnlyMemory<byte> datagram, SocketAddress remote)
    {
        ArgumentNullException.ThrowIfNull(remote);
        PrepareForDatagrams(socket);
        await SendDatagram(socket, datagram, remote);
    }

    /// <inheritdoc cref="SendTo(Socket, ReadOnlyMemory{byte}, SocketAddress)" />
    /// <summary>As <see cref="SendTo(Socket, ReadOnlyMemory{byte}, SocketAddress)"/>, to an end point, of which an address is made at each call.</summary>
    /// <param name="socket">A socket for datagrams.</param>
    /// <param name="datagram">The bytes; none is a datagram, too.</param>
    /// <param name="remote">Where to: an address and port, or a path. An IPv4 address also for a dual-mode IPv6 socket. Names are not resolved, as that would block.</param>
    /// <exception cref="ArgumentException"><paramref name="remote"/> is a host name.</exception>
    [Coroutine]
    public async Coroutine SendTo(Socket socket, ReadOnlyMemory<byte> datagram, EndPoint remote)
    {
        PrepareForDatagrams(socket);
        await SendDatagram(socket, datagram, NonBlockingSocket.AddressFor(socket, remote).Serialize());
    }

    /// <summary>
    /// Receives one datagram, and the address of who sent it. Suspends until there is one; and until the next turn after many operations of the same task that did not have to wait.
    /// </summary>
    /// <remarks>
    /// Await it on this loop; other threads may not. Cancelled while it waits, it has taken none. The socket becomes non-blocking. One coroutine at a time may receive from a socket; another one may send meanwhile. On Linux
    /// it allocates nothing.
    /// </remarks>
    /// <param name="socket">A socket for datagrams.</param>
    /// <param name="buffer">Where the bytes go. What does not fit is lost, and told.</param>
    /// <param name="remote">
    /// Filled with the sender's address; must not be used for anything else meanwhile. <c>new SocketAddress(socket.AddressFamily)</c> has room for every one. Its size is that of the family alone, or 0, if the sender has none, as a local
    /// socket without a path.
    /// </param>
    /// <returns>How much was received.</returns>
    /// <exception cref="ArgumentException"><paramref name="remote"/> has no room for an address of the socket's family.</exception>
    /// <exception cref="SocketException">The system reports a failure, also of an earlier send.</exception>
    /// <exception cref="InvalidOperationException">The socket is one for streams, another coroutine is receiving from it, or this is not the loop's thread.</exception>
    /// <inheritdoc cref="SendTo(Socket, ReadOnlyMemory{byte}, SocketAddress)" path="/exception[@cref='T:System.ObjectDisposedException']" />
    [Coroutine]
    public async Coroutine<ReceivedLength> ReceiveFrom(Socket socket, Memory<byte> buffer, SocketAddress remote)
    {
        ArgumentNullException.ThrowIfNull(remote);
        PrepareForDatagrams(socket);
        if (remote.Buffer.Length < SocketAddress.GetMaximumAddressSize(socket.AddressFamily))
            throw new ArgumentException($"It has no room for an address of the socket's: make it with new SocketAddress(AddressFamily.{socket.AddressFamily}).", nameof(remote));
        while (true)
        {
            while (IsShareUsedUp)
                await Coroutine.Yield();
            if (DatagramCalls.TryReceive(socket, buffer.Span, remote, out int length))
                return new ReceivedLength(Math.Min(length, buffer.Length), length > buffer.Length);
            await Readable(socket);
        }
    }

    /// <inheritdoc cref="ReceiveFrom(Socket, Memory{byte}, SocketAddress)" />
    /// <summary>As <see cref="ReceiveFrom(Socket, Memory{byte}, SocketAddress)"/>, with an end point, made for each datagram.</summary>
    /// <returns>Length and sender.</returns>
    [Coroutine]
    public async Coroutine<ReceivedDatagram> ReceiveFrom(Socket socket, Memory<byte> buffer)
    {
        PrepareForDatagrams(socket);
        var sender = new SocketAddress(socket.AddressFamily);
        var received = await ReceiveFrom(socket, buffer, sender);
        return new ReceivedDatagram(received.Length, DatagramCalls.EndPointOf(sender), received.IsTruncated);
    }

    /// <summary>As <see cref="SendTo(Socket, ReadOnlyMemory{byte}, SocketAddress)"/>, on a socket that is known to be one for datagrams.</summary>
    /// <param name="socket">Non-blocking.</param>
    /// <param name="datagram">The bytes.</param>
    /// <param name="remote">Null if the socket is connected.</param>
    [Coroutine]
    internal async Coroutine SendDatagram(Socket socket, ReadOnlyMemory<byte> datagram, SocketAddress? remote)
    {
        VerifyAccess();
        while (IsShareUsedUp)
            await Coroutine.Yield();
        while (!DatagramCalls.TrySend(socket, datagram.Span, remote))
        {
            // To a socket that is not connected, "writable" says nothing of the receiver it means.
            if (remote is not null && socket.AddressFamily == AddressFamily.Unix)
                await Coroutine.Delay(s_fullReceiverRetry);
            else
                await Writable(socket);
        }
    }

    private void PrepareForDatagrams(Socket socket)
    {
        Prepare(socket);
        // Of a stream such a call would drop bytes, or send some and say nothing of the rest.
        if (socket.SocketType == SocketType.Stream)
            throw new InvalidOperationException("This socket is one for streams, which have no datagrams: use SendAll and Receive.");
    }
}
