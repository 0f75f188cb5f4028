using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Coroutines.AspNetCore.Tests;

/// <summary>A client that says exactly what it is told, to see what goes over the wire.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket;
    private readonly Stream _stream;

    private RawClient(Socket socket)
    {
        _socket = socket;
        _stream = new BufferedStream(new NetworkStream(socket, ownsSocket: true), 4096);
    }

    public static async Task<RawClient> Connect(EndPoint server)
    {
        var socket = server is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        return new RawClient(socket);
    }

    public Task Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    public async Task Send(byte[] bytes)
    {
        for (int sent = 0; sent < bytes.Length;)
            sent += await _socket.SendAsync(bytes.AsMemory(sent));
    }

    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public async Task<string?> ReadLine()
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (await _stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }

        return line.Length == 0 ? null : line.ToString();
    }

    public async Task<byte[]> Read(int count)
    {
        byte[] bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    /// <summary>Status line and body, whichever way its length is told.</summary>
    public async Task<(string Status, string Body)> ReadResponse()
    {
        string status = await ReadLine() ?? throw new EndOfStreamException();
        return (status, await ReadBody());
    }

    /// <summary>What follows the status line.</summary>
    public async Task<string> ReadBody()
    {
        int length = 0;
        bool isChunked = false;
        while (await ReadLine() is { Length: > 0 } header)
        {
            if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(header.AsSpan(15), CultureInfo.InvariantCulture);
            isChunked |= header.Equals("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
        }

        if (!isChunked)
            return Encoding.UTF8.GetString(await Read(length));
        var body = new StringBuilder();
        while (int.Parse(await ReadLine() ?? "", NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var size and > 0)
        {
            body.Append(Encoding.UTF8.GetString(await Read(size)));
            await ReadLine();
        }

        await ReadLine();
        return body.ToString();
    }

    public void Dispose() => _stream.Dispose();
}
