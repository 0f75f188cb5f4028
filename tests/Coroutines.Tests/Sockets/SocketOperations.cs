using System.Net;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Tests.Sockets;

/// <summary>The loop's socket operations in one of their two lowerings.</summary>
public sealed record SocketOperations(
    EventLoop Loop,
    Func<Socket, Coroutine<Socket>> Accept,
    Func<Socket, Memory<byte>, Coroutine<int>> Receive,
    Func<Socket, ReadOnlyMemory<byte>, Coroutine> SendAll,
    Func<Socket, EndPoint, Coroutine> Connect,
    Func<Socket, ReadOnlyMemory<byte>, SocketAddress, Coroutine> SendTo,
    Func<Socket, ReadOnlyMemory<byte>, EndPoint, Coroutine> SendToEndPoint,
    Func<Socket, Memory<byte>, SocketAddress, Coroutine<ReceivedLength>> ReceiveFrom,
    Func<Socket, Memory<byte>, Coroutine<ReceivedDatagram>> ReceiveFromEndPoint,
    Func<Socket, SafeFileHandle, long, long?, Coroutine<long>> SendFile)
{
    /// <summary>Calls in source, which reach the generated state machines.</summary>
    public static SocketOperations Generated(EventLoop loop) => new(
        loop,
        listener => loop.Accept(listener),
        (socket, buffer) => loop.Receive(socket, buffer),
        (socket, bytes) => loop.SendAll(socket, bytes),
        (socket, remote) => loop.Connect(socket, remote),
        (socket, bytes, remote) => loop.SendTo(socket, bytes, remote),
        (socket, bytes, remote) => loop.SendTo(socket, bytes, remote),
        (socket, buffer, remote) => loop.ReceiveFrom(socket, buffer, remote),
        (socket, buffer) => loop.ReceiveFrom(socket, buffer),
        (socket, file, offset, count) => loop.SendFile(socket, file, offset, count));

    /// <summary>Method groups, which reach the lowering of the C# compiler.</summary>
    public static SocketOperations Reference(EventLoop loop) => new(
        loop, loop.Accept, loop.Receive, loop.SendAll, loop.Connect, loop.SendTo, loop.SendTo, loop.ReceiveFrom, loop.ReceiveFrom, loop.SendFile);
}
