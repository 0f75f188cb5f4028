using System.Net;
using System.Net.Sockets;

namespace Coroutines;

/// <summary>A connection: TCP, or a Unix domain socket. Belongs to one loop; loop thread only.</summary>
/// <remarks>What <see cref="ByteStream"/> says of reading, writing and cancelling holds here. An idle connection holds no buffer.</remarks>
public sealed partial class SocketStream : ByteStream
{
    private readonly TimeSpan _lingerTime;
    private readonly bool _isTcp;

    /// <summary>What the system receives while nobody asks for it. Null until the first wait, and where the system cannot.</summary>
    private ReceiveAhead? _ahead;

    /// <summary>Makes a stream of a connected socket, which it owns from now on. Coroutines of the running loop use it.</summary>
    /// <param name="socket">A connected stream socket. It becomes non-blocking.</param>
    /// <param name="options">The stream's sizes.</param>
    /// <exception cref="ArgumentException">The socket is not a stream socket.</exception>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public SocketStream(Socket socket, ByteStreamOptions? options = null)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.SocketType != SocketType.Stream)
            throw new ArgumentException("A stream needs a stream socket.", nameof(socket));
        NonBlockingSocket.Prepare(socket);
        _isTcp = NonBlockingSocket.IsTcp(socket);
        if (_isTcp)
            socket.NoDelay = true;
        Socket = socket;
        _lingerTime = (options ?? ByteStreamOptions.Default).LingerTime;
    }

    /// <summary>The socket, for its options and addresses. Receiving and sending are the stream's.</summary>
    public Socket Socket { get; }

    /// <summary>Connects to an address. Suspends until the connection is made or refused. Cancelled, it makes none.</summary>
    /// <param name="remote">An address and port, or a path (<see cref="UnixDomainSocketEndPoint"/>); a <see cref="DnsEndPoint"/> is resolved.</param>
    /// <param name="options">The stream's sizes.</param>
    /// <returns>The connection, to be disposed.</returns>
    /// <exception cref="SocketException">The connection was refused, timed out, or cannot be made.</exception>
    [Coroutine]
    public static async Coroutine<SocketStream> Connect(EndPoint remote, ByteStreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(remote);
        if (remote is DnsEndPoint name)
            return await Connect(name.Host, name.Port, options);
        var socket = NewSocket(remote.AddressFamily);
        try
        {
            await EventLoop.Current.Connect(socket, remote);
            return new SocketStream(socket, options);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Connects to a host. A name is resolved by the system on another thread, and its addresses are tried in turn, each a quarter of a second after the one before or as soon as that has failed; the first
    /// connection is taken (RFC 8305). Suspends until then. Cancelled, it makes none.
    /// </summary>
    /// <param name="host">A name, or an address.</param>
    /// <param name="port">The port.</param>
    /// <param name="options">The stream's sizes.</param>
    /// <returns>The connection, to be disposed.</returns>
    /// <exception cref="SocketException">The name is not known, or no address could be connected to: why not the first one.</exception>
    [Coroutine]
    public static async Coroutine<SocketStream> Connect(string host, int port, ByteStreamOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        if (IPAddress.TryParse(host, out var address))
            return await Connect(new IPEndPoint(address, port), options);
        var addresses = await HappyEyeballs.Resolve(host);
        return new SocketStream(await HappyEyeballs.Connect(addresses, port), options);
    }

    internal static Socket NewSocket(AddressFamily family) =>
        new(family, SocketType.Stream, family == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);

    // As Loop.Receive, but of what was received ahead first.
    [Coroutine]
    private protected override async Coroutine<int> ReceiveCore(Memory<byte> buffer)
    {
        if (Loop.IsDrained(Socket))
            await Arrival();
        while (true)
        {
            while (Loop.IsShareUsedUp)
                await Coroutine.Yield();
            if (TryReceive(buffer.Span, out int received))
                return received;
            await Arrival();
        }
    }

    // And no buffer is rented before there is something to put in.
    [Coroutine]
    private protected override async Coroutine<int> FillCore()
    {
        if (Loop.IsDrained(Socket))
            await Arrival();
        while (true)
        {
            while (Loop.IsShareUsedUp)
                await Coroutine.Yield();
            if (TryFill(out int received))
                return received;
            await Arrival();
        }
    }

    private protected override Coroutine SendCore(ReadOnlyMemory<byte> bytes) => Loop.SendAll(Socket, bytes);

    private protected override int SendNow(ReadOnlySpan<byte> bytes) => Loop.Sockets.TrySend(Socket, bytes, out int sent) ? sent : 0;

    [Coroutine]
    private protected override async Coroutine CompleteCore() => Socket.Shutdown(SocketShutdown.Send);

    [Coroutine]
    private protected override async Coroutine EndCore()
    {
        // What has arrived is then either here or in the socket.
        _ahead?.Stop();
        if (_lingerTime == TimeSpan.Zero || (Input.IsEmpty && _ahead is not { Length: > 0 } && Socket.Available == 0))
            return;
        await Coroutine.MoveOnAfter(Discard(), _lingerTime);
    }

    private protected override void CloseCore()
    {
        if (_ahead is { } ahead)
            Forget(ahead);
        Socket.Dispose();
    }

    private void Forget(ReceiveAhead ahead)
    {
        // The request would keep the connection open behind the closed socket.
        ahead.Stop();
        // A connection that is closed while bytes are unread is reset. The system cannot know of these.
        if (ahead.Length > 0 && !Socket.SafeHandle.IsClosed)
            Socket.LingerState = new LingerOption(true, 0);
        ahead.Clear();
    }

    // See ByteStreamOptions.LingerTime. The peer ends when it has read everything.
    [Coroutine]
    private async Coroutine Discard()
    {
        try
        {
            if (!IsCompleted)
                Socket.Shutdown(SocketShutdown.Send);
            do
                ReleaseInput();
            while (await FillCore() > 0);
        }
        catch (SocketException)
        {
            // It has gone, and reads nothing more.
        }
        catch (InvalidOperationException)
        {
            // Somebody is reading still, and takes what comes until the stream is closed.
        }
    }

    private ReadinessAwaitable Arrival()
    {
        // Of a local connection Linux 6.18 does not report an end that came together with the last data.
        if (_isTcp)
            _ahead ??= Loop.Reactor.ReceiveAhead(Socket.SafeHandle);
        return Loop.Readable(Socket);
    }

    private bool TryReceive(Span<byte> room, out int received)
    {
        received = 0;
        if (_ahead is { } ahead)
        {
            if (ahead.TryTake(room, out received))
                return true;
            if (ahead.IsUnderWay)
                return false;
        }

        if (!Loop.Sockets.TryReceive(Socket, room, out received))
            return false;
        Loop.NoteReceived(Socket, received, room.Length);
        return true;
    }

    private bool TryFill(out int received)
    {
        received = 0;
        if (_ahead is { MustWait: true })
            return false;
        var room = Input.Room(ReadSize).Span;
        bool isReceived = false;
        try
        {
            isReceived = TryReceive(room, out received);
        }
        finally
        {
            if (!isReceived && Input.IsEmpty)
                Input.Release();
        }

        if (!isReceived)
            return false;
        Input.Add(received);
        if (received == 0 && Input.IsEmpty)
            Input.Release();
        return true;
    }
}
