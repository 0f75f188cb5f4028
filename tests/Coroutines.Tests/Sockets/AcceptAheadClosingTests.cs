using System.Net;
using System.Net.Sockets;
using Coroutines.Tests.Reactors;
using Coroutines.Tests.Streams;
using static Coroutines.Tests.Sockets.AcceptAheadTests;

namespace Coroutines.Tests.Sockets;

/// <summary>What was accepted ahead and nobody has taken is closed with its listener, however that is closed; and what a socket knows of itself that was accepted so.</summary>
public sealed partial class AcceptAheadClosingTests
{
    [Fact]
    public void Disposing_a_listener_closes_at_once_what_nobody_has_taken() => Run(ListenerDisposed);

    [Fact]
    public void A_socket_that_is_closed_behind_the_back_of_the_loop_closes_what_nobody_has_taken() => Run(ClosedBehindItsBack);

    [Fact]
    public void A_socket_that_is_closed_while_somebody_waits_closes_what_nobody_has_taken() => Run(ClosedWhileWaiting);

    [Fact]
    public void A_listener_that_was_forgotten_closes_what_nobody_has_taken() => Run(Forgotten);

    [Fact]
    public void A_number_that_is_used_again_gets_its_own_connections() => Run(UsedAgain);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::")]
    [InlineData(null)]
    public void Sockets_know_what_those_know_that_were_accepted_by_a_call(string? address) => Run((loop, _) => Known(loop, address));

    [Fact]
    public void The_end_of_the_loop_closes_what_nobody_has_taken_and_leaves_the_rest_to_the_backlog()
    {
        using var listener = LoopbackPair.Listen();
        using var clients = new Clients(listener.LocalEndPoint!);
        using (var loop = new EventLoop(new EventLoopOptions { Reactor = ReactorKind.IoUring }))
        {
            loop.RunUntilComplete(Taken(loop));
            Assert.Equal(2, loop.Reactor.FindAcceptAhead(listener.SafeHandle)!.Count);
            loop.RunOnce();
            loop.RunOnce();
            clients.Connect(1);
            loop.RunOnce();
        }

        clients.AssertClosed(1, 2);
        Assert.True(listener.Poll(0, SelectMode.SelectRead));
        using var accepted = listener.Accept();
        Assert.Equal(clients.EndPoint(3), accepted.RemoteEndPoint);

        async Coroutine Taken(EventLoop loop) => (await TakeFirst(loop, listener, clients, 3)).Dispose();
    }

    [Fact]
    public void What_is_accepted_while_a_reactor_ends_is_closed()
    {
        using var loop = new EventLoop();
        using var reactor = NewReactor(loop);
        // More waits than the queue of submissions has places, so that the system is asked before all are taken back.
        var pairs = Enumerable.Range(0, 600).Select(_ => LoopbackPair.Connect()).ToArray();
        foreach (var pair in pairs)
        {
            new ProbeNode().WaitFor(reactor, pair.Near.SafeHandle, ReadinessKind.Read);
            new ProbeNode().WaitFor(reactor, pair.Far.SafeHandle, ReadinessKind.Read);
        }

        // They are taken back by their numbers, and the listener's is to be the last.
        var listeners = new List<Socket> { LoopbackPair.Listen() };
        while (listeners[^1].Handle < pairs[^1].Far.Handle)
            listeners.Add(LoopbackPair.Listen());
        var listener = listeners[^1];
        using var clients = new Clients(listener.LocalEndPoint!);
        reactor.AcceptAhead(listener.SafeHandle)!.IsWanted = true;
        new ProbeNode().WaitFor(reactor, listener.SafeHandle, ReadinessKind.Read);
        reactor.Poll(0);
        Assert.True(reactor.FindAcceptAhead(listener.SafeHandle)!.IsUnderWay);
        clients.Connect(2);
        reactor.Dispose();
        foreach (var socket in listeners)
            socket.Dispose();
        AssertGone(clients[0]);
        AssertGone(clients[1]);
        foreach (var pair in pairs)
            pair.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_the_queue_of_completions_has_no_room_for_is_not_lost(bool movesToAnotherThread)
    {
        using var loop = new EventLoop();
        // Completions have eight places.
        using var reactor = NewReactor(loop, entries: 4);
        using var listener = LoopbackPair.Listen();
        using var clients = new Clients(listener.LocalEndPoint!);
        var accepted = reactor.AcceptAhead(listener.SafeHandle)!;
        accepted.IsWanted = true;
        new ProbeNode().WaitFor(reactor, listener.SafeHandle, ReadinessKind.Read);
        reactor.Poll(0);
        clients.Connect(20);
        reactor.Poll(0);
        Assert.InRange(accepted.Count, 7, 20);
        if (movesToAnotherThread)
        {
            Exception? lost = null;
            var other = new Thread(() => lost = Record.Exception(TakeAll));
            other.Start();
            other.Join();
            Assert.Null(lost);
        }
        else
        {
            reactor.Dispose();
            listener.Dispose();
            for (int i = 0; i < 20; i++)
                AssertGone(clients[i]);
        }

        void TakeAll()
        {
            for (int i = 0; i < 20; i++)
            {
                using var next = accepted.TryTake(listener) ?? SocketCalls.TryAccept(listener);
                Assert.Equal(clients.EndPoint(i), next?.RemoteEndPoint);
                reactor.Poll(0);
            }
        }
    }

    [Coroutine]
    private static async Coroutine ListenerDisposed(EventLoop loop, IoUringReactor reactor)
    {
        var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        var address = listener.LocalEndPoint;
        using var clients = new Clients(address);
        var waiting = loop.Spawn(listener.Accept());
        await Coroutine.UntilIdle();
        clients.Connect(3);
        (await waiting).Abort();
        listener.Dispose();
        // No turn of the loop is needed, and nothing holds the port any more.
        clients.AssertClosed(1, 2);
        SocketListener.Listen(address).Dispose();
    }

    [Coroutine]
    private static async Coroutine ClosedBehindItsBack(EventLoop loop, IoUringReactor reactor)
    {
        var listener = LoopbackPair.Listen();
        using var clients = new Clients(listener.LocalEndPoint!);
        (await TakeFirst(loop, listener, clients, 3)).Dispose();
        listener.Dispose();
        reactor.Poll(0);
        clients.AssertClosed(1, 2);
    }

    [Coroutine]
    private static async Coroutine ClosedWhileWaiting(EventLoop loop, IoUringReactor reactor)
    {
        var listener = LoopbackPair.Listen();
        using var clients = new Clients(listener.LocalEndPoint!);
        var waiting = loop.Spawn(Refused(loop, listener));
        await Coroutine.UntilIdle();
        clients.Connect(2);
        listener.Dispose();
        await waiting;
        // Whether the kernel has accepted it before it heard of the end or not.
        reactor.Poll(0);
        reactor.Poll(0);
        AssertGone(clients[0]);
        AssertGone(clients[1]);

        static async Coroutine Refused(EventLoop loop, Socket listener) => await ReadingTests.Refused<ObjectDisposedException>(Accept(loop, listener));

        static async Coroutine Accept(EventLoop loop, Socket listener) => (await loop.Accept(listener)).Dispose();
    }

    [NonBlocking("the answer is there, or the receive times out")]
    private static void AssertGone(Socket client)
    {
        try
        {
            Assert.Equal(0, client.Receive(new byte[1]));
        }
        catch (SocketException exception)
        {
            Assert.Equal(SocketError.ConnectionReset, exception.SocketErrorCode);
        }
    }

    [Coroutine]
    private static async Coroutine Forgotten(EventLoop loop, IoUringReactor reactor)
    {
        var (clients, listener) = await TakeOneAndForget(loop);
        while (listener.TryGetTarget(out _))
        {
            Collect();
            await Coroutine.Yield();
        }

        reactor.Poll(0);
        clients.AssertClosed(1, 2);
        clients.Dispose();
    }

    [NonBlocking("nothing else runs on the loop")]
    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Coroutine]
    private static async Coroutine<(Clients Clients, WeakReference<Socket> Listener)> TakeOneAndForget(EventLoop loop)
    {
        var listener = LoopbackPair.Listen();
        var clients = new Clients(listener.LocalEndPoint!);
        (await TakeFirst(loop, listener, clients, 3)).Dispose();
        return (clients, new WeakReference<Socket>(listener));
    }

