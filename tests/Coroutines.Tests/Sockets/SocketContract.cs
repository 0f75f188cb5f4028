using System.Net;
using System.Net.Sockets;
using Coroutines.Tests.Reactors;

namespace Coroutines.Tests.Sockets;

/// <summary>The loop's socket operations over loopback, in one of their two lowerings.</summary>
public abstract partial class SocketContract : IDisposable
{
    private readonly EventLoop _loop = new();
    private readonly SocketOperations _io;
    private readonly List<string> _trace = [];

    protected SocketContract() => _io = Lower(_loop);

    protected abstract SocketOperations Lower(EventLoop loop);

    public void Dispose()
    {
        _loop.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void An_echo_goes_round()
    {
        using var listener = LoopbackPair.Listen();
        using var client = LoopbackPair.NewSocket();
        _loop.Spawn(EchoOne(listener));
        _loop.RunUntilComplete(AskEcho(client, listener.LocalEndPoint!));
        Assert.Equal(["connected", "hello", "end"], _trace);
    }

    [Coroutine]
    private async Coroutine EchoOne(Socket listener)
    {
        using var connection = await _io.Accept(listener);
        var buffer = new byte[100];
        for (; ; )
        {
            int count = await _io.Receive(connection, buffer);
            if (count == 0)
                break;
            await _io.SendAll(connection, buffer.AsMemory(0, count));
        }
    }

    [Coroutine]
    private async Coroutine AskEcho(Socket client, EndPoint remote)
    {
        await _io.Connect(client, remote);
        _trace.Add(client.Connected && client.RemoteEndPoint!.Equals(remote) && client.LocalEndPoint is not null ? "connected" : "not connected");
        await _io.SendAll(client, "hello"u8.ToArray());
        var buffer = new byte[100];
        int count = await _io.Receive(client, buffer);
        _trace.Add(System.Text.Encoding.ASCII.GetString(buffer, 0, count));
        client.Shutdown(SocketShutdown.Send);
        _trace.Add(await _io.Receive(client, buffer) == 0 ? "end" : "more");
    }

    [Fact]
    public void Much_more_than_the_buffers_hold_goes_both_ways_at_once()
    {
        const int size = 8 << 20;
        using var pair = LoopbackPair.Connect(s => { s.SendBufferSize = 8192; s.ReceiveBufferSize = 8192; });
        var there = Bytes(size, seed: 1);
        var back = Bytes(size, seed: 2);
        var received = new byte[2][];
        _loop.Spawn(SendThenShut(pair.Near, there));
        _loop.Spawn(SendThenShut(pair.Far, back));
        _loop.Spawn(ReceiveAll(pair.Near, received, 0));
        _loop.RunUntilComplete(ReceiveAll(pair.Far, received, 1));
        TurnUntil(() => received[0] is not null);
        Assert.True(received[0].AsSpan().SequenceEqual(back));
        Assert.True(received[1].AsSpan().SequenceEqual(there));
    }

    [Coroutine]
    private async Coroutine SendThenShut(Socket socket, byte[] bytes)
    {
        await _io.SendAll(socket, bytes);
        socket.Shutdown(SocketShutdown.Send);
    }

    [Coroutine]
    private async Coroutine ReceiveAll(Socket socket, byte[][] results, int index)
    {
        var all = new MemoryStream();
        var buffer = new byte[20_000];
        for (; ; )
        {
            int count = await _io.Receive(socket, buffer);
            if (count == 0)
                break;
            all.Write(buffer, 0, count);
        }

        results[index] = all.ToArray();
    }

    [Fact]
    public void Many_connections_are_accepted_and_served()
    {
        const int clients = 300;
        using var listener = LoopbackPair.Listen();
        var served = new int[1];
        _loop.Spawn(AcceptMany(listener, clients));
        for (int i = 0; i < clients; i++)
            _loop.Spawn(OneClient(listener.LocalEndPoint!, i, served));
        TurnUntil(() => served[0] == clients);
    }

    [Coroutine]
    private async Coroutine AcceptMany(Socket listener, int count)
    {
        for (int i = 0; i < count; i++)
            _ = _loop.Spawn(EchoAndClose(await _io.Accept(listener)));
    }

    [Coroutine]
    private async Coroutine EchoAndClose(Socket connection)
    {
        using (connection)
        {
            var buffer = new byte[4];
            int count = await _io.Receive(connection, buffer);
            await _io.SendAll(connection, buffer.AsMemory(0, count));
        }
    }

    [Coroutine]
    private async Coroutine OneClient(EndPoint remote, int number, int[] served)
    {
        using var socket = LoopbackPair.NewSocket();
        await _io.Connect(socket, remote);
        await _io.SendAll(socket, BitConverter.GetBytes(number));
        var answer = new byte[4];
        Assert.Equal(4, await _io.Receive(socket, answer));
        Assert.Equal(number, BitConverter.ToInt32(answer));
        served[0]++;
    }

    [Fact]
    public void A_refused_connection_says_so_and_the_socket_can_try_again()
    {
        using var closed = LoopbackPair.NewSocket();
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var listener = LoopbackPair.Listen();
        using var client = LoopbackPair.NewSocket();
        var refusal = Assert.Throws<SocketException>(() => _loop.RunUntilComplete(_io.Connect(client, closed.LocalEndPoint!)));
        Assert.Equal(SocketError.ConnectionRefused, refusal.SocketErrorCode);
        Assert.False(client.Connected);
        _loop.RunUntilComplete(_io.Connect(client, listener.LocalEndPoint!));
        Assert.True(client.Connected);
        Assert.Equal(listener.LocalEndPoint, client.RemoteEndPoint);
    }

    [Fact]
    public void Connecting_twice_is_an_error()
    {
        using var listener = LoopbackPair.Listen();
        using var client = LoopbackPair.NewSocket();
        _loop.RunUntilComplete(_io.Connect(client, listener.LocalEndPoint!));
        var error = Assert.Throws<SocketException>(() => _loop.RunUntilComplete(_io.Connect(client, listener.LocalEndPoint!)));
        Assert.Equal(SocketError.IsConnected, error.SocketErrorCode);
        Assert.True(client.Connected);
    }

    [Fact]
    public void A_dual_mode_socket_connects_to_an_IPv4_address()
    {
        using var listener = LoopbackPair.Listen();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        Assert.Equal(AddressFamily.InterNetworkV6, client.AddressFamily);
        _loop.RunUntilComplete(_io.Connect(client, listener.LocalEndPoint!));
        Assert.True(client.Connected);
    }

    [Fact]
    public void A_host_name_is_refused()
    {
        using var client = LoopbackPair.NewSocket();
        Assert.Throws<ArgumentException>(() => _loop.RunUntilComplete(_io.Connect(client, new DnsEndPoint("localhost", 1))));
    }

    [Fact]
    public void A_local_socket_waits_for_room_in_the_backlog()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(0);
        var done = new int[1];
        for (int i = 0; i < 5; i++)
            _loop.Spawn(ConnectLocal(path, done));
        for (int i = 0; i < 5; i++)
            _loop.RunUntilComplete(_io.Accept(listener));
        TurnUntil(() => done[0] == 5);
    }

