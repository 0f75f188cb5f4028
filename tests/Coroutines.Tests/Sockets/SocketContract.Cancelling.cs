using System.Net;
using Coroutines.Tests.Reactors;

namespace Coroutines.Tests.Sockets;

// A cancelled operation leaves the socket usable and nothing registered.
public abstract partial class SocketContract
{
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
}
