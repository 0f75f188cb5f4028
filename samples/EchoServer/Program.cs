using System.Net;
using Coroutines;
using EchoServer;

// Answers each line with its characters in reverse: "nc localhost 7000".
int port = args is [var given, ..] ? int.Parse(given) : 7000;
EventLoop.Run(Serve(port));

static async Coroutine Serve(int port)
{
    using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, port));
    var loop = EventLoop.Current;
    Console.CancelKeyPress += (_, key) =>
    {
        key.Cancel = true;
        loop.CallSoonThreadSafe(listener.Dispose);
    };
    Console.WriteLine($"Listening on {listener.LocalEndPoint}. Ctrl-C ends it after the last connection.");
    await listener.Serve(static stream => ReverseEcho.Handle(stream));
}
