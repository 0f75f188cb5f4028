using System.Net;
using System.Net.Sockets;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// What the echo contenders share. One operation: 64 bytes go from a client to the server over loopback and come back. Server
/// and clients are in one process; for the loop, as for the C peer, on one thread and one epoll. Connecting is not measured.
/// </summary>
internal static class Echo
{
    public const int MessageLength = 64;
    public const int BufferLength = 4096;

    public static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1024);
        return listener;
    }

    /// <summary>Connected pairs: the client's end and the server's.</summary>
    public static (Socket Client, Socket Server)[] Connect(int count)
    {
        using Socket listener = Listen();
        var pairs = new (Socket Client, Socket Server)[count];
        for (int i = 0; i < count; i++)
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(listener.LocalEndPoint!);
            Socket server = listener.Accept();
            client.NoDelay = server.NoDelay = true;
            pairs[i] = (client, server);
        }

        return pairs;
    }
}
