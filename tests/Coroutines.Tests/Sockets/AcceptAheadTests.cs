using System.Net;
using System.Net.Sockets;
using Coroutines.Tests.Reactors;
using Coroutines.Tests.Streams;

namespace Coroutines.Tests.Sockets;

/// <summary>io_uring accepts ahead of who accepts: while somebody waits, and nothing that could not be handed on or closed.</summary>
public sealed partial class AcceptAheadTests
{
    [Fact]
    public void The_sockets_of_this_runtime_can_be_made_of_what_the_kernel_has_accepted() => Assert.True(AcceptedSocket.IsPossible);

    [Fact]
    public void A_burst_is_taken_at_once_and_handed_out_in_its_order() => Run(Burst);

    [Fact]
    public void While_nobody_waits_none_is_taken() => Run(Paused);

    [Fact]
    public void A_connection_that_came_while_the_wait_was_cancelled_is_the_next_ones() => Run(CancelledMeanwhile);

    [Fact]
    public void Waits_cancelled_again_and_again_lose_no_connection() => Run(CancelledAgainAndAgain);

    [Fact]
    public void A_callback_that_comes_and_goes_in_between_costs_no_connection() => Run(CallbackInBetween);

    [Fact]
    public void A_connection_that_was_reset_before_it_was_taken_can_be_read_to_its_end() => Run(ResetMeanwhile);

    [Fact]
    public void Who_has_a_limit_takes_each_by_itself_and_first_what_lies_here() => Run(Limited);

    [Fact]
    public void A_client_whose_path_is_as_long_as_the_system_allows_is_accepted() => Run(FromLongestPath);

    [Fact]
    public void A_kernel_without_such_accepts_is_served_by_polls() => Run(ByPolls, forOneThread: false);

    [Fact]
    public void What_is_no_listener_is_waited_for_by_polls()
    {
        using var loop = new EventLoop();
        using var reactor = NewReactor(loop);
        using var pair = LoopbackPair.Connect();
        var accepted = reactor.AcceptAhead(pair.Near.SafeHandle)!;
        accepted.IsWanted = true;
        var waiting = new ProbeNode().WaitFor(reactor, pair.Near.SafeHandle, ReadinessKind.Read);
        reactor.Poll(0);
        reactor.Poll(0);
        Assert.False(waiting.IsWaiting);
        Assert.True(accepted.IsImpossible);
        waiting.WaitFor(reactor, pair.Near.SafeHandle, ReadinessKind.Read);
        reactor.Poll(0);
        reactor.Poll(0);
        Assert.True(waiting.IsWaiting);
        pair.Far.Send([1]);
        reactor.Poll(-1);
        Assert.False(waiting.IsWaiting);
    }

    [Fact]
    public void A_loop_that_moves_to_another_thread_loses_no_connection()
    {
        using var loop = new EventLoop(new EventLoopOptions { Reactor = ReactorKind.IoUring });
        using var listener = LoopbackPair.Listen();
        using var clients = new Clients(listener.LocalEndPoint!);
        var taken = new List<string>();
        loop.Spawn(TakeAll(loop, listener, taken));
        for (int i = 0; i < 20; i++)
        {
            // Some before the loop moves, accepted or not; some after.
            clients.Connect(i % 3);
            loop.RunOnce();
            clients.Connect(2);
            var other = new Thread(() =>
            {
                loop.RunUntilComplete(Until(taken, clients.Count));
                clients.Connect(1);
                if (i % 2 == 0)
                    loop.RunOnce();
            });
            other.Start();
            other.Join();
            loop.RunUntilComplete(Until(taken, clients.Count));
        }

        Assert.Equal(Enumerable.Range(0, clients.Count).Select(index => clients.EndPoint(index).ToString()), taken);
    }

    [Coroutine]
    private static async Coroutine Burst(EventLoop loop, IoUringReactor reactor)
    {
        using var listener = LoopbackPair.Listen();
        using var clients = new Clients(listener.LocalEndPoint!);
        using var first = await TakeFirst(loop, listener, clients, 50);
        Assert.Equal(clients.EndPoint(0), first.RemoteEndPoint);
        Assert.Equal(49, reactor.FindAcceptAhead(listener.SafeHandle)!.Count);
        for (int i = 1; i < 50; i++)
        {
            using var next = await loop.Accept(listener);
            Assert.Equal(clients.EndPoint(i), next.RemoteEndPoint);
            Assert.Equal(listener.LocalEndPoint, next.LocalEndPoint);
            Assert.True(next.Connected);
            Assert.False(next.Blocking);
        }
    }

