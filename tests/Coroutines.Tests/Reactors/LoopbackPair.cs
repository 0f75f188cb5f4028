using System.Net;
using System.Net.Sockets;

namespace Coroutines.Tests.Reactors;

/// <summary>Two ends of one TCP connection over loopback.</summary>
internal sealed class LoopbackPair : IDisposable
{
    private LoopbackPair(Socket near, Socket far)
    {
        Near = near;
        Far = far;
    }

    public Socket Near { get; }

    public Socket Far { get; }

    public static LoopbackPair Connect(Action<Socket>? configure = null)
    {
        using var listener = Listen(configure);
        var near = NewSocket();
        configure?.Invoke(near);
        near.Connect(listener.LocalEndPoint!);
        return new LoopbackPair(near, listener.Accept());
    }

    public static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>Options that limit buffers must be set before the connection is made; accepted sockets inherit them.</summary>
    public static Socket Listen(Action<Socket>? configure = null)
    {
        var listener = NewSocket();
        configure?.Invoke(listener);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(4096);
        return listener;
    }

    /// <summary>Closes with a reset instead of an orderly end.</summary>
    public static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    /// <summary>Fills the send buffer of a socket and the receive buffer of its peer; returns how many bytes that took.</summary>
    public static long Fill(Socket socket)
    {
        socket.Blocking = false;
        var chunk = new byte[65536];
        for (long total = 0; ;)
        {
            total += socket.Send(chunk, 0, chunk.Length, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
                return total;
            Assert.Equal(SocketError.Success, error);
        }
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
