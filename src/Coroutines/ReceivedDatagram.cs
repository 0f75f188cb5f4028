using System.Net;

namespace Coroutines;

/// <summary>What <see cref="DatagramSocket.Receive"/> has received, or <see cref="EventLoop.ReceiveFrom(System.Net.Sockets.Socket, Memory{byte})"/>.</summary>
/// <param name="Length">How many bytes are in the buffer; 0 for an empty datagram, which is one like any other.</param>
/// <param name="RemoteEndPoint">Who sent it; null for a local socket without a path.</param>
/// <param name="IsTruncated">Whether the buffer was too small: the rest of the datagram is lost.</param>
public readonly record struct ReceivedDatagram(int Length, EndPoint? RemoteEndPoint, bool IsTruncated);
