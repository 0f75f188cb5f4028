using System.Net;
using System.Net.Sockets;
using Coroutines.Tests.Reactors;

namespace Coroutines.Tests.Sockets;

// Operations that never have to wait do not keep the turn for ever: after 64 of them a task goes to the back of the queue.
public abstract partial class SocketContract
{
    private const int Flood = 150;

    private int _done;

    [Fact]
    public void A_peer_that_always_has_data_lets_others_run()
    {
        using var pair = LoopbackPair.Connect();
        pair.Far.Send(new byte[Flood]);
        _loop.Spawn(ReceiveSingly(pair.Near, Flood));
        _loop.RunUntilComplete(WatchEveryTurn(Flood));
        Assert.Equal(["64", "128", "150"], _trace);
    }

    [Fact]
    public void A_flood_of_clients_lets_others_run()
    {
        using var listener = LoopbackPair.Listen();
        var clients = Enumerable.Range(0, Flood).Select(_ => LoopbackPair.NewSocket()).ToArray();
        foreach (var client in clients)
            client.Connect(listener.LocalEndPoint!);
        _loop.Spawn(AcceptAndClose(listener, Flood));
        _loop.RunUntilComplete(WatchEveryTurn(Flood));
        Assert.Equal(["64", "128", "150"], _trace);
        foreach (var client in clients)
            client.Dispose();
    }

    [Fact]
    public void A_sender_that_always_finds_room_lets_others_run()
    {
        using var pair = LoopbackPair.Connect();
        _loop.Spawn(SendSingly(pair.Near, Flood));
        _loop.RunUntilComplete(WatchEveryTurn(Flood));
        Assert.Equal(["64", "128", "150"], _trace);
        for (int missing = Flood; missing > 0;)
            missing -= pair.Far.Receive(new byte[missing]);
        Assert.Equal(0, pair.Far.Available);
    }

    [Fact]
    public void Connections_that_are_made_at_once_let_others_run()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(2 * Flood);
        _loop.Spawn(ConnectAndClose(listener.LocalEndPoint!, Flood));
        _loop.RunUntilComplete(WatchEveryTurn(Flood));
        Assert.Equal(["64", "128", "150"], _trace);
    }

    [Fact]
    public void A_task_has_one_share_for_all_its_sockets_and_each_task_has_its_own()
    {
        using var one = LoopbackPair.Connect();
        using var two = LoopbackPair.Connect();
        one.Far.Send(new byte[Flood]);
        two.Far.Send(new byte[Flood]);
        _loop.Spawn(ReceiveInTurns(one.Near, two.Near, 50));
        _loop.Spawn(ReceiveSingly(two.Near, 100));
        _loop.RunUntilComplete(WatchEveryTurn(200));
        Assert.Equal(["128", "200"], _trace);
    }

    [Fact]
    public void A_task_that_had_to_wait_has_its_whole_share_again()
    {
        using var pair = LoopbackPair.Connect();
        pair.Far.Send(new byte[60]);
        _loop.Spawn(ReceiveSingly(pair.Near, Flood));
        TurnUntilIdle();
        _trace.Add($"{_done}");
        pair.Far.Send(new byte[Flood - 60]);
        _loop.RunUntilComplete(WatchEveryTurn(Flood));
        Assert.Equal(["60", "60", "124", "150"], _trace);
    }

    [Fact]
    public void A_task_cancelled_while_its_peer_always_has_data_ends_and_loses_nothing()
    {
        using var pair = LoopbackPair.Connect();
        pair.Far.Send(new byte[Flood]);
        var receiver = _loop.Spawn(Report("receiver", ReceiveSingly(pair.Near, Flood)));
        _loop.RunOnce();
        receiver.Cancel();
        _loop.RunOnce();
        _loop.RunOnce();
        Assert.Equal(["receiver OperationCanceledException"], _trace);
        Assert.Equal(128, _done);
        Assert.Equal(Flood - 128, pair.Near.Receive(new byte[Flood]));
    }

    [Coroutine]
    private async Coroutine ReceiveSingly(Socket socket, int count)
    {
        var buffer = new byte[1];
        for (int i = 0; i < count; i++)
            Done(await _io.Receive(socket, buffer));
    }

    [Coroutine]
    private async Coroutine ReceiveInTurns(Socket one, Socket two, int times)
    {
        var buffer = new byte[1];
        for (int i = 0; i < times; i++)
        {
            Done(await _io.Receive(one, buffer));
            Done(await _io.Receive(two, buffer));
        }
    }

    [Coroutine]
    private async Coroutine SendSingly(Socket socket, int count)
    {
        var buffer = new byte[1];
        for (int i = 0; i < count; i++)
        {
            await _io.SendAll(socket, buffer);
            Done(1);
        }
    }

    [Coroutine]
    private async Coroutine AcceptAndClose(Socket listener, int count)
    {
        for (int i = 0; i < count; i++)
        {
            (await _io.Accept(listener)).Dispose();
            Done(1);
        }
    }

    [Coroutine]
    private async Coroutine ConnectAndClose(EndPoint remote, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await _io.Connect(socket, remote);
            Done(1);
        }
    }

    /// <summary>Notes in every turn how far the others have come, until they have finished.</summary>
    [Coroutine]
    private async Coroutine WatchEveryTurn(int end)
    {
        _trace.Add($"{_done}");
        for (int turns = 0; _done < end; turns++)
        {
            Assert.True(turns < 10, $"{_done} of {end}");
            await Coroutine.Yield();
            _trace.Add($"{_done}");
        }
    }

    // Not "_done += await …", which would add to what another task has changed meanwhile.
    private void Done(int count) => _done += count;
}
