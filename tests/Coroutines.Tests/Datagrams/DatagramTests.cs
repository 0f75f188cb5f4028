using System.Net;
using System.Net.Sockets;
using Coroutines.Tests.Allocation;
using Coroutines.Tests.Sockets;
using Coroutines.Tests.Streams;

namespace Coroutines.Tests.Datagrams;

public abstract partial class DatagramTests(ReactorKind reactor)
{
    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    [Fact]
    public void Datagrams_arrive_whole_with_their_sender() => EventLoop.Run(Exchange(), _options);

    [Fact]
    public void A_connected_socket_speaks_to_one_peer() => EventLoop.Run(Connected(), _options);

    [Fact]
    public void An_empty_datagram_is_one() => EventLoop.Run(Empty(), _options);

    [Fact]
    public void What_does_not_fit_is_cut_off_and_told() => EventLoop.Run(Truncated(), _options);

    [Fact]
    public void A_datagram_that_is_too_long_is_refused_and_the_socket_goes_on() => EventLoop.Run(TooLong(), _options);

    [Fact]
    public void Nobody_at_a_connected_address_is_told_and_the_socket_goes_on() => EventLoop.Run(Nobody(), _options);

    [Fact]
    public void A_cancelled_receive_loses_nothing() => EventLoop.Run(Cancelled(), _options);

    [Fact]
    public void Disposing_ends_who_waits() => EventLoop.Run(Disposed(), _options);

    [Fact]
    public void Local_sockets_have_paths_or_no_name()
    {
        var path = StreamPair.EndPointOf(Transport.Unix);
        EventLoop.Run(Local(path), _options);
        Assert.False(File.Exists(path.ToString()));
    }

    [Fact]
    public void A_path_as_long_as_the_system_allows_is_received()
    {
        var path = new LongestPath();
        EventLoop.Run(FromLongestPath(path), _options);
        File.Delete(path.ToString());
    }

    [Fact]
    public void A_dual_mode_socket_speaks_IPv4() => EventLoop.Run(DualMode(), _options);

    [Fact]
    public void A_name_must_be_awaited() => EventLoop.Run(Names(), _options);

    [Fact]
    public void An_end_point_that_is_changed_means_another_address() => EventLoop.Run(Changed(), _options);

    [Fact]
    public void Another_thread_may_not_close_it() => EventLoop.Run(ClosedElsewhere(), _options);

    [Fact]
    public void An_exchange_with_the_same_peer_allocates_nothing() => Allocations.AssertNone(() => EventLoop.Run(Allocated(), _options));

    private static readonly IPEndPoint s_any = new(IPAddress.Loopback, 0);

    [Coroutine]
    private static async Coroutine Exchange()
    {
        using var near = DatagramSocket.Bind(s_any);
        using var far = DatagramSocket.Bind(s_any);
        byte[] buffer = new byte[100];
        var receiving = EventLoop.Current.Spawn(far.Receive(buffer));
        await Coroutine.UntilIdle();
        await near.SendTo("one"u8.ToArray(), far.LocalEndPoint);
        await near.SendTo("two2"u8.ToArray(), far.LocalEndPoint);
        Assert.Equal(new ReceivedDatagram(3, near.LocalEndPoint, false), await receiving);
        Assert.Equal("one"u8.ToArray(), buffer[..3]);
        var second = await far.Receive(buffer);
        Assert.Equal("two2"u8.ToArray(), buffer[..second.Length]);
        await far.SendTo("back"u8.ToArray(), second.RemoteEndPoint!);
        Assert.Equal(new ReceivedDatagram(4, far.LocalEndPoint, false), await near.Receive(buffer));
    }

    [Coroutine]
    private static async Coroutine Changed()
    {
        using var near = DatagramSocket.Bind(s_any);
        using var first = DatagramSocket.Bind(s_any);
        using var second = DatagramSocket.Bind(s_any);
        var target = (IPEndPoint)first.LocalEndPoint;
        await near.SendTo("to the first"u8.ToArray(), target);
        await near.SendTo("and again"u8.ToArray(), target);
        target.Port = ((IPEndPoint)second.LocalEndPoint).Port;
        await near.SendTo("to the second"u8.ToArray(), target);
        byte[] buffer = new byte[20];
        Assert.Equal(13, (await second.Receive(buffer)).Length);
        // What was received is its receiver's, too.
        var sender = (IPEndPoint)(await first.Receive(buffer)).RemoteEndPoint!;
        sender.Port = 1;
        Assert.Equal(new ReceivedDatagram(9, near.LocalEndPoint, false), await first.Receive(buffer));
    }

