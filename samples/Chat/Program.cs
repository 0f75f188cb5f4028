using System.Net;
using Chat;
using Coroutines;

// A chat with rooms: "nc localhost 7001" in several terminals.
int port = args is [var given, ..] ? int.Parse(given) : 7001;
EventLoop.Run(Serve(port));

static async Coroutine Serve(int port)
{
    using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, port));
    var rooms = new Rooms();
    var serving = EventLoop.Current.Spawn(listener.Serve(rooms.Handle));
    var loop = EventLoop.Current;
    Console.CancelKeyPress += (_, key) =>
    {
        key.Cancel = true;
        loop.CallSoonThreadSafe(() => serving.Cancel());
    };
    Console.WriteLine($"Listening on {listener.LocalEndPoint}. Ctrl-C says good-bye to all.");
    try
    {
        await serving;
    }
    catch (OperationCanceledException)
    {
    }
}
