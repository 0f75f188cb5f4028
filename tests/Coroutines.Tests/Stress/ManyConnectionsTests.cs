using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Coroutines.Tests.Stress;

/// <summary>Servers in a process of their own, with very many clients here.</summary>
public sealed partial class ManyConnectionsTests
{
    private const int Many = 10_000;

    [Theory]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.IoUring)]
    [InlineData(ReactorKind.Portable)]
    public void Ten_thousand_connections_echo_and_cost_less_than_two_kibibytes_each_while_they_are_idle(ReactorKind reactor)
    {
        using var server = new ChildProcess(EchoServer.Name, reactor);
        int port = int.Parse(server.ReadLine(), CultureInfo.InvariantCulture);
        long before = long.Parse(server.Ask(EchoServer.Memory), CultureInfo.InvariantCulture);
        long during = EventLoop.Run(EchoAll(server, port), new EventLoopOptions { Reactor = reactor });
        Assert.InRange((during - before) / Many, 1, 2048);
        Assert.Equal(0, server.End().ExitCode);
    }

    [Theory]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.IoUring)]
    [InlineData(ReactorKind.Portable)]
    public void A_server_without_descriptors_keeps_its_connections_and_accepts_again_when_it_has_some(ReactorKind reactor)
    {
        const int OpenFiles = 256;
        const int Clients = 300;
        using var server = new ChildProcess(EchoServer.Name, reactor, openFiles: OpenFiles);
        int port = int.Parse(server.ReadLine(), CultureInfo.InvariantCulture);
        var clients = new Socket[Clients];
        // The system keeps in the backlog those that the server cannot take.
        for (int i = 0; i < Clients; i++)
        {
            clients[i] = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 60_000 };
            clients[i].Connect(AddressOf(i), port);
        }

        for (long began = Stopwatch.GetTimestamp(); server.OpenFiles < OpenFiles; Thread.Yield())
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1), $"The server has {server.OpenFiles} descriptors.");
        int accepted = int.Parse(server.Ask(EchoServer.Connections), CultureInfo.InvariantCulture);
        // Enough that there will be room for all of the others.
        Assert.InRange(accepted, Clients / 2, OpenFiles);
        foreach (var client in clients[..accepted])
            Exchange(client);
        foreach (var client in clients[..accepted])
            client.Dispose();
        // Room for all of them, now; among them is nobody who was lost.
        foreach (var client in clients[accepted..])
            Exchange(client);
        foreach (var client in clients)
            client.Dispose();
        Assert.Equal(0, server.End().ExitCode);
    }

    private static void Exchange(Socket client)
    {
        client.Send([7]);
        byte[] answer = new byte[2];
        Assert.Equal(1, client.Receive(answer));
        Assert.Equal(7, answer[0]);
    }

    [Coroutine]
    private static async Coroutine<long> EchoAll(ChildProcess server, int port)
    {
        var streams = new SocketStream[Many];
        for (int i = 0; i < Many; i++)
            streams[i] = await SocketStream.Connect(new IPEndPoint(AddressOf(i), port));
        // Twice, as connections that have been used before cost what those cost that only wait.
        for (int round = 0; round < 2; round++)
        {
            await using var group = new TaskGroup();
            for (int i = 0; i < Many; i++)
                group.Spawn(Exchange(streams[i], i));
            await group.Join();
        }

        string connections = await EventLoop.Current.RunInExecutor(() => server.Ask(EchoServer.Connections));
        Assert.Equal(Many.ToString(CultureInfo.InvariantCulture), connections);
        string memory = await EventLoop.Current.RunInExecutor(() => server.Ask(EchoServer.Memory));
        foreach (var stream in streams)
            stream.Abort();
        return long.Parse(memory, CultureInfo.InvariantCulture);
    }

    [Coroutine]
    private static async Coroutine Exchange(SocketStream stream, int number)
    {
        byte[] question = BitConverter.GetBytes(number);
        await stream.Write(question);
        byte[] answer = new byte[question.Length];
        await stream.ReadExactly(answer);
        Assert.Equal(question, answer);
    }

    // Several addresses, so that neither ports nor connections that have just ended are a limit.
    private static IPAddress AddressOf(int client) => new([127, 0, 0, (byte)(1 + client % 8)]);
}
