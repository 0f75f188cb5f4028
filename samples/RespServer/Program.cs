using System.Net;
using System.Runtime.InteropServices;
using Coroutines;
using RespServer;

// A server that speaks the Redis protocol: "redis-cli -p 6380", "redis-benchmark -p 6380 -t get,set".
int port = args is [var given, ..] ? int.Parse(given) : 6380;
EventLoop.Run(Serve(port));

static async Coroutine Serve(int port)
{
    using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, port));
    var server = new Server(EventLoop.Current);
    // Without it Ctrl-C would cancel what this awaits, and with it the connections.
    using var interrupt = EventLoop.Current.OnSignal(PosixSignal.SIGINT, _ => listener.Dispose());
    Console.WriteLine($"Listening on {listener.LocalEndPoint}. Ctrl-C ends it after the last connection.");
    await listener.Serve(server.Handle);
}