    [Coroutine]
    private static async Coroutine Paused(EventLoop loop, IoUringReactor reactor)
    {
        using var listener = LoopbackPair.Listen();
        using var clients = new Clients(listener.LocalEndPoint!);
        (await TakeFirst(loop, listener, clients, 4)).Dispose();
        var accepted = reactor.FindAcceptAhead(listener.SafeHandle)!;
        // The end of the request goes with one poll, and is told by it or the next.
        reactor.Poll(0);
        reactor.Poll(0);
        Assert.False(accepted.IsUnderWay);
        clients.Connect(5);
        reactor.Poll(0);
        reactor.Poll(0);
        Assert.Equal(3, accepted.Count);
        for (int i = 1; i < 9; i++)
        {
            using var next = await loop.Accept(listener);
            Assert.Equal(clients.EndPoint(i), next.RemoteEndPoint);
        }
    }

    [Coroutine]
    private static async Coroutine CancelledMeanwhile(EventLoop loop, IoUringReactor reactor)
    {
        using var listener = LoopbackPair.Listen();
        using var clients = new Clients(listener.LocalEndPoint!);
        for (int i = 0; i < 10; i++)
        {
            var waiting = loop.Spawn(loop.Accept(listener));
            await Coroutine.UntilIdle();
            Assert.True(reactor.FindAcceptAhead(listener.SafeHandle)!.IsUnderWay);
            clients.Connect(1);
            waiting.Cancel();
            await Cancelled(waiting);
            using var next = await loop.Accept(listener);
            Assert.Equal(clients.EndPoint(i), next.RemoteEndPoint);
        }
    }

    [Coroutine]
    private static async Coroutine CancelledAgainAndAgain(EventLoop loop, IoUringReactor reactor)
    {
        using var listener = LoopbackPair.Listen();
        using var clients = new Clients(listener.LocalEndPoint!);
        var random = new Random(3);
        var taken = new List<string>();
        while (clients.Count < 300)
        {
            var taking = loop.Spawn(TakeAll(loop, listener, taken));
            for (int steps = random.Next(5); steps > 0; steps--)
            {
                clients.Connect(random.Next(3));
                await Coroutine.Yield();
            }

            taking.Cancel();
            await Cancelled(taking);
        }

        var rest = loop.Spawn(TakeAll(loop, listener, taken));
        await Until(taken, clients.Count);
        rest.Cancel();
        Assert.Equal(Enumerable.Range(0, clients.Count).Select(i => clients.EndPoint(i).ToString()), taken);
    }

    [Coroutine]
    private static async Coroutine ResetMeanwhile(EventLoop loop, IoUringReactor reactor)
    {
        using var listener = LoopbackPair.Listen();
        using var clients = new Clients(listener.LocalEndPoint!);
        (await TakeFirst(loop, listener, clients, 2)).Dispose();
        SendAndReset(clients[1]);
        using var reset = await loop.Accept(listener);
        Assert.Equal(new IPEndPoint(IPAddress.Any, 0), reset.RemoteEndPoint);
        var buffer = new byte[10];
        Assert.Equal(1, await loop.Receive(reset, buffer));
        Assert.Equal(7, buffer[0]);
    }

    [NonBlocking("one byte")]
    private static void SendAndReset(Socket socket)
    {
        socket.Send([7]);
        LoopbackPair.Reset(socket);
    }

