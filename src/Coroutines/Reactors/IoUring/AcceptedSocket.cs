using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Coroutines;

/// <summary>Makes a <see cref="Socket"/> of a connection that the kernel has accepted for us.</summary>
/// <remarks>
/// Fact: the public constructor asks the kernel eight times what kind of socket it is, which costs more than is saved: with it a connection took 3.8 µs, where asking for readiness and <see cref="Socket.Accept"/> took 2.4. What
/// <see cref="Socket"/> itself makes of what it has accepted takes over what is known of the listener: 2.0 (by the whole loop: 1.7 instead of 2.1, <c>tests/Coroutines.Benchmarks -- quick accept</c>). Failure: that method is not
/// public, a later runtime may lack it. Decision: use it where it is; elsewhere nothing is accepted ahead (<see cref="IsPossible"/>). The peer's address is asked for at once, as it cannot be had any more once the connection was
/// reset.
/// </remarks>
internal static unsafe class AcceptedSocket
{
    /// <summary>Whether this runtime's sockets have the method.</summary>
    public static bool IsPossible { get; } = HasMethod();

    /// <summary>The connection, non-blocking as its listener.</summary>
    /// <param name="listener">What it was accepted on.</param>
    /// <param name="descriptor">Closed with the socket from now on.</param>
    public static Socket Wrap(Socket listener, int descriptor)
    {
        var handle = new SafeSocketHandle(descriptor, ownsHandle: true);
        try
        {
            return CreateAcceptSocket(listener, handle, PeerOf(descriptor, listener.AddressFamily));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    // Of a connection that was reset meanwhile the address is not known: that must not keep anybody from what it has sent before.
    private static EndPoint PeerOf(int descriptor, AddressFamily family)
    {
        var unknown = AnyEndPoint.Of(family);
        var address = new SocketAddress(family);
        int length = address.Buffer.Length;
        bool isKnown;
        fixed (byte* bytes = address.Buffer.Span)
            isKnown = Libc.GetPeerName(descriptor, bytes, &length) == 0;
        // A local peer has no more than its family, as a rule; a path that fills the address is counted with a zero behind it.
        address.Size = isKnown ? Math.Min(length, address.Buffer.Length) : sizeof(short);
        return isKnown || family == AddressFamily.Unix ? unknown.Create(address) : unknown;
    }

    private static bool HasMethod()
    {
        try
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var unknown = AnyEndPoint.Of(AddressFamily.InterNetwork);
            using var made = CreateAcceptSocket(listener, other.SafeHandle, unknown);
            return made.AddressFamily == AddressFamily.InterNetwork && unknown.Equals(made.RemoteEndPoint);
        }
        catch (Exception exception) when (exception is MissingMethodException or SocketException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(CreateAcceptSocket))]
    private static extern Socket CreateAcceptSocket(Socket listener, SafeSocketHandle handle, EndPoint? remote);
}
