using System.Net;
using Chat;
using Coroutines;

// A chat with rooms: "nc localhost 7001" in several terminals.
int port = args is [var given, ..] ? int.Parse(given) : 7001;
try
{
    EventLoop.Run(Serve(port));
}
catch (OperationCanceledException)
{
    // Ctrl-C has cancelled it, and with it the handlers, which have said good-bye.
}

static async Coroutine Serve(int port)
{
    using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, port));
    Console.WriteLine($"Listening on {listener.LocalEndPoint}. Ctrl-C says good-bye to all.");
    await listener.Serve(new Rooms().Handle);
}
