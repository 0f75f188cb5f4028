using System.Net;
using System.Net.Sockets;

namespace Coroutines.Tests.Sockets;

/// <summary>Clients of a listener whose connections are made at once, as those over loopback are while the backlog has room.</summary>
[NonBlocking("over loopback these calls have nothing to wait for")]
internal sealed class Clients(EndPoint server) : IDisposable
{
    private readonly List<Socket> _sockets = [];

    public int Count => _sockets.Count;

    public Socket this[int index] => _sockets[index];

    public EndPoint EndPoint(int index) => _sockets[index].LocalEndPoint!;

    public void Connect(int count)
    {
        for (int i = 0; i < count; i++)
        {
            // A hang is a failure.
            var socket = new Socket(server.AddressFamily, SocketType.Stream, server.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp) { ReceiveTimeout = 30_000 };
            socket.Connect(server);
            _sockets.Add(socket);
        }
    }

    public void AssertClosed(params int[] indices)
    {
        foreach (int index in indices)
            Assert.Equal(0, _sockets[index].Receive(new byte[1]));
    }

    public void Dispose()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
    }
}
