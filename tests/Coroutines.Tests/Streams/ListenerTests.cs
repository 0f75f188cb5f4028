using System.Net;
using System.Net.Sockets;
using Coroutines.Tests.Sockets;

namespace Coroutines.Tests.Streams;

public abstract partial class ListenerTests(ReactorKind reactor)
{
    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public void A_server_answers_many_clients_at_once(Transport transport) => EventLoop.Run(ManyClients(transport), _options);

    [Fact]
    public void No_more_connections_are_taken_than_allowed() => EventLoop.Run(Limited(), _options);

    [Fact]
    public void A_handler_that_fails_ends_its_connection_only_and_is_told() => EventLoop.Run(FailingHandler(), _options);

    [Fact]
    public void Without_a_handler_of_failures_they_are_unhandled()
    {
        var reported = new List<string>();
        using var loop = new EventLoop(_options);
        loop.UnhandledException += (_, failure) => reported.Add(failure.Exception.Message);
        loop.RunUntilComplete(Fail());
        Assert.Equal(["broken"], reported);

        static async Coroutine Fail()
        {
            using var listener = SocketListener.Listen(StreamPair.EndPointOf(Transport.Tcp));
            var serving = EventLoop.Current.Spawn(listener.Serve(static _ => Broken()));
            await using (var client = await SocketStream.Connect(listener.LocalEndPoint))
                Assert.Null(await client.ReadLine());
            listener.Dispose();
            await serving;
        }
    }

    [Fact]
    public void Disposing_a_listener_lets_its_handlers_finish() => EventLoop.Run(Graceful(), _options);

    [Fact]
    public void Another_thread_cannot_dispose_a_listener() => EventLoop.Run(DisposedElsewhere(), _options);

    [Fact]
    public void A_listener_can_be_disposed_after_its_loop()
    {
        var listener = EventLoop.Run(Listening(), _options);
        listener.Dispose();

        static async Coroutine<SocketListener> Listening() => SocketListener.Listen(StreamPair.EndPointOf(Transport.Tcp));
    }

    [Fact]
    public void A_client_whose_path_is_as_long_as_the_system_allows_ends_no_server()
    {
        var path = new LongestPath();
        EventLoop.Run(VisitedBy(path), _options);
        File.Delete(path.ToString());
    }

    [Fact]
    public void Cancelling_a_server_cancels_its_handlers() => EventLoop.Run(Cancelled(), _options);

    [Fact]
    public void A_path_can_be_listened_on_again()
    {
        var path = StreamPair.EndPointOf(Transport.Unix);
        EventLoop.Run(ListenTwice(path), _options);
        Assert.False(File.Exists(path.ToString()));
    }

    [Fact]
    public void A_name_is_resolved_and_its_addresses_are_tried_until_one_answers() => EventLoop.Run(ByName(), _options);

    [Fact]
    public void The_first_connection_wins_and_the_others_are_given_up() => EventLoop.Run(Race(), _options);

    [Fact]
    public void If_no_address_answers_the_first_reason_is_told() => EventLoop.Run(NobodyListens(), _options);

    [Fact]
    public void Families_take_turns()
    {
        var addresses = new[] { "::1", "::2", "::3", "1.1.1.1", "2.2.2.2" }.Select(IPAddress.Parse).ToArray();
        Assert.Equal("::1 1.1.1.1 ::2 2.2.2.2 ::3", string.Join(' ', HappyEyeballs.Interleave(addresses).Select(address => address.ToString())));
        Assert.Equal("1.1.1.1", string.Join(' ', HappyEyeballs.Interleave(addresses[3..4]).Select(address => address.ToString())));
    }

    [Coroutine]
    private static async Coroutine ManyClients(Transport transport)
    {
        using var listener = SocketListener.Listen(StreamPair.EndPointOf(transport));
        var serving = EventLoop.Current.Spawn(listener.Serve(static stream => Reverse(stream)));
        await using (var group = new TaskGroup())
        {
            for (int i = 0; i < 200; i++)
                group.Spawn(Client(listener.LocalEndPoint, $"client {i}"));
            await group.Join();
        }

        listener.Dispose();
        await serving;
    }

    [Coroutine]
    private static async Coroutine Client(EndPoint server, string text)
    {
        await using var stream = await SocketStream.Connect(server);
        for (int i = 0; i < 3; i++)
        {
            stream.Output.WriteLine(text);
            Assert.Equal(Reversed(text), await stream.ReadLine());
        }
    }

    [Coroutine]
    private static async Coroutine Reverse(SocketStream stream)
    {
        await foreach (string line in stream.Lines())
            stream.Output.WriteLine(Reversed(line));
    }

    [Coroutine]
    private static async Coroutine Limited()
    {
        using var listener = SocketListener.Listen(StreamPair.EndPointOf(Transport.Tcp));
        int open = 0;
        int most = 0;
        var serving = EventLoop.Current.Spawn(listener.Serve(stream => Count(stream), maxConnections: 3));
        await using (var group = new TaskGroup())
        {
            for (int i = 0; i < 20; i++)
                group.Spawn(Ask(listener.LocalEndPoint));
            await group.Join();
        }

        Assert.Equal(3, most);
        listener.Dispose();
        await serving;
        Assert.Equal(0, open);

        async Coroutine Count(SocketStream stream)
        {
            most = Math.Max(most, ++open);
            try
            {
                Assert.Equal("?", await stream.ReadLine());
                await Coroutine.Yield();
                stream.Output.WriteLine("!");
                await stream.Flush();
            }
            finally
            {
                open--;
            }
        }
    }