    [Coroutine]
    private static async Coroutine Limited(EventLoop loop, IoUringReactor reactor)
    {
        using var listener = LoopbackPair.Listen();
        using var clients = new Clients(listener.LocalEndPoint!);
        var waiting = loop.Spawn(loop.Accept(listener, mayAcceptAhead: false));
        await Coroutine.UntilIdle();
        clients.Connect(3);
        (await waiting).Dispose();
        Assert.Null(reactor.FindAcceptAhead(listener.SafeHandle));
        (await loop.Accept(listener)).Dispose();
        (await loop.Accept(listener)).Dispose();

        (await TakeFirst(loop, listener, clients, 2)).Dispose();
        using var ahead = await loop.Accept(listener, mayAcceptAhead: false);
        Assert.Equal(clients.EndPoint(4), ahead.RemoteEndPoint);
        var limited = loop.Spawn(loop.Accept(listener, mayAcceptAhead: false));
        await Coroutine.UntilIdle();
        clients.Connect(3);
        using var single = await limited;
        Assert.Equal(clients.EndPoint(5), single.RemoteEndPoint);
        Assert.Equal(0, reactor.FindAcceptAhead(listener.SafeHandle)!.Count);
    }

    [Coroutine]
    private static async Coroutine FromLongestPath(EventLoop loop, IoUringReactor reactor)
    {
        var (server, path) = (StreamPair.EndPointOf(Transport.Unix), new LongestPath());
        using var listener = SocketStream.NewSocket(AddressFamily.Unix);
        NonBlockingSocket.Bind(listener, server);
        listener.Listen(1);
        var waiting = loop.Spawn(loop.Accept(listener));
        await Coroutine.UntilIdle();
        using var client = SocketStream.NewSocket(AddressFamily.Unix);
        client.Bind(path);
        await loop.Connect(client, server);
        using var accepted = await waiting;
        Assert.Equal(path.ToString(), accepted.RemoteEndPoint!.ToString());
    }

    [Coroutine]
    private static async Coroutine CallbackInBetween(EventLoop loop, IoUringReactor reactor)
    {
        using var listener = LoopbackPair.Listen();
        using var clients = new Clients(listener.LocalEndPoint!);
        var waiting = loop.Spawn(loop.Accept(listener));
        await Coroutine.UntilIdle();
        var ahead = reactor.FindAcceptAhead(listener.SafeHandle)!;
        waiting.Cancel();
        loop.AddReader(listener.SafeHandle, static _ => { });
        Assert.True(loop.RemoveReader(listener.SafeHandle));
        Assert.True(ahead.IsUnderWay);
        using var accepted = await TakeFirst(loop, listener, clients, 1);
        Assert.Equal(clients.EndPoint(0), accepted.RemoteEndPoint);
    }

    [Coroutine]
    private static async Coroutine ByPolls(EventLoop loop, IoUringReactor reactor)
    {
        using var listener = LoopbackPair.Listen();
        using var clients = new Clients(listener.LocalEndPoint!);
        Assert.Null(reactor.AcceptAhead(listener.SafeHandle));
        (await TakeFirst(loop, listener, clients, 3)).Dispose();
        Assert.Null(reactor.FindAcceptAhead(listener.SafeHandle));
        (await loop.Accept(listener)).Dispose();
        (await loop.Accept(listener)).Dispose();
    }

    internal static IoUringReactor NewReactor(EventLoop loop, bool forOneThread = true, uint entries = Ring.DefaultEntries) => new(loop, Ring.TryCreate(entries, out _, forOneThread)!);

    internal static void Run(Func<EventLoop, IoUringReactor, Coroutine> body, bool forOneThread = true)
    {
        using var loop = new EventLoop();
        var reactor = NewReactor(loop, forOneThread);
        loop.Reactor = reactor;
        loop.RunUntilComplete(body(loop, reactor));
    }

    /// <summary>Waits for connections, lets some come, and takes the first.</summary>
    [Coroutine]
    internal static async Coroutine<Socket> TakeFirst(EventLoop loop, Socket listener, Clients clients, int count)
    {
        var waiting = loop.Spawn(loop.Accept(listener));
        await Coroutine.UntilIdle();
        clients.Connect(count);
        return await waiting;
    }

    [Coroutine]
    private static async Coroutine TakeAll(EventLoop loop, Socket listener, List<string> taken)
    {
        while (true)
        {
            using var next = await loop.Accept(listener);
            taken.Add(next.RemoteEndPoint!.ToString()!);
        }
    }

    [Coroutine]
    private static async Coroutine Until(List<string> taken, int count)
    {
        while (taken.Count < count)
            await Coroutine.Yield();
    }

    [Coroutine]
    private static async Coroutine Cancelled(CoroutineTask task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
        }
    }
}
