using System.Net.Sockets;
using Coroutines.Tests.Reactors;

namespace Coroutines.Tests.Sockets;

// Sockets that are closed, reset, busy, or not what the operation needs.
public abstract partial class SocketContract
{
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

    [Fact]
    public void A_socket_whose_disposal_another_thread_posts_fails_whoever_waits_for_it_in_a_loop_that_sleeps()
    {
        using var pair = LoopbackPair.Connect();
        var receive = _loop.Spawn(Report("receive", Ignore(_io.Receive(pair.Near, new byte[10]))));
        TurnUntilIdle();
        Assert.Empty(_trace);
        var closer = new Thread(() => _loop.CallSoonThreadSafe(pair.Near.Dispose));
        closer.Start();
        // Nothing else would wake it.
        _loop.RunUntilComplete(Await(receive));
        closer.Join();
        Assert.Equal(["receive ObjectDisposedException"], _trace);
        Assert.False(_loop.Reactor.HasInterest);
    }

    [Fact]
    public void Nothing_is_accepted_on_what_does_not_listen()
    {
        using var pair = LoopbackPair.Connect();
        using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using var idle = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _loop.Spawn(Report("connected", Ignore(_io.Accept(pair.Near))));
        _loop.Spawn(Report("datagrams", Ignore(_io.Accept(datagrams))));
        _loop.Spawn(Report("idle", Ignore(_io.Accept(idle))));
        TurnUntilIdle();
        Assert.Equal(["connected InvalidOperationException", "datagrams InvalidOperationException", "idle InvalidOperationException"], _trace.Order());
    }

    [Fact]
    public void Another_thread_is_refused_even_what_would_not_have_to_wait()
    {
        using var pair = LoopbackPair.Connect();
        using var listener = LoopbackPair.Listen();
        using var client = LoopbackPair.NewSocket();
        client.Connect(listener.LocalEndPoint!);
        using var another = LoopbackPair.NewSocket();
        pair.Near.Send(new byte[1]);
        Assert.True(pair.Far.Poll(-1, SelectMode.SelectRead));
        using (var other = new EventLoop())
        {
            foreach (var operation in (Coroutine[])[Ignore(_io.Accept(listener)), Ignore(_io.Receive(pair.Far, new byte[1])), _io.SendAll(pair.Far, new byte[1]), _io.Connect(another, listener.LocalEndPoint!)])
                Assert.Throws<InvalidOperationException>(() => other.RunUntilComplete(OnAnotherThread(operation)));
        }

        Assert.False(another.Connected);
        Assert.Equal(0, pair.Near.Available);
        Assert.Equal(1, _loop.RunUntilComplete(_io.Receive(pair.Far, new byte[10])));
        _loop.RunUntilComplete(_io.Accept(listener)).Dispose();
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
    public void A_task_of_another_loop_is_refused()
    {
        using var pair = LoopbackPair.Connect();
        using var other = new EventLoop();
        Assert.Throws<InvalidOperationException>(() => other.RunUntilComplete(_io.Receive(pair.Near, new byte[1])));
        pair.Far.Send([1]);
        Assert.Equal(1, _loop.RunUntilComplete(_io.Receive(pair.Near, new byte[1])));
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
}