    [Coroutine]
    private static async Coroutine UsedAgain(EventLoop loop, IoUringReactor reactor)
    {
        var seen = new HashSet<nint>();
        bool isUsedAgain = false;
        for (int i = 0; i < 20; i++)
        {
            using var listener = LoopbackPair.Listen();
            isUsedAgain |= !seen.Add(listener.Handle);
            using var clients = new Clients(listener.LocalEndPoint!);
            using var first = await TakeFirst(loop, listener, clients, 2);
            Assert.Equal(clients.EndPoint(0), first.RemoteEndPoint);
        }

        Assert.True(isUsedAgain);
    }

    [Coroutine]
    private static async Coroutine Known(EventLoop loop, string? address)
    {
        var local = address is null ? StreamPair.EndPointOf(Transport.Unix) : new IPEndPoint(IPAddress.Parse(address), 0);
        using var listener = SocketStream.NewSocket(local.AddressFamily);
        NonBlockingSocket.Bind(listener, local);
        listener.Listen(10);
        NonBlockingSocket.Prepare(listener);
        using var clients = new Clients(address == "::" ? new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndPoint!).Port) : listener.LocalEndPoint!);
        clients.Connect(1);
        using var called = SocketCalls.TryAccept(listener)!;
        using var ahead = await TakeFirst(loop, listener, clients, 1);
        Assert.Equal(Text(called.LocalEndPoint), Text(ahead.LocalEndPoint));
        Assert.Equal(
            (called.AddressFamily, called.SocketType, called.ProtocolType, called.Connected, called.Blocking, called.IsBound),
            (ahead.AddressFamily, ahead.SocketType, ahead.ProtocolType, ahead.Connected, ahead.Blocking, ahead.IsBound));
        if (address is null)
        {
            Assert.Equal(Text(called.RemoteEndPoint), Text(ahead.RemoteEndPoint));
        }
        else
        {
            Assert.Equal(new IPEndPoint(((IPEndPoint)called.RemoteEndPoint!).Address, ((IPEndPoint)clients.EndPoint(1)).Port), ahead.RemoteEndPoint);
        }

        // And does what those do.
        await loop.SendAll(ahead, new byte[] { 1, 2, 3 });
        ahead.Shutdown(SocketShutdown.Send);
        Assert.Equal(3, Received(clients[1]));
    }

    [NonBlocking("it is there")]
    private static int Received(Socket client) => client.Receive(new byte[10]);

    private static string? Text(EndPoint? endPoint) => endPoint?.ToString();
}
