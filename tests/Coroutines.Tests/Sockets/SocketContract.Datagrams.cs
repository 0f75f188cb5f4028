using System.Net;
using System.Net.Sockets;
using Coroutines.Tests.Reactors;

namespace Coroutines.Tests.Sockets;

// Single datagrams, with addresses and with end points.
public abstract partial class SocketContract
{
    [Fact]
    public void A_datagram_arrives_with_an_address_that_can_be_answered()
    {
        using var near = NewDatagramSocket();
        using var far = NewDatagramSocket();
        var from = new SocketAddress(AddressFamily.InterNetwork);
        var buffer = new byte[10];
        var receiving = _loop.Spawn(_io.ReceiveFrom(far, buffer, from));
        TurnUntilIdle();
        _loop.RunUntilComplete(_io.SendTo(near, "ask"u8.ToArray(), far.LocalEndPoint!.Serialize()));
        Assert.Equal(new ReceivedLength(3, false), _loop.RunUntilComplete(Await(receiving)));
        Assert.Equal("ask"u8, buffer.AsSpan(0, 3));
        Assert.Equal(near.LocalEndPoint!.Serialize(), from);

        _loop.RunUntilComplete(_io.SendTo(far, "answer"u8.ToArray(), from));
        Assert.Equal(new ReceivedDatagram(6, far.LocalEndPoint, false), _loop.RunUntilComplete(_io.ReceiveFromEndPoint(near, buffer)));
        Assert.Equal("answer"u8, buffer.AsSpan(0, 6));
    }

    [Fact]
    public void A_datagram_that_does_not_fit_is_told_and_the_next_one_is_whole()
    {
        using var near = NewDatagramSocket();
        using var far = NewDatagramSocket();
        foreach (int length in new[] { 5, 3, 0, 4 })
            _loop.RunUntilComplete(_io.SendToEndPoint(near, new byte[length], far.LocalEndPoint!));
        var from = new SocketAddress(AddressFamily.InterNetwork);
        var buffer = new byte[3];
        Assert.Equal(new ReceivedLength(3, true), _loop.RunUntilComplete(_io.ReceiveFrom(far, buffer, from)));
        Assert.Equal(new ReceivedLength(3, false), _loop.RunUntilComplete(_io.ReceiveFrom(far, buffer, from)));
        Assert.Equal(new ReceivedDatagram(0, near.LocalEndPoint, false), _loop.RunUntilComplete(_io.ReceiveFromEndPoint(far, buffer)));
        Assert.Equal(new ReceivedDatagram(3, near.LocalEndPoint, true), _loop.RunUntilComplete(_io.ReceiveFromEndPoint(far, buffer)));
    }

    [Fact]
    public void A_dual_mode_socket_sends_to_an_IPv4_end_point_and_hears_from_one()
    {
        using var near = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { DualMode = true };
        near.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        using var far = NewDatagramSocket();
        _loop.RunUntilComplete(_io.SendToEndPoint(near, new byte[1], far.LocalEndPoint!));
        var asked = _loop.RunUntilComplete(_io.ReceiveFromEndPoint(far, new byte[1]));
        _loop.RunUntilComplete(_io.SendToEndPoint(far, new byte[1], asked.RemoteEndPoint!));
        var answered = _loop.RunUntilComplete(_io.ReceiveFromEndPoint(near, new byte[1]));
        Assert.Equal(IPAddress.Loopback.MapToIPv6(), ((IPEndPoint)answered.RemoteEndPoint!).Address);
    }

