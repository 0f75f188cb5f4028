using System.Net.Sockets;
using Coroutines.Benchmarks.Measuring;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// A coroutine for each end of each connection, all in one loop on one thread: what the C peer does by hand. Every connection
/// makes one round trip before the clock starts, so that registering sockets with the loop is no more measured than it is there.
/// </summary>
internal static partial class EchoLoop
{
    private static int s_running;

    public static Sample Generated(int connections, int operations) =>
        Run(connections, operations, static socket => GeneratedServe(socket), static (socket, buffer, times) => GeneratedAsk(socket, buffer, times));

    public static Sample Reference(int connections, int operations) =>
        Run(connections, operations, static socket => ReferenceServe(socket), static (socket, buffer, times) => ReferenceAsk(socket, buffer, times));

    internal static Sample Run(int connections, int operations, Func<Socket, Coroutine> serve, Func<Socket, byte[], int, Coroutine> ask)
    {
        (Socket Client, Socket Server)[] pairs = Echo.Connect(connections);
        byte[][] buffers = [.. pairs.Select(_ => new byte[Echo.BufferLength])];
        foreach ((_, Socket server) in pairs)
            Loops.Shared.Spawn(serve(server));

        RoundTrips(1);
        Meter meter = Meter.Start();
        RoundTrips(Math.Max(1, operations / connections));
        Sample sample = meter.Stop();

        s_running = connections;
        foreach ((Socket client, _) in pairs)
            client.Dispose();
        Loops.Shared.RunForever();   // until the servers have seen the end of their streams
        return sample;

        void RoundTrips(int times)
        {
            s_running = connections;
            Loops.Shared.CallSoon(SpawnClients, times);
            Loops.Shared.RunForever();
        }

        // From inside the loop: only there a coroutine comes from the loop's pool.
        void SpawnClients(int times)
        {
            for (int i = 0; i < pairs.Length; i++)
                Loops.Shared.Spawn(ask(pairs[i].Client, buffers[i], times));
        }
    }

    internal static void Finished()
    {
        if (--s_running == 0)
            Loops.Shared.Stop();
    }

    [Coroutine]
    internal static async Coroutine GeneratedServe(Socket socket)
    {
        EventLoop loop = Loops.Shared;
        byte[] buffer = new byte[Echo.BufferLength];
        int length;
        while ((length = await loop.Receive(socket, buffer)) > 0)
            await loop.SendAll(socket, buffer.AsMemory(0, length));
        socket.Dispose();
        Finished();
    }

    [Coroutine]
    internal static async Coroutine GeneratedAsk(Socket socket, byte[] buffer, int times)
    {
        EventLoop loop = Loops.Shared;
        for (int i = 0; i < times; i++)
        {
            await loop.SendAll(socket, buffer.AsMemory(0, Echo.MessageLength));
            for (int missing = Echo.MessageLength; missing > 0;)
                missing -= await loop.Receive(socket, buffer);
        }

        Finished();
    }

    private static async Coroutine ReferenceServe(Socket socket)
    {
        EventLoop loop = Loops.Shared;
        byte[] buffer = new byte[Echo.BufferLength];
        int length;
        while ((length = await loop.Receive(socket, buffer)) > 0)
            await loop.SendAll(socket, buffer.AsMemory(0, length));
        socket.Dispose();
        Finished();
    }

    private static async Coroutine ReferenceAsk(Socket socket, byte[] buffer, int times)
    {
        EventLoop loop = Loops.Shared;
        for (int i = 0; i < times; i++)
        {
            await loop.SendAll(socket, buffer.AsMemory(0, Echo.MessageLength));
            for (int missing = Echo.MessageLength; missing > 0;)
                missing -= await loop.Receive(socket, buffer);
        }

        Finished();
    }
}
