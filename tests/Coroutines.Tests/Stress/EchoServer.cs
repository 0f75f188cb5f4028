using System.Net;
using System.Runtime;

namespace Coroutines.Tests.Stress;

/// <summary>An echo server that answers questions about itself on its standard input.</summary>
internal static partial class EchoServer
{
    public const string Name = "echo-server";

    public const string Connections = "connections";

    public const string Memory = "memory";

    private static int s_connections;

    [Coroutine]
    public static async Coroutine Run()
    {
        using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Any, 0), backlog: 4096);
        var serving = EventLoop.Current.Spawn(listener.Serve(static stream => Echo(stream)));
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint).Port);
        while (await EventLoop.Current.RunInExecutor(Console.ReadLine) is { } question)
            Console.WriteLine(question == Connections ? s_connections : LiveBytes());
        serving.Cancel();
    }

    [Coroutine]
    private static async Coroutine Echo(SocketStream stream)
    {
        s_connections++;
        try
        {
            while (await stream.Fill())
            {
                await stream.Write(stream.BufferedMemory);
                stream.Consume(stream.Buffered.Length);
            }
        }
        finally
        {
            s_connections--;
        }
    }

    // What is alive, without what pools keep for the next one: they are trimmed by collections.
    [NonBlocking("nothing else is to run meanwhile")]
    private static long LiveBytes()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