    [Fact]
    public void A_cancelled_wait_for_a_datagram_takes_none_and_leaves_nothing_registered()
    {
        using var near = NewDatagramSocket();
        using var far = NewDatagramSocket();
        var cancelled = _loop.Spawn(_io.ReceiveFromEndPoint(far, new byte[1]));
        TurnUntilIdle();
        Assert.True(_loop.Reactor.HasInterest);
        var refusal = Assert.Throws<InvalidOperationException>(() => _loop.RunUntilComplete(_io.ReceiveFromEndPoint(far, new byte[1])));
        Assert.Contains("Only one may at a time", refusal.Message);
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _loop.RunUntilComplete(Await(cancelled)));
        Assert.False(_loop.Reactor.HasInterest);
        _loop.RunUntilComplete(_io.SendToEndPoint(near, new byte[1], far.LocalEndPoint!));
        Assert.Equal(1, _loop.RunUntilComplete(_io.ReceiveFromEndPoint(far, new byte[1])).Length);
    }

    [Fact]
    public void Closing_a_socket_fails_whoever_waits_for_a_datagram()
    {
        using var socket = NewDatagramSocket();
        _loop.Spawn(Report("receive", Ignore(_io.ReceiveFromEndPoint(socket, new byte[1]))));
        TurnUntilIdle();
        socket.Dispose();
        TurnUntil(() => _trace.Count == 1);
        Assert.Equal(["receive ObjectDisposedException"], _trace);
        Assert.False(_loop.Reactor.HasInterest);
    }

    [Fact]
    public void A_local_receiver_that_is_full_makes_every_sender_wait_and_a_cancelled_one_has_sent_nothing()
    {
        var address = new UnixDomainSocketEndPoint(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        using var receiver = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        receiver.Bind(address);
        using var first = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        using var second = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        first.Blocking = false;
        int fitted = 0;
        while (DatagramCalls.TrySend(first, [1], address.Serialize()))
            fitted++;

        var cancelled = _loop.Spawn(_io.SendToEndPoint(first, new byte[] { 2 }, address));
        var waiting = _loop.Spawn(_io.SendTo(second, new byte[] { 3 }, address.Serialize()));
        TurnUntilIdle();
        Assert.False(waiting.IsCompleted);
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _loop.RunUntilComplete(Await(cancelled)));
        var from = new SocketAddress(AddressFamily.Unix);
        var buffer = new byte[1];
        for (int i = 0; i < fitted; i++)
        {
            Assert.Equal(new ReceivedLength(1, false), _loop.RunUntilComplete(_io.ReceiveFrom(receiver, buffer, from)));
            Assert.Equal(1, buffer[0]);
        }

        _loop.RunUntilComplete(Await(waiting));
        Assert.Equal(new ReceivedDatagram(1, null, false), _loop.RunUntilComplete(_io.ReceiveFromEndPoint(receiver, buffer)));
        Assert.Equal(3, buffer[0]);
        Assert.Equal(0, receiver.Available);
        File.Delete(address.ToString());
    }

    [Fact]
    public void A_sender_and_a_receiver_that_never_have_to_wait_let_others_run()
    {
        using var near = NewDatagramSocket();
        using var far = NewDatagramSocket();
        _loop.Spawn(ExchangeSingly(near, far, Flood / 2));
        _loop.RunUntilComplete(WatchEveryTurn(Flood));
        Assert.Equal(["64", "128", "150"], _trace);
    }

    [Coroutine]
    private async Coroutine ExchangeSingly(Socket near, Socket far, int times)
    {
        var buffer = new byte[1];
        var target = far.LocalEndPoint!.Serialize();
        var from = new SocketAddress(AddressFamily.InterNetwork);
        for (int i = 0; i < times; i++)
        {
            await _io.SendTo(near, buffer, target);
            Done(1);
            Done((await _io.ReceiveFrom(far, buffer, from)).Length);
        }
    }

    [Fact]
    public void Misuse_of_datagrams_is_answered()
    {
        using var socket = NewDatagramSocket();
        using var stream = LoopbackPair.NewSocket();
        var address = socket.LocalEndPoint!.Serialize();
        Assert.Throws<ArgumentNullException>(() => _loop.RunUntilComplete(_io.SendTo(null!, new byte[1], address)));
        Assert.Throws<ArgumentNullException>(() => _loop.RunUntilComplete(_io.SendTo(socket, new byte[1], null!)));
        Assert.Throws<ArgumentNullException>(() => _loop.RunUntilComplete(_io.SendToEndPoint(socket, new byte[1], null!)));
        Assert.Throws<ArgumentNullException>(() => _loop.RunUntilComplete(_io.ReceiveFrom(socket, new byte[1], null!)));
        Assert.Throws<ArgumentException>(() => _loop.RunUntilComplete(_io.SendToEndPoint(socket, new byte[1], new DnsEndPoint("localhost", 1))));
        var room = Assert.Throws<ArgumentException>(() => _loop.RunUntilComplete(_io.ReceiveFrom(socket, new byte[1], new SocketAddress(AddressFamily.InterNetwork, 4))));
        Assert.Contains("new SocketAddress(AddressFamily.InterNetwork)", room.Message);
        Assert.Contains("SendAll", Assert.Throws<InvalidOperationException>(() => _loop.RunUntilComplete(_io.SendTo(stream, new byte[1], address))).Message);
        Assert.Contains("Receive", Assert.Throws<InvalidOperationException>(() => _loop.RunUntilComplete(_io.ReceiveFromEndPoint(stream, new byte[1]))).Message);
        Assert.Equal(
            SocketError.MessageSize,
            Assert.Throws<SocketException>(() => _loop.RunUntilComplete(_io.SendTo(socket, new byte[70_000], address))).SocketErrorCode);
        using (var other = new EventLoop())
            Assert.Throws<InvalidOperationException>(() => other.RunUntilComplete(OnAnotherThread(_io.SendTo(socket, new byte[1], address))));
        socket.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _loop.RunUntilComplete(_io.SendTo(socket, new byte[1], address)));
        Assert.Throws<ObjectDisposedException>(() => _loop.RunUntilComplete(_io.ReceiveFromEndPoint(socket, new byte[1])));
    }

    // Awaited where another loop runs, it is refused before it does anything.
    [Coroutine]
    private static async Coroutine OnAnotherThread(Coroutine operation)
    {
        Exception? refusal = null;
        await EventLoop.Current.RunInExecutor(() =>
        {
            using var loop = new EventLoop();
            refusal = Record.Exception(() => loop.RunUntilComplete(operation));
        });
        if (refusal is not null)
            throw refusal;
    }

    private static Socket NewDatagramSocket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
