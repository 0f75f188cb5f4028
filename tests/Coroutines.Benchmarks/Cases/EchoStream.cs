using System.Net.Sockets;
using Coroutines.Benchmarks.Measuring;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// The contenders <c>stream</c> and <c>stream-uring</c> of echo-*: <see cref="SocketStream"/> at both ends, as users write it, where <see cref="EchoLoop"/> calls the socket. What was written leaves with
/// <see cref="ByteStream.Flush"/>. As there, one round trip comes before the clock starts.
/// </summary>
internal static partial class EchoStream
{
    // Beside Loops.Shared, of the same thread.
    private static readonly EventLoop s_ring = new(new EventLoopOptions { Reactor = ReactorKind.IoUring });

    public static Sample OnEpoll(int connections, int operations) => Loops.Shared.RunUntilComplete(Run(Echo.Connect(connections), operations / connections));

    public static Sample OnIoUring(int connections, int operations) => s_ring.RunUntilComplete(Run(Echo.Connect(connections), operations / connections));

    [Coroutine]
    private static async Coroutine<Sample> Run((Socket Client, Socket Server)[] sockets, int roundTrips)
    {
        (SocketStream Client, SocketStream Server)[] pairs = [.. sockets.Select(pair => (new SocketStream(pair.Client), new SocketStream(pair.Server)))];
        await using var servers = new TaskGroup();
        foreach ((_, SocketStream server) in pairs)
            servers.Spawn(Serve(server));

        await RoundTrips(pairs, 1);
        Meter meter = Meter.Start();
        await RoundTrips(pairs, Math.Max(1, roundTrips));
        Sample sample = meter.Stop();

        foreach ((SocketStream client, _) in pairs)
            await client.DisposeAsync();
        await servers.Join();
        return sample;
    }

    [Coroutine]
    private static async Coroutine RoundTrips((SocketStream Client, SocketStream Server)[] pairs, int times)
    {
        await using var clients = new TaskGroup();
        foreach ((SocketStream client, _) in pairs)
            clients.Spawn(Ask(client, times));
        await clients.Join();
    }

    [Coroutine]
    private static async Coroutine Serve(SocketStream stream)
    {
        while (await stream.Fill())
        {
            await stream.Write(stream.BufferedMemory);
            await stream.Flush();
            stream.Consume(stream.Buffered.Length);
        }

        await stream.DisposeAsync();
    }

    [Coroutine]
    private static async Coroutine Ask(SocketStream stream, int times)
    {
        byte[] buffer = new byte[Echo.MessageLength];
        for (int i = 0; i < times; i++)
        {
            await stream.Write(buffer);
            await stream.Flush();
            await stream.ReadExactly(buffer);
        }
    }
}