    [Coroutine]
    private static async Coroutine ClosedElsewhere()
    {
        using var socket = DatagramSocket.Bind(s_any);
        Assert.IsType<InvalidOperationException>(await Task.Run(() => Record.Exception(socket.Dispose)));
        Assert.False(socket.Socket.SafeHandle.IsClosed);
    }

    [Coroutine]
    private static async Coroutine Connected()
    {
        using var server = DatagramSocket.Bind(s_any);
        using var client = await DatagramSocket.Connect("127.0.0.1", ((IPEndPoint)server.LocalEndPoint).Port);
        using var stranger = DatagramSocket.Bind(s_any);
        await stranger.SendTo("not for you"u8.ToArray(), client.LocalEndPoint);
        await client.Send("hello"u8.ToArray());
        byte[] buffer = new byte[100];
        var greeting = await server.Receive(buffer);
        await server.SendTo(buffer.AsMemory(0, greeting.Length), greeting.RemoteEndPoint!);
        Assert.Equal(new ReceivedDatagram(5, server.LocalEndPoint, false), await client.Receive(buffer));
    }

    [Coroutine]
    private static async Coroutine Empty()
    {
        using var near = DatagramSocket.Bind(s_any);
        using var far = DatagramSocket.Bind(s_any);
        await near.SendTo(ReadOnlyMemory<byte>.Empty, far.LocalEndPoint);
        await near.SendTo("x"u8.ToArray(), far.LocalEndPoint);
        byte[] buffer = new byte[10];
        Assert.Equal(new ReceivedDatagram(0, near.LocalEndPoint, false), await far.Receive(buffer));
        Assert.Equal(new ReceivedDatagram(1, near.LocalEndPoint, false), await far.Receive(buffer));
    }

    [Coroutine]
    private static async Coroutine Truncated()
    {
        using var near = DatagramSocket.Bind(s_any);
        using var far = DatagramSocket.Bind(s_any);
        await near.SendTo("12345"u8.ToArray(), far.LocalEndPoint);
        await near.SendTo("123"u8.ToArray(), far.LocalEndPoint);
        byte[] buffer = new byte[3];
        Assert.Equal(new ReceivedDatagram(3, near.LocalEndPoint, true), await far.Receive(buffer));
        Assert.Equal(new ReceivedDatagram(3, near.LocalEndPoint, false), await far.Receive(buffer));
    }

    [Coroutine]
    private static async Coroutine TooLong()
    {
        using var near = DatagramSocket.Bind(s_any);
        using var far = DatagramSocket.Bind(s_any);
        var refused = await ReadingTests.Refused<SocketException>(near.SendTo(new byte[70_000], far.LocalEndPoint));
        Assert.Equal(SocketError.MessageSize, refused.SocketErrorCode);
        await near.SendTo("short"u8.ToArray(), far.LocalEndPoint);
        Assert.Equal(5, (await far.Receive(new byte[10])).Length);
        var unconnected = await ReadingTests.Refused<SocketException>(near.Send("x"u8.ToArray()));
        Assert.Contains(unconnected.SocketErrorCode, new[] { SocketError.NotConnected, SocketError.DestinationAddressRequired });
    }

    [Coroutine]
    private static async Coroutine Nobody()
    {
        EndPoint gone;
        using (var nobody = DatagramSocket.Bind(s_any))
            gone = nobody.LocalEndPoint;
        using var socket = DatagramSocket.Connect(gone);
        await socket.Send("anybody?"u8.ToArray());
        var refused = await ReadingTests.Refused<SocketException>(Receive(socket));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        using var somebody = DatagramSocket.Bind(gone);
        await socket.Send("anybody?"u8.ToArray());
        Assert.Equal(8, (await somebody.Receive(new byte[10])).Length);
    }

    [Coroutine]
    private static async Coroutine Receive(DatagramSocket socket) => await socket.Receive(new byte[10]);

