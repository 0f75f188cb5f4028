using System.Net;
using System.Net.Sockets;

namespace Coroutines;

/// <summary>A datagram socket that sends to itself, by which other threads end a <see cref="System.Net.Sockets.Socket.Select(System.Collections.IList, System.Collections.IList, System.Collections.IList, int)"/>.</summary>
/// <remarks>
/// Connected to itself, it takes datagrams of nobody else. <see cref="_isSignalled"/> lets one wake through until the poll that it ends has seen it: the poll empties the socket first and
/// clears the flag then, so a wake in between is one that the poll, which is returning, has heard.
/// </remarks>
internal sealed class WakeSocket : IDisposable
{
    private readonly byte[] _buffer = new byte[1];
    private int _isSignalled;

    public WakeSocket()
    {
        Socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Socket.Connect(Socket.LocalEndPoint!);
        Socket.Blocking = false;
    }

    public Socket Socket { get; } = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    /// <summary>From any thread, also after <see cref="Dispose"/>.</summary>
    public void Signal()
    {
        if (Interlocked.Exchange(ref _isSignalled, 1) == 1)
            return;
        try
        {
            Socket.Send([0], SocketFlags.None, out _);
        }
        catch (ObjectDisposedException)
        {
        }
    }

    /// <summary>Forgets the signals that came until now. Loop thread only.</summary>
    public void Clear()
    {
        while (Socket.Receive(_buffer, 0, 1, SocketFlags.None, out var error) > 0 || error == SocketError.ConnectionReset)
        {
        }

        Volatile.Write(ref _isSignalled, 0);
    }

    public void Dispose() => Socket.Dispose();
}
