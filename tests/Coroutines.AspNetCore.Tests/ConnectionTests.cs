using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Coroutines.AspNetCore.Tests;

/// <summary>Clients that are slow, give up, stay long, or are very many.</summary>
public partial class ConnectionTests
{
    public static TheoryData<Transport> Transports { get; } = [Transport.Loop, Transport.Sockets];

    [Fact]
    public async Task A_client_that_does_not_read_makes_the_handler_wait()
    {
        long written = 0;
        await using var server = await WebServer.Start(Transport.Loop, app => app.MapGet("/endless", async (HttpContext context) =>
        {
            byte[] piece = new byte[100_000];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
                written += piece.Length;
            }
        }));
        using var client = await RawClient.Connect(server.EndPoint);
        await client.Send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
        await client.Read(1_000_000);
        // It comes to rest: what the kernel and the transport keep is bounded.
        long atRest = await server.WhenIdle(_ => written);
        Assert.InRange(atRest, 1_000_000, 30_000_000);
        await client.Read(10_000_000);
        Assert.True(await server.WhenIdle(_ => written) > atRest);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_client_that_goes_away_aborts_its_request(Transport transport)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await WebServer.Start(transport, app => app.MapGet("/wait", async (HttpContext context) =>
        {
            started.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            finally
            {
                aborted.SetResult();
            }
        }));
        using var client = await RawClient.Connect(server.EndPoint);
        await client.Send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
        await started.Task;
        client.Reset();
        await aborted.Task;
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_client_that_goes_away_in_the_middle_of_its_body_ends_the_request(Transport transport)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var failed = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await WebServer.Start(transport, app => app.MapPost("/upload", async (HttpContext context) =>
        {
            started.SetResult();
            try
            {
                await context.Request.Body.CopyToAsync(Stream.Null);
            }
            catch (Exception exception)
            {
                failed.SetResult(exception);
                throw;
            }
        }));
        using var client = await RawClient.Connect(server.EndPoint);
        await client.Send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nonly the beginning");
        await started.Task;
        client.Reset();
        Assert.True(await failed.Task is IOException or OperationCanceledException, (await failed.Task).ToString());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Web_sockets_echo(Transport transport)
    {
        await using var server = await WebServer.Start(transport, static app =>
        {
            app.UseWebSockets();
            app.Map("/socket", static async (HttpContext context) =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                byte[] buffer = new byte[1000];
                while (await socket.ReceiveAsync(buffer, default) is { MessageType: not WebSocketMessageType.Close } message)
                    await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, default);
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", default);
            });
        });
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri($"ws://{server.EndPoint}/socket"), default);
        byte[] buffer = new byte[1000];
        for (int i = 0; i < 100; i++)
        {
            await client.SendAsync(Encoding.UTF8.GetBytes($"message {i}"), WebSocketMessageType.Text, true, default);
            var echo = await client.ReceiveAsync(buffer, default);
            Assert.Equal($"message {i}", Encoding.UTF8.GetString(buffer, 0, echo.Count));
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        Assert.Equal("bye", client.CloseStatusDescription);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Events_arrive_one_by_one(Transport transport)
    {
        await using var server = await WebServer.Start(transport, static app => app.MapGet("/events", static async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            for (int i = 0; i < 20; i++)
            {
                await context.Response.WriteAsync($"data: {i}\n\n");
                await context.Response.Body.FlushAsync();
                await Task.Yield();
            }
        }));
        using var client = new HttpClient { BaseAddress = server.Root };
        using var reader = new StreamReader(await client.GetStreamAsync(new Uri("/events", UriKind.Relative)));
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal($"data: {i}", await reader.ReadLineAsync());
            Assert.Equal("", await reader.ReadLineAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Five_thousand_connections_are_served(Transport transport)
    {
        await using var server = await WebServer.Start(transport, Http1Tests.Map);
        var clients = new RawClient[5_000];
        for (int i = 0; i < clients.Length; i++)
            clients[i] = await RawClient.Connect(server.EndPoint);
        for (int round = 0; round < 2; round++)
        {
            await Task.WhenAll(clients.Select(client => client.Send($"GET /hello/{round} HTTP/1.1\r\nHost: x\r\n\r\n")));
            foreach (var client in clients)
                Assert.Equal(("HTTP/1.1 200 OK", $"hello {round}"), await client.ReadResponse());
        }

        foreach (var client in clients)
            client.Dispose();
    }

    [Fact]
    public async Task No_more_connections_are_accepted_than_allowed()
    {
        await using var server = await WebServer.Start(Transport.Loop, Http1Tests.Map, static options => options.MaxConnections = 2);
        using var first = await RawClient.Connect(server.EndPoint);
        var second = await RawClient.Connect(server.EndPoint);
        using var third = await RawClient.Connect(server.EndPoint);
        foreach (var client in new[] { first, second, third })
            await client.Send("GET /hello/you HTTP/1.1\r\nHost: x\r\n\r\n");
        await first.ReadResponse();
        await second.ReadResponse();
        var waiting = third.ReadResponse();
        await first.Send("GET /hello/again HTTP/1.1\r\nHost: x\r\n\r\n");
        await first.ReadResponse();
        Assert.False(waiting.IsCompleted);
        second.Dispose();
        Assert.Equal(("HTTP/1.1 200 OK", "hello you"), await waiting);
    }

    /// <summary>Who was slower than the bytes would go on elsewhere, and later than the end of the client that came with them, for which the request would be given up.</summary>
    [Fact]
    public void Nothing_is_received_before_somebody_waits_for_it() => EventLoop.Run(FirstRead());

    [Coroutine]
    private static async Coroutine FirstRead()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        await using var client = await SocketStream.Connect(listener.LocalEndPoint!);
        await client.Write("hello"u8.ToArray());
        await client.CompleteWrites();
        await using var connection = new LoopConnection(await EventLoop.Current.Accept(listener), new CoroutineLoopOptions(), static () => { });
        var read = connection.Input.ReadAsync();
        await Coroutine.UntilIdle();
        Assert.False(read.IsCompleted);
        var result = await read;
        Assert.Equal("hello", Encoding.ASCII.GetString(result.Buffer));
        connection.Input.AdvanceTo(result.Buffer.End);
        Assert.True((await connection.Input.ReadAsync()).IsCompleted);
    }

    /// <summary>What middleware leaves unsent may be more than a client that does not read leaves room for.</summary>
    [Fact]
    public void A_connection_ends_in_its_time_however_much_is_unsent() => EventLoop.Run(Unsent());

    [Coroutine]
    private static async Coroutine Unsent()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        await using var client = await SocketStream.Connect(listener.LocalEndPoint!);
        bool hasEnded = false;
        var connection = new LoopConnection(await EventLoop.Current.Accept(listener), new CoroutineLoopOptions { CloseTimeout = TimeSpan.Zero }, () => hasEnded = true);
        const int Much = 64 * 1024 * 1024;
        connection.Output.GetMemory(Much);
        connection.Output.Advance(Much);
        await connection.DisposeAsync();
        Assert.True(hasEnded);
    }

    [Fact]
    public void A_connection_may_have_any_time_to_send_what_is_left() => EventLoop.Run(SentInTheEnd());

    [Coroutine]
    private static async Coroutine SentInTheEnd()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        await using var client = await SocketStream.Connect(listener.LocalEndPoint!);
        var connection = new LoopConnection(await EventLoop.Current.Accept(listener), new CoroutineLoopOptions { CloseTimeout = TimeSpan.MaxValue }, static () => { });
        const int Much = 8 * 1024 * 1024;
        connection.Output.GetMemory(Much);
        connection.Output.Advance(Much);
        var ending = connection.DisposeAsync();
        byte[] received = new byte[Much];
        await client.ReadExactly(received);
        await ending;
        Assert.Null(await client.ReadLine());
    }

    /// <summary>Its exception is nobody's but the one's who has registered it: the place of the connection becomes free, and the server ends.</summary>
    [Theory]
    [MemberData(nameof(Transports))]
    public async Task What_is_called_when_a_connection_closes_may_fail(Transport transport)
    {
        await using var server = await WebServer.Start(
            transport,
            static app => app.MapGet("/", static (HttpContext context) =>
            {
                context.Features.Get<IConnectionLifetimeFeature>()!.ConnectionClosed.Register(static () => throw new InvalidOperationException("what is broken"));
                context.Response.Headers.Connection = "close";
                return "answer";
            }),
            static options => options.MaxConnections = 1);
        for (int i = 0; i < 3; i++)
        {
            using var client = await RawClient.Connect(server.EndPoint);
            await client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.Equal(("HTTP/1.1 200 OK", "answer"), await client.ReadResponse());
            Assert.Null(await client.ReadLine());
        }

        await server.Stop();
        Assert.Equal(3, server.Log.Lines.Count(static line => line.Contains("what is broken", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Transport.Loop, 1)]
    [InlineData(Transport.Loop, 3)]
    [InlineData(Transport.Sockets, 1)]
    public async Task An_address_at_which_somebody_listens_is_refused(Transport transport, int loops)
    {
        await using var server = await WebServer.Start(transport, Http1Tests.Map, options => options.Loops = loops);
        int port = server.EndPoint.Port;
        var refusal = await Assert.ThrowsAsync<IOException>(() => WebServer.Start(
            transport,
            Http1Tests.Map,
            options => options.Loops = loops,
            build: builder => builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, port))));
        Assert.IsType<AddressInUseException>(refusal.InnerException);
    }

    [Theory]
    [InlineData(Transport.Loop, 1)]
    [InlineData(Transport.Loop, 3)]
    [InlineData(Transport.Sockets, 1)]
    public async Task A_path_can_be_listened_on(Transport transport, int loops)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        await using var server = await WebServer.Start(
            transport,
            Http1Tests.Map,
            options => (options.Loops, options.MaxConnections) = (loops, 1),
            build: builder => builder.WebHost.ConfigureKestrel(options => options.ListenUnixSocket(path)));
        for (int i = 0; i < 10; i++)
        {
            using var handler = new SocketsHttpHandler { ConnectCallback = (_, token) => Connect(path, token) };
            using var client = new HttpClient(handler);
            Assert.Equal("hello path", await client.GetStringAsync(new Uri("http://local/hello/path")));
        }

        // Each loop has its own room.
        var together = new List<RawClient>();
        for (int i = 0; i < (transport == Transport.Loop ? loops : 1); i++)
        {
            together.Add(await RawClient.Connect(new UnixDomainSocketEndPoint(path)));
            await together[i].Send("GET /hello/all HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.Equal(("HTTP/1.1 200 OK", "hello all"), await together[i].ReadResponse());
        }

        foreach (var client in together)
            client.Dispose();

        static async ValueTask<Stream> Connect(string path, CancellationToken token)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), token);
            return new NetworkStream(socket, ownsSocket: true);
        }
    }

    /// <summary>Of which nobody would hear otherwise: no connection could be made with them.</summary>
    [Fact]
    public void Options_that_no_connection_can_have_are_refused()
    {
        var options = new CoroutineLoopOptions();
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxReadBufferSize = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxWriteBufferSize = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.CloseTimeout = TimeSpan.FromTicks(-1));
    }

    [Fact]
    public async Task The_least_buffers_are_enough()
    {
        await using var server = await WebServer.Start(
            Transport.Loop,
            static app => app.MapPost("/echo", static async (HttpContext context) => await context.Request.Body.CopyToAsync(context.Response.Body)),
            static options => (options.MaxReadBufferSize, options.MaxWriteBufferSize, options.CloseTimeout) = (1, 1, TimeSpan.Zero));
        using var client = new HttpClient { BaseAddress = server.Root };
        using var answer = await client.PostAsync(new Uri("/echo", UriKind.Relative), new StringContent(new string('x', 100_000)));
        Assert.Equal(new string('x', 100_000), await answer.Content.ReadAsStringAsync());
    }
}
