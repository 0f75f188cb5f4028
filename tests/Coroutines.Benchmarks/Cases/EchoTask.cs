using System.Net.Sockets;
using Coroutines.Benchmarks.Measuring;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// The contender <c>task</c> of echo-*: <see cref="Socket"/>'s own asynchronous calls as .NET ships them, on its own socket
/// engine and the thread pool. It may use every core, and its allocations are those of all threads.
/// </summary>
internal static class EchoTask
{
    public static Sample Run(int connections, int operations)
    {
        int roundTrips = Math.Max(1, operations / connections);
        (Socket Client, Socket Server)[] pairs = Echo.Connect(connections);
        byte[][] buffers = [.. pairs.Select(_ => new byte[Echo.BufferLength])];
        var clients = new Task[connections];
        foreach ((_, Socket server) in pairs)
            _ = Task.Run(() => Serve(server));

        Meter meter = Meter.Start(allThreads: true);
        for (int i = 0; i < connections; i++)
        {
            Socket client = pairs[i].Client;
            byte[] buffer = buffers[i];
            clients[i] = Task.Run(() => Ask(client, buffer, roundTrips));
        }

        Task.WaitAll(clients);
        Sample sample = meter.Stop();
        foreach ((Socket client, _) in pairs)
            client.Dispose();
        return sample;
    }

    private static async Task Serve(Socket socket)
    {
        byte[] buffer = new byte[Echo.BufferLength];
        using (socket)
        {
            while (true)
            {
                int length = await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None);
                if (length == 0)
                    return;
                await socket.SendAsync(buffer.AsMemory(0, length), SocketFlags.None);
            }
        }
    }

    private static async Task Ask(Socket socket, byte[] buffer, int roundTrips)
    {
        for (int i = 0; i < roundTrips; i++)
        {
            await socket.SendAsync(buffer.AsMemory(0, Echo.MessageLength), SocketFlags.None);
            for (int missing = Echo.MessageLength; missing > 0;)
                missing -= await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None);
        }
    }
}
