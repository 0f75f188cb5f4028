using System.Net;

namespace Coroutines;

/// <summary>How much <see cref="EventLoop.ReceiveFrom(System.Net.Sockets.Socket, Memory{byte}, SocketAddress)"/> has received.</summary>
/// <param name="Length">How many bytes are in the buffer; 0 for an empty datagram, which is one like any other.</param>
/// <param name="IsTruncated">Whether the buffer was too small: the rest of the datagram is lost.</param>
public readonly record struct ReceivedLength(int Length, bool IsTruncated);