    [Coroutine]
    private static async Coroutine Ask(EndPoint server)
    {
        await using var stream = await SocketStream.Connect(server);
        stream.Output.WriteLine("?");
        Assert.Equal("!", await stream.ReadLine());
    }

    [Coroutine]
    private static async Coroutine Broken()
    {
        await Coroutine.Yield();
        throw new InvalidOperationException("broken");
    }

    [Coroutine]
    private static async Coroutine FailingHandler()
    {
        using var listener = SocketListener.Listen(StreamPair.EndPointOf(Transport.Tcp));
        var failures = new List<string>();
        listener.ConnectionFailed += (_, failure) => failures.Add(failure.Exception.Message);
        int served = 0;
        var serving = EventLoop.Current.Spawn(listener.Serve(stream => served++ == 0 ? Broken() : Reverse(stream)));
        await using (var first = await SocketStream.Connect(listener.LocalEndPoint))
            Assert.Null(await first.ReadLine());
        await Client(listener.LocalEndPoint, "second");
        Assert.Equal(["broken"], failures);
        listener.Dispose();
        await serving;
    }

    [Coroutine]
    private static async Coroutine Graceful()
    {
        using var listener = SocketListener.Listen(StreamPair.EndPointOf(Transport.Tcp));
        var serving = EventLoop.Current.Spawn(listener.Serve(static stream => Reverse(stream)));
        await using var client = await SocketStream.Connect(listener.LocalEndPoint);
        client.Output.WriteLine("ab");
        Assert.Equal("ba", await client.ReadLine());
        listener.Dispose();
        client.Output.WriteLine("cd");
        Assert.Equal("dc", await client.ReadLine());
        Assert.False(serving.IsCompleted);
        await client.CompleteWrites();
        await serving;
        Assert.Null(await client.ReadLine());
    }

    [Coroutine]
    private static async Coroutine Cancelled()
    {
        using var listener = SocketListener.Listen(StreamPair.EndPointOf(Transport.Tcp));
        var serving = EventLoop.Current.Spawn(listener.Serve(static stream => Reverse(stream)));
        await using var client = await SocketStream.Connect(listener.LocalEndPoint);
        client.Output.WriteLine("ab");
        Assert.Equal("ba", await client.ReadLine());
        serving.Cancel();
        Assert.Null(await client.ReadLine());
        await ReadingTests.Refused<OperationCanceledException>(Await(serving));

        static async Coroutine Await(CoroutineTask task) => await task;
    }

    [Coroutine]
    private static async Coroutine VisitedBy(EndPoint path)
    {
        using var listener = SocketListener.Listen(StreamPair.EndPointOf(Transport.Unix));
        var serving = EventLoop.Current.Spawn(listener.Serve(static stream => stream.Write("hello\n"u8.ToArray())));
        using var visitor = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        visitor.Bind(path);
        await EventLoop.Current.Connect(visitor, listener.LocalEndPoint);
        await Coroutine.UntilIdle();
        Assert.False(serving.IsCompleted);
        await using var client = await SocketStream.Connect(listener.LocalEndPoint);
        Assert.Equal("hello", await client.ReadLine());
        listener.Dispose();
        await client.DisposeAsync();
        await serving;
    }

    [Coroutine]
    private static async Coroutine DisposedElsewhere()
    {
        using var listener = SocketListener.Listen(StreamPair.EndPointOf(Transport.Tcp));
        var loop = EventLoop.Current;
        var accepting = loop.Spawn(listener.Accept());
        await Coroutine.UntilIdle();
        Assert.IsType<InvalidOperationException>(await loop.RunInExecutor(() => Record.Exception(listener.Dispose)));
        await using var client = await SocketStream.Connect(listener.LocalEndPoint);
        await using var accepted = await accepting;
        Assert.Equal(client.Socket.LocalEndPoint, accepted.Socket.RemoteEndPoint);
    }

    [Coroutine]
    private static async Coroutine ListenTwice(EndPoint path)
    {
        for (int i = 0; i < 2; i++)
        {
            using var listener = SocketListener.Listen(path);
            var connecting = EventLoop.Current.Spawn(SocketStream.Connect(path));
            await using var accepted = await listener.Accept();
            await using var connected = await connecting;
        }
    }

    [Coroutine]
    private static async Coroutine ByName()
    {
        using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        // The name may stand for ::1 first, where nobody listens.
        await using var stream = await SocketStream.Connect("localhost", ((IPEndPoint)listener.LocalEndPoint).Port);
        await using var accepted = await listener.Accept();
        accepted.Output.WriteLine("hello");
        Assert.Equal("hello", await stream.ReadLine());
    }

    [Coroutine]
    private static async Coroutine Race()
    {
        using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Parse("127.0.0.3"), 0));
        int port = ((IPEndPoint)listener.LocalEndPoint).Port;
        // Nobody listens on the first two; the address after the one that answers is never tried.
        using var socket = await HappyEyeballs.Connect([IPAddress.Parse("127.0.0.1"), IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3"), IPAddress.Parse("127.0.0.4")], port);
        Assert.Equal($"127.0.0.3:{port}", socket.RemoteEndPoint!.ToString());
    }

    [Coroutine]
    private static async Coroutine NobodyListens()
    {
        int port;
        using (var listener = SocketListener.Listen(StreamPair.EndPointOf(Transport.Tcp)))
            port = ((IPEndPoint)listener.LocalEndPoint).Port;
        var refused = await ReadingTests.Refused<SocketException>(Connect(port));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);

        static async Coroutine Connect(int port) => (await HappyEyeballs.Connect([IPAddress.Loopback, IPAddress.Parse("127.0.0.2")], port)).Dispose();
    }

    private static string Reversed(string text) => string.Concat(text.Reverse());
}
