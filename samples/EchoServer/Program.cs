using System.Net;
using System.Runtime.InteropServices;
using Coroutines;
using EchoServer;

// Answers each line with its characters in reverse: "nc localhost 7000".
int port = args is [var given, ..] ? int.Parse(given) : 7000;
EventLoop.Run(Serve(port));

static async Coroutine Serve(int port)
{
    using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, port));
    // Without it Ctrl-C would cancel what this awaits, and with it the connections.
    using var interrupt = EventLoop.Current.OnSignal(PosixSignal.SIGINT, _ => listener.Dispose());
    Console.WriteLine($"Listening on {listener.LocalEndPoint}. Ctrl-C ends it after the last connection.");
    await listener.Serve(static stream => ReverseEcho.Handle(stream));
}
