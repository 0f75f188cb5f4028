using System.Net;
using System.Net.Sockets;

namespace Coroutines.Tests.Sockets;

/// <summary>The loop's socket operations in one of their two lowerings.</summary>
public sealed record SocketOperations(
    EventLoop Loop,
    Func<Socket, Coroutine<Socket>> Accept,
    Func<Socket, Memory<byte>, Coroutine<int>> Receive,
    Func<Socket, ReadOnlyMemory<byte>, Coroutine> SendAll,
    Func<Socket, EndPoint, Coroutine> Connect)
{
    /// <summary>Calls in source, which reach the generated state machines.</summary>
    public static SocketOperations Generated(EventLoop loop) => new(
        loop,
        listener => loop.Accept(listener),
        (socket, buffer) => loop.Receive(socket, buffer),
        (socket, bytes) => loop.SendAll(socket, bytes),
        (socket, remote) => loop.Connect(socket, remote));

    /// <summary>Method groups, which reach the lowering of the C# compiler.</summary>
    public static SocketOperations Reference(EventLoop loop) => new(loop, loop.Accept, loop.Receive, loop.SendAll, loop.Connect);
}
