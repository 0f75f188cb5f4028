using System.Net;
using System.Text;
using Coroutines.Tests.Streams;

namespace Coroutines.Tests.Http;

public partial class LoopHttpTests
{
    [Fact]
    public void A_document_is_fetched_by_coroutines_on_their_thread() => EventLoop.Run(Fetch());

    [Fact]
    public void Many_documents_are_fetched_at_once_over_few_connections() => EventLoop.Run(FetchMany());

    [Fact]
    public void A_large_body_goes_both_ways() => EventLoop.Run(LargeBodies());

    [Fact]
    public void A_request_is_cancelled_with_its_coroutine_and_its_connection_closed() => EventLoop.Run(Cancelled());

    [Fact]
    public void Nobody_listening_is_told() => EventLoop.Run(Refused());

    [Fact]
    public void Encrypted_documents_are_fetched() => EventLoop.Run(Encrypted());

    [Fact]
    public void A_client_of_a_loop_that_has_ended_says_so()
    {
        var client = EventLoop.Run(Make());
        var failure = Assert.Throws<HttpRequestException>(() => client.GetStringAsync(new Uri("http://127.0.0.1:9/")).GetAwaiter().GetResult());
        Assert.IsType<ObjectDisposedException>(failure.InnerException);
        client.Dispose();

        static async Coroutine<HttpClient> Make() => LoopHttp.CreateClient();
    }

    [Coroutine]
    private static async Coroutine Fetch()
    {
        await using var server = TestServer.Start();
        using var client = LoopHttp.CreateClient();
        int thread = Environment.CurrentManagedThreadId;
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("you asked for /document", await client.GetStringAsync(server.Url("/document")));
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
        }

        Assert.Equal(1, server.Connections);
    }

    [Coroutine]
    private static async Coroutine FetchMany()
    {
        await using var server = TestServer.Start();
        using var handler = LoopHttp.CreateHandler();
        handler.MaxConnectionsPerServer = 8;
        using var client = new HttpClient(handler);
        await using (var group = new TaskGroup())
        {
            for (int i = 0; i < 200; i++)
                group.Spawn(One(client, server, i));
            await group.Join();
        }

        Assert.InRange(server.Connections, 1, 8);
        Assert.Equal(200, server.Requests);

        static async Coroutine One(HttpClient client, TestServer server, int i) =>
            Assert.Equal($"you asked for /{i}", await client.GetStringAsync(server.Url($"/{i}")));
    }

    [Coroutine]
    private static async Coroutine LargeBodies()
    {
        await using var server = TestServer.Start();
        using var client = LoopHttp.CreateClient();
        byte[] body = new byte[3_000_000];
        new Random(3).NextBytes(body);
        using var answer = await client.PostAsync(server.Url("/echo"), new ByteArrayContent(body));
        Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync());
    }

    [Coroutine]
    private static async Coroutine Cancelled()
    {
        await using var server = TestServer.Start();
        using var client = LoopHttp.CreateClient();
        Assert.False(await Coroutine.MoveOnAfter(Get(client, server.Url("/never")), TimeSpan.FromMilliseconds(50)));
        await server.Closed.Wait();
        Assert.Equal("you asked for /next", await client.GetStringAsync(server.Url("/next")));
    }

    [Coroutine]
    private static async Coroutine Get(HttpClient client, Uri url) => await client.GetStringAsync(url, CancelScope.CurrentToken);

    [Coroutine]
    private static async Coroutine Refused()
    {
        Uri gone;
        await using (var server = TestServer.Start())
            gone = server.Url("/");
        using var client = LoopHttp.CreateClient();
        var failure = await ReadingTests.Refused<HttpRequestException>(Get(client, gone));
        Assert.Equal(HttpRequestError.ConnectionError, failure.HttpRequestError);
    }

    [Coroutine]
    private static async Coroutine Encrypted()
    {
        await using var server = TestServer.Start(isEncrypted: true);
        using var handler = LoopHttp.CreateHandler();
        handler.SslOptions = TestCertificate.ClientOptions();
        using var client = new HttpClient(handler);
        for (int i = 0; i < 3; i++)
            Assert.Equal($"you asked for /{i}", await client.GetStringAsync(server.Url($"/{i}")));
        Assert.Equal(1, server.Connections);
    }

    /// <summary>Just enough of HTTP/1.1, over streams of this library.</summary>
    private sealed partial class TestServer : IAsyncDisposable
    {
        private readonly SocketListener _listener = SocketListener.Listen(StreamPair.EndPointOf(Transport.Tcp));
        private readonly bool _isEncrypted;
        private readonly CoroutineTask _serving;

        private TestServer(bool isEncrypted)
        {
            _isEncrypted = isEncrypted;
            _serving = EventLoop.Current.Spawn(_listener.Serve(stream => Handle(stream)));
        }

        public int Connections { get; private set; }

        public int Requests { get; private set; }

        /// <summary>Set when a client has gone away while it waited.</summary>
        public LoopEvent Closed { get; } = new();

        public static TestServer Start(bool isEncrypted = false) => new(isEncrypted);

        public Uri Url(string path) => new($"{(_isEncrypted ? "https" : "http")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint).Port}{path}");

        [Coroutine]
        public async Coroutine DisposeAsync()
        {
            _listener.Dispose();
            _serving.Cancel();
            await Coroutine.UntilIdle();
        }

        ValueTask IAsyncDisposable.DisposeAsync() => DisposeAsync().AsValueTask();

        [Coroutine]
        private async Coroutine Handle(SocketStream connection)
        {
            Connections++;
            ByteStream stream = _isEncrypted ? await TlsStream.AuthenticateAsServer(connection, TestCertificate.ServerOptions()) : connection;
            while (await stream.ReadLine() is { } request)
            {
                Requests++;
                int length = 0;
                while (await stream.ReadLine() is { Length: > 0 } header)
                {
                    if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                        length = int.Parse(header.AsSpan("Content-Length:".Length));
                }

                byte[] body = new byte[length];
                await stream.ReadExactly(body);
                string path = request.Split(' ')[1];
                if (path == "/never")
                {
                    Assert.False(await stream.Fill());
                    Closed.Set();
                    return;
                }

                if (path != "/echo")
                    body = Encoding.UTF8.GetBytes($"you asked for {path}");
                stream.Output.WriteLine($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r");
                await stream.Write(body);
            }
        }
    }
}