    [Coroutine]
    private async Coroutine ConnectLocal(string path, int[] done)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await _io.Connect(socket, new UnixDomainSocketEndPoint(path));
        Assert.True(socket.Connected);
        done[0]++;
    }

    [Fact]
    public void A_cancelled_receive_takes_nothing_and_leaves_the_socket_usable()
    {
        using var pair = LoopbackPair.Connect();
        var cancelled = _loop.Spawn(_io.Receive(pair.Near, new byte[10]));
        TurnUntilIdle();
        Assert.True(_loop.Reactor.HasInterest);
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => _loop.RunUntilComplete(Await(cancelled)));
        Assert.False(_loop.Reactor.HasInterest);

        pair.Far.Send([1, 2, 3]);
        Assert.Equal(3, _loop.RunUntilComplete(_io.Receive(pair.Near, new byte[10])));
    }

    [Fact]
    public void A_cancelled_connect_leaves_nothing_registered()
    {
        // The system drops attempts beyond a full backlog, so that they stay under way.
        using var listener = LoopbackPair.NewSocket();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var sockets = Enumerable.Range(0, 5).Select(_ => LoopbackPair.NewSocket()).ToArray();
        var attempts = sockets.Select(s => _loop.Spawn(_io.Connect(s, listener.LocalEndPoint!))).ToArray();
        TurnUntilIdle();
        Assert.True(_loop.Reactor.HasInterest);
        foreach (var attempt in attempts)
            attempt.Cancel();
        TurnUntilIdle();
        Assert.False(_loop.Reactor.HasInterest);
        Assert.Equal(0, _loop.TaskCount);
        foreach (var socket in sockets)
            socket.Dispose();
    }

    [Fact]
    public void Cancelling_leaves_nothing_registered_in_either_direction()
    {
        using var pair = LoopbackPair.Connect(s => { s.SendBufferSize = 8192; s.ReceiveBufferSize = 8192; });
        using var listener = LoopbackPair.Listen();
        var send = _loop.Spawn(_io.SendAll(pair.Near, new byte[10_000_000]));
        var receive = _loop.Spawn(_io.Receive(pair.Near, new byte[10]));
        var accept = _loop.Spawn(_io.Accept(listener));
        TurnUntilIdle();
        Assert.Equal(3, _loop.TaskCount);
        send.Cancel();
        receive.Cancel();
        accept.Cancel();
        TurnUntilIdle();
        Assert.Equal(0, _loop.TaskCount);
        Assert.False(_loop.Reactor.HasInterest);
    }

    [Fact]
    public void A_task_of_another_loop_is_refused()
    {
        using var pair = LoopbackPair.Connect();
        using var other = new EventLoop();
        Assert.Throws<InvalidOperationException>(() => other.RunUntilComplete(_io.Receive(pair.Near, new byte[1])));
        pair.Far.Send([1]);
        Assert.Equal(1, _loop.RunUntilComplete(_io.Receive(pair.Near, new byte[1])));
    }

    [Coroutine]
    private static async Coroutine<T> Await<T>(CoroutineTask<T> task) => await task;

    [Fact]
    public void Closing_a_socket_fails_whoever_waits_for_it()
    {
        using var pair = LoopbackPair.Connect(s => { s.SendBufferSize = 8192; s.ReceiveBufferSize = 8192; });
        var listener = LoopbackPair.Listen();
        _loop.Spawn(Report("receive", Ignore(_io.Receive(pair.Near, new byte[10]))));
        _loop.Spawn(Report("send", _io.SendAll(pair.Near, new byte[10_000_000])));
        _loop.Spawn(Report("accept", Ignore(_io.Accept(listener))));
        TurnUntilIdle();
        Assert.Empty(_trace);

        pair.Near.Dispose();
        listener.Dispose();
        TurnUntil(() => _trace.Count == 3);
        Assert.Equal(
            ["accept ObjectDisposedException", "receive ObjectDisposedException", "send ObjectDisposedException"], _trace.Order());
        Assert.False(_loop.Reactor.HasInterest);
    }

    [Coroutine]
    private async Coroutine Report(string name, Coroutine operation)
    {
        try
        {
            await operation;
            _trace.Add(name + " done");
        }
        catch (Exception exception)
        {
            _trace.Add(name + " " + exception.GetType().Name);
        }
    }

    [Coroutine]
    private static async Coroutine Ignore<T>(Coroutine<T> operation) => await operation;

    [Fact]
    public void A_second_receiver_is_refused_and_the_first_undisturbed()
    {
        using var pair = LoopbackPair.Connect();
        var first = _loop.Spawn(_io.Receive(pair.Near, new byte[10]));
        TurnUntilIdle();
        var refusal = Assert.Throws<InvalidOperationException>(() => _loop.RunUntilComplete(_io.Receive(pair.Near, new byte[10])));
        Assert.Contains("Only one may at a time", refusal.Message);
        pair.Far.Send([1, 2]);
        Assert.Equal(2, _loop.RunUntilComplete(Await(first)));
    }

    [Fact]
    public void A_socket_closed_on_one_side_still_carries_the_other()
    {
        using var pair = LoopbackPair.Connect();
        pair.Far.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, _loop.RunUntilComplete(_io.Receive(pair.Near, new byte[10])));
        _loop.RunUntilComplete(_io.SendAll(pair.Near, new byte[3]));
        Assert.Equal(3, _loop.RunUntilComplete(_io.Receive(pair.Far, new byte[10])));
    }

    [Fact]
    public void A_reset_fails_a_waiting_receive()
    {
        using var pair = LoopbackPair.Connect();
        var receive = _loop.Spawn(_io.Receive(pair.Near, new byte[10]));
        TurnUntilIdle();
        LoopbackPair.Reset(pair.Far);
        var error = Assert.Throws<SocketException>(() => _loop.RunUntilComplete(Await(receive)));
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
    }

    [Fact]
    public void An_empty_receive_waits_for_data_and_takes_none()
    {
        using var pair = LoopbackPair.Connect();
        var wait = _loop.Spawn(_io.Receive(pair.Near, Memory<byte>.Empty));
        TurnUntilIdle();
        Assert.True(_loop.Reactor.HasInterest);
        pair.Far.Send([1, 2]);
        Assert.Equal(0, _loop.RunUntilComplete(Await(wait)));
        Assert.Equal(2, _loop.RunUntilComplete(_io.Receive(pair.Near, new byte[10])));
    }

    [Fact]
    public void Misuse_is_answered()
    {
        using var socket = LoopbackPair.NewSocket();
        Assert.Throws<ArgumentNullException>(() => _loop.RunUntilComplete(_io.Receive(null!, new byte[1])));
        Assert.Throws<InvalidOperationException>(() => _loop.RunUntilComplete(_io.Accept(socket)));
        Assert.Throws<ArgumentNullException>(() => _loop.RunUntilComplete(_io.Connect(socket, null!)));
        Assert.Equal(
            SocketError.NotConnected,
            Assert.Throws<SocketException>(() => _loop.RunUntilComplete(_io.Receive(socket, new byte[1]))).SocketErrorCode);
        socket.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _loop.RunUntilComplete(_io.Receive(socket, new byte[1])));
        Assert.Throws<ObjectDisposedException>(() => _loop.RunUntilComplete(_io.SendAll(socket, new byte[1])));
    }

    private static byte[] Bytes(int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    // Turns that do not block: an operation that would wait is waiting afterwards.
    private void TurnUntilIdle()
    {
        for (int i = 0; i < 20; i++)
            _loop.RunOnce();
    }

    private void TurnUntil(Func<bool> condition)
    {
        for (int turns = 0; !condition(); turns++)
        {
            Assert.True(turns < 1_000_000, "It did not come to pass.");
            _loop.RunOnce(TimeSpan.FromSeconds(1));
        }
    }
}

public sealed class GeneratedSocketTests : SocketContract
{
    protected override SocketOperations Lower(EventLoop loop) => SocketOperations.Generated(loop);
}

public sealed class ReferenceSocketTests : SocketContract
{
    protected override SocketOperations Lower(EventLoop loop) => SocketOperations.Reference(loop);
}
