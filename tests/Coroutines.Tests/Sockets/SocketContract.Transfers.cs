using System.Net;
using System.Net.Sockets;
using Coroutines.Tests.Reactors;

namespace Coroutines.Tests.Sockets;

// Bytes go there and back.
public abstract partial class SocketContract
{
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
    public void A_socket_closed_on_one_side_still_carries_the_other()
    {
        using var pair = LoopbackPair.Connect();
        pair.Far.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, _loop.RunUntilComplete(_io.Receive(pair.Near, new byte[10])));
        _loop.RunUntilComplete(_io.SendAll(pair.Near, new byte[3]));
        Assert.Equal(3, _loop.RunUntilComplete(_io.Receive(pair.Far, new byte[10])));
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
}
