using System.Net;
using System.Text;
using System.Text.Json;
using Coroutines;

namespace Fetch;

/// <summary>
/// A small HTTP/1.1 server: <c>/elements</c> lists the documents, <c>/elements/Fe</c> is one. Each takes its time, as if it came from far away, so that waiting is what fetching consists of.
/// </summary>
public sealed partial class DocumentServer : IDisposable
{
    private readonly SocketListener _listener;
    private readonly TimeSpan _distance;

    /// <param name="local">Where to listen.</param>
    /// <param name="distance">How long an answer takes.</param>
    public DocumentServer(EndPoint local, TimeSpan distance)
    {
        _listener = SocketListener.Listen(local);
        _distance = distance;
    }

    public Uri Root => new($"http://{_listener.LocalEndPoint}/");

    /// <summary>How many requests are being answered now, and how many were at most.</summary>
    public int Open { get; private set; }

    public int MostOpen { get; private set; }

    public void Dispose() => _listener.Dispose();

    /// <summary>Serves until the server is disposed and the last connection has ended.</summary>
    [Coroutine]
    public async Coroutine Serve() => await _listener.Serve(connection => Answer(connection));

    [Coroutine]
    private async Coroutine Answer(SocketStream connection)
    {
        while (await connection.ReadLine(limit: 8192) is { } request)
        {
            while (await connection.ReadLine(limit: 8192) is { Length: > 0 })
            {
                // No header changes the answer.
            }

            MostOpen = Math.Max(MostOpen, ++Open);
            try
            {
                await Coroutine.Delay(_distance);
            }
            finally
            {
                Open--;
            }

            var (status, body) = request.Split(' ') is ["GET", var path, _] ? Find(path) : ("400 Bad Request", "Only GET is understood.");
            byte[] bytes = Encoding.UTF8.GetBytes(body);
            await connection.Write(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\n\r\n"));
            await connection.Write(bytes);
        }
    }

    private static (string Status, string Body) Find(string path)
    {
        if (path == "/elements")
            return ("200 OK", JsonSerializer.Serialize(Elements.All.Select(element => $"elements/{element.Symbol}"), Json.Default.IEnumerableString));
        var found = Elements.All.FirstOrDefault(element => path == $"/elements/{element.Symbol}");
        return found is null ? ("404 Not Found", "null") : ("200 OK", JsonSerializer.Serialize(found, Json.Default.Element));
    }
}
