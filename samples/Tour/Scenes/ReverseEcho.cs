using System.Net;
using System.Net.Sockets;
using Coroutines;

namespace Tour.Scenes;

/// <summary>
/// A server that sends every line back reversed, and its clients: real TCP connections, both ends of each in this one thread. Each end is a coroutine that reads as if
/// it were alone in the world.
/// </summary>
internal static partial class ReverseEcho
{
    private const int WantedConnections = 2_000;
    private const int LinesEach = 25;
    private const int LongestLine = 128;

    // The process needs some descriptors for itself: assemblies, the terminal, the reactor.
    private const int OtherDescriptors = 200;

    private static int s_open;
    private static int s_peak;

    public static void Play(Stage stage)
    {
        int connections = Math.Min(WantedConnections, (OpenFiles.Limit() - OtherDescriptors) / 2);
        if (connections < WantedConnections)
        {
            stage.Tell($"Open files are limited to {OpenFiles.Limit():N0} here and a connection within one process takes two:");
            stage.Tell($"{connections:N0} clients instead of {WantedConnections:N0}. 'ulimit -Hn' shows the limit; root may raise it.");
        }

        stage.Tell("The server sends lines back reversed. Every end of every connection is a coroutine on one loop.");
        EventLoop.Run(ServeAndTalk(stage, connections));
    }

    [Coroutine]
    private static async Coroutine ServeAndTalk(Stage stage, int count)
    {
        var loop = EventLoop.Current;
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(count);
        var server = loop.Spawn(Serve(listener));

        var connecting = Meter.Start();
        var attempts = new CoroutineTask<Socket>[count];
        for (int i = 0; i < count; i++)
            attempts[i] = loop.Spawn(Connect(listener.LocalEndPoint!));
        var connections = new Socket[count];
        for (int i = 0; i < count; i++)
            connections[i] = await attempts[i];
        stage.Tell($"{count:N0} connections to {listener.LocalEndPoint} in {connecting.Read().Wall.TotalSeconds:F2} s");

        var talking = Meter.Start();
        var clients = new CoroutineTask<int>[count];
        for (int i = 0; i < count; i++)
            clients[i] = loop.Spawn(Talk(connections[i], i));
        int right = 0;
        foreach (var client in clients)
            right += await client;
        var cost = talking.Read();
        server.Cancel();

        stage.Check(s_peak == count, $"{s_peak:N0} connections were open at once, each served by a coroutine of its own");
        stage.Check(right == count * LinesEach, $"{right:N0} of {count * LinesEach:N0} lines came back reversed");
        stage.Tell($"{right / cost.Wall.TotalSeconds:N0} round trips per second, {cost.Cpu.TotalMicroseconds / right:F1} µs of CPU each, both ends together");
        stage.Tell($"{cost.Bytes / count:N0} bytes allocated per connection, buffers included");
        stage.Show(cost);
    }

    [Coroutine]
    private static async Coroutine Serve(Socket listener)
    {
        var loop = EventLoop.Current;
        await using var connections = new TaskGroup();
        while (true)
            connections.Spawn(SendLinesBack(await loop.Accept(listener)));
    }

    [Coroutine]
    private static async Coroutine SendLinesBack(Socket connection)
    {
        using (connection)
        {
            s_peak = Math.Max(s_peak, ++s_open);
            byte[] buffer = new byte[LongestLine];
            while (true)
            {
                int length = await ReceiveLine(connection, buffer);
                if (length == 0)
                    break;
                Array.Reverse(buffer, 0, length - 1);
                await EventLoop.Current.SendAll(connection, buffer.AsMemory(0, length));
            }

            s_open--;
        }
    }

    [Coroutine]
    private static async Coroutine<Socket> Connect(EndPoint server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await EventLoop.Current.Connect(socket, server);
        return socket;
    }

    /// <returns>How many answers were right.</returns>
    [Coroutine]
    private static async Coroutine<int> Talk(Socket connection, int client)
    {
        using (connection)
        {
            int right = 0;
            byte[] line = System.Text.Encoding.ASCII.GetBytes($"client {client} was here\n");
            byte[] expected = [.. line[..^1].Reverse(), (byte)'\n'];
            byte[] answer = new byte[LongestLine];
            for (int i = 0; i < LinesEach; i++)
            {
                await EventLoop.Current.SendAll(connection, line);
                int length = await ReceiveLine(connection, answer);
                right += answer.AsSpan(0, length).SequenceEqual(expected) ? 1 : 0;
            }

            return right;
        }
    }

    /// <summary>Receives one line. The peer sends the next one only after it has an answer, so nothing can follow in the same buffer.</summary>
    /// <returns>Its length with the line feed; 0 at the end of the stream.</returns>
    [Coroutine]
    private static async Coroutine<int> ReceiveLine(Socket connection, byte[] buffer)
    {
        int length = 0;
        do
        {
            int received = await EventLoop.Current.Receive(connection, buffer.AsMemory(length));
            if (received == 0)
                return 0;
            length += received;
        }
        while (buffer[length - 1] != '\n');
        return length;
    }
}
