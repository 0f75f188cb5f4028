using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Coroutines.Tests.Stress;

/// <summary>Opens connections and breaks them, in every manner and at every moment; then tells what is left of them.</summary>
internal static partial class BrokenConnections
{
    public const string Name = "broken-connections";

    private const int AtOnce = 100;

    [Coroutine]
    public static async Coroutine Run(int count)
    {
        using var buffers = new RentedBuffers();
        using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Any, 0), backlog: 4096);
        listener.ConnectionFailed += static (_, _) => { };
        int port = ((IPEndPoint)listener.LocalEndPoint).Port;
        var serving = EventLoop.Current.Spawn(listener.Serve(static stream => Serve(stream)));
        // Tables, pools and threads come to their size.
        await Break(port, 20 * AtOnce);
        string before = await Describe(buffers);
        await Break(port, count);
        string after = await Describe(buffers);
        Console.WriteLine(before == after ? $"as before: {after}" : $"before: {before}; after: {after}");
        serving.Cancel();
    }

    [Coroutine]
    private static async Coroutine<string> Describe(RentedBuffers buffers)
    {
        await Coroutine.UntilIdle();
        Collect();
        await Coroutine.UntilIdle();
        // Before the text, which is put together in a rented buffer itself.
        long rented = buffers.Count;
        return $"{Count("fd")} descriptors, {Count("task")} threads, {EventLoop.Current.TaskCount} tasks, {rented} buffers";
    }

    [NonBlocking("nothing else is to run meanwhile")]
    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [NonBlocking("the system answers at once")]
    private static int Count(string directory) => Directory.GetFileSystemEntries("/proc/self/" + directory).Length;

    [Coroutine]
    private static async Coroutine Break(int port, int count)
    {
        for (int opened = 0; opened < count; opened += AtOnce)
        {
            var server = new IPEndPoint(new IPAddress([127, 0, (byte)(opened / AtOnce % 200), 1]), port);
            await using var group = new TaskGroup();
            for (int i = 0; i < AtOnce; i++)
                group.Spawn(BreakOne(server, opened + i));
            await group.Join();
        }
    }

    [Coroutine]
    private static async Coroutine BreakOne(IPEndPoint server, int number)
    {
        var stream = await SocketStream.Connect(server);
        switch (number % 8)
        {
            case 0:
                stream.Abort();
                break;
            case 1:
                Reset(stream);
                break;
            case 2:
                // The server is asked, and nobody waits for its answer.
                stream.Output.Write("half a question"u8);
                await stream.Flush();
                Reset(stream);
                break;
            case 3:
                // In the middle of an answer that is larger than what the system keeps.
                stream.Output.Write("large\n"u8);
                await stream.ReadExactly(new byte[10]);
                Reset(stream);
                break;
            case 4:
                await Coroutine.MoveOnAfter(Read(stream), TimeSpan.FromMilliseconds(1));
                stream.Abort();
                break;
            case 5:
                // What is unsent is dropped with it.
                stream.Output.Write(new byte[10_000]);
                stream.Abort();
                break;
            case 6:
                stream.Output.Write("quit\n"u8);
                await Read(stream);
                await stream.DisposeAsync();
                break;
            case 7:
                stream.Output.Write("fail\n"u8);
                await stream.CompleteWrites();
                await Read(stream);
                await stream.DisposeAsync();
                break;
        }
    }

    private static void Reset(SocketStream stream)
    {
        stream.Socket.LingerState = new LingerOption(true, 0);
        stream.Abort();
    }

    [Coroutine]
    private static async Coroutine Read(SocketStream stream)
    {
        try
        {
            await stream.Fill();
        }
        catch (SocketException)
        {
            // Reset by the server, which closed the connection with unread data.
        }
    }

    [Coroutine]
    private static async Coroutine Serve(SocketStream stream)
    {
        while (await stream.ReadLine() is { } question)
        {
            switch (question)
            {
                case "large":
                    await stream.Write(new byte[1_000_000]);
                    break;
                case "quit":
                    return;
                default:
                    throw new InvalidOperationException(question);
            }
        }
    }
}
