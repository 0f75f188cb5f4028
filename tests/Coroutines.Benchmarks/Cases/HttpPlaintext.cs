using System.Net.Sockets;
using Coroutines.Benchmarks.Measuring;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: a request goes from a client to the server over loopback and its answer comes back, on 64 connections, as in <see cref="EchoLoop"/>. The server looks for the end of the request and at its first line,
/// and no more: what is compared with C is the way to the socket and back, not a parser. The bytes are those of <c>peers/echo_epoll.c</c>.
/// </summary>
internal static partial class HttpPlaintext
{
    private const int Connections = 64;

    private static readonly byte[] s_request = "GET /plaintext HTTP/1.1\r\nHost: localhost\r\nAccept: text/plain\r\nConnection: keep-alive\r\n\r\n"u8.ToArray();
    private static readonly byte[] s_response = "HTTP/1.1 200 OK\r\nServer: plain\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, World!"u8.ToArray();

    public static Sample Generated(int operations) =>
        EchoLoop.Run(Connections, operations, static socket => Serve(socket), static (socket, buffer, times) => Ask(socket, buffer, times));

    [Coroutine]
    internal static async Coroutine Serve(Socket socket)
    {
        EventLoop loop = Loops.Shared;
        byte[] buffer = new byte[Echo.BufferLength];
        int filled = 0;
        while (await loop.Receive(socket, buffer.AsMemory(filled)) is var received and > 0)
        {
            filled += received;
            while (TakeRequest(buffer, ref filled))
                await loop.SendAll(socket, s_response);
        }

        socket.Dispose();
        EchoLoop.Finished();
    }

    [Coroutine]
    internal static async Coroutine Ask(Socket socket, byte[] buffer, int times)
    {
        EventLoop loop = Loops.Shared;
        for (int i = 0; i < times; i++)
        {
            await loop.SendAll(socket, s_request);
            for (int missing = s_response.Length; missing > 0;)
                missing -= await loop.Receive(socket, buffer);
        }

        EchoLoop.Finished();
    }

    private static bool TakeRequest(byte[] buffer, ref int filled)
    {
        ReadOnlySpan<byte> bytes = buffer.AsSpan(0, filled);
        int end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        if (!bytes.StartsWith("GET /plaintext "u8))
            throw new InvalidOperationException("Not the request of this benchmark.");
        end += 4;
        bytes[end..].CopyTo(buffer);
        filled -= end;
        return true;
    }
}
