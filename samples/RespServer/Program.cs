using System.Net;
using Coroutines;
using RespServer;

// A server that speaks the Redis protocol: "redis-cli -p 6380", "redis-benchmark -p 6380 -t get,set".
int port = args is [var given, ..] ? int.Parse(given) : 6380;
EventLoop.Run(Serve(port));

static async Coroutine Serve(int port)
{
    using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, port));
    var server = new Server(EventLoop.Current);
    var loop = EventLoop.Current;
    Console.CancelKeyPress += (_, key) =>
    {
        key.Cancel = true;
        loop.CallSoonThreadSafe(listener.Dispose);
    };
    Console.WriteLine($"Listening on {listener.LocalEndPoint}. Ctrl-C ends it after the last connection.");
    await listener.Serve(server.Handle);
}
