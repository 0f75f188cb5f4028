using System.Net;
using System.Net.Sockets;
using Coroutines.Tests.Reactors;

namespace Coroutines.Tests.Sockets;

// Connecting, and what stands in its way.
public abstract partial class SocketContract
{
    [Fact]
    public void A_refused_connection_says_so()
    {
        using var closed = LoopbackPair.NewSocket();
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var client = LoopbackPair.NewSocket();
        var refusal = Assert.Throws<SocketException>(() => _loop.RunUntilComplete(_io.Connect(client, closed.LocalEndPoint!)));
        Assert.Equal(SocketError.ConnectionRefused, refusal.SocketErrorCode);
    }

    // Only the system calls of Linux allow it: .NET's own refuse it on Unix.
    protected void ConnectAfterRefusal()
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
}