    [Coroutine]
    private static async Coroutine Cancelled()
    {
        using var near = DatagramSocket.Bind(s_any);
        using var far = DatagramSocket.Bind(s_any);
        byte[] buffer = new byte[10];
        for (byte i = 0; i < 10; i++)
        {
            Assert.False((await Coroutine.MoveOnAfter(far.Receive(buffer), TimeSpan.Zero)).Finished);
            await near.SendTo(new[] { i }, far.LocalEndPoint);
            Assert.Equal(1, (await far.Receive(buffer)).Length);
            Assert.Equal(i, buffer[0]);
        }
    }

    [Coroutine]
    private static async Coroutine Disposed()
    {
        var socket = DatagramSocket.Bind(s_any);
        var receiving = EventLoop.Current.Spawn(Receive(socket));
        await Coroutine.UntilIdle();
        socket.Dispose();
        await ReadingTests.Refused<ObjectDisposedException>(Await(receiving));
        await ReadingTests.Refused<ObjectDisposedException>(Receive(socket));

        static async Coroutine Await(CoroutineTask task) => await task;
    }

    [Coroutine]
    private static async Coroutine Local(EndPoint path)
    {
        using var server = DatagramSocket.Bind(path);
        using var nameless = DatagramSocket.Connect(path);
        byte[] buffer = new byte[10];
        await nameless.Send("hello"u8.ToArray());
        Assert.Equal(new ReceivedDatagram(5, null, false), await server.Receive(buffer));

        using var named = DatagramSocket.Bind(StreamPair.EndPointOf(Transport.Unix));
        await named.SendTo("hi"u8.ToArray(), path);
        var received = await server.Receive(buffer);
        Assert.Equal(named.LocalEndPoint.ToString(), received.RemoteEndPoint!.ToString());
        await server.SendTo("hi"u8.ToArray(), received.RemoteEndPoint!);
        Assert.Equal(2, (await named.Receive(buffer)).Length);
    }

    // The system adds a zero to such a path, and counts it, though there is no room for it in an address.
    [Coroutine]
    private static async Coroutine FromLongestPath(EndPoint path)
    {
        using var server = DatagramSocket.Bind(StreamPair.EndPointOf(Transport.Unix));
        using var client = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        client.Bind(path);
        await EventLoop.Current.SendTo(client, "hi"u8.ToArray(), server.LocalEndPoint);
        var received = await server.Receive(new byte[10]);
        Assert.Equal(2, received.Length);
        Assert.Equal(path.ToString(), received.RemoteEndPoint!.ToString());
    }

    [Coroutine]
    private static async Coroutine DualMode()
    {
        using var server = DatagramSocket.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        using var client = DatagramSocket.Bind(s_any);
        await client.SendTo("v4"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)server.LocalEndPoint).Port));
        byte[] buffer = new byte[10];
        var received = await server.Receive(buffer);
        await server.SendTo("back"u8.ToArray(), client.LocalEndPoint);
        Assert.Equal(IPAddress.Loopback.MapToIPv6(), ((IPEndPoint)received.RemoteEndPoint!).Address);
        Assert.Equal(4, (await client.Receive(buffer)).Length);
    }

    [Coroutine]
    private static async Coroutine Names()
    {
        Assert.Contains("Connect(host, port)", Assert.Throws<ArgumentException>(() => DatagramSocket.Connect(new DnsEndPoint("localhost", 1))).Message, StringComparison.Ordinal);
        using var socket = await DatagramSocket.Connect("localhost", 9);
        Assert.True(IPAddress.IsLoopback(((IPEndPoint)socket.Socket.RemoteEndPoint!).Address));
    }

    [Coroutine]
    private static async Coroutine<long> Allocated()
    {
        using var near = DatagramSocket.Bind(s_any);
        using var far = DatagramSocket.Bind(s_any);
        var target = far.LocalEndPoint;
        byte[] question = new byte[100];
        byte[] answer = new byte[100];
        long before = 0;
        for (int i = 0; i < 4_000; i++)
        {
            if (i == 2_000)
                before = GC.GetAllocatedBytesForCurrentThread();
            await near.SendTo(question, target);
            var received = await far.Receive(answer);
            await far.SendTo(answer.AsMemory(0, received.Length), received.RemoteEndPoint!);
            await near.Receive(answer);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
