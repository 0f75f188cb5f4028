using System.Net.Security;
using System.Security.Authentication;

namespace Coroutines.Tests.Streams;

public abstract partial class TlsTests(ReactorKind reactor)
{
    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    [Fact]
    public void Both_sides_know_what_they_agreed_on() => EventLoop.Run(Agreement(), _options);

    [Fact]
    public void A_client_connects_by_name() => EventLoop.Run(ByName(), _options);

    [Fact]
    public void A_certificate_for_another_name_is_refused_and_the_connection_closed() => EventLoop.Run(Untrusted("other.test"), _options);

    [Fact]
    public void A_certificate_nobody_vouches_for_is_refused() => EventLoop.Run(Untrusted(null), _options);

    [Fact]
    public void Without_a_protocol_in_common_both_fail() => EventLoop.Run(NothingInCommon(), _options);

    [Fact]
    public void What_is_no_handshake_fails_the_server() => EventLoop.Run(NoHandshake(), _options);

    [Fact]
    public void A_client_that_says_nothing_is_timed_out_and_its_connection_closed() => EventLoop.Run(Silent(), _options);

    [Fact]
    public void A_peer_that_goes_away_in_the_handshake_fails_it() => EventLoop.Run(GoesAway(), _options);

    [Fact]
    public void The_server_may_ask_for_the_clients_certificate() => EventLoop.Run(ClientCertificate(), _options);

    [Fact]
    public void A_session_begins_after_plain_text() => EventLoop.Run(StartTls(), _options);

    [Coroutine]
    private static async Coroutine Agreement()
    {
        await using var pair = await StreamPair.Connect();
        var serverOptions = TestCertificate.ServerOptions();
        serverOptions.ApplicationProtocols = [SslApplicationProtocol.Http11, SslApplicationProtocol.Http2];
        var clientOptions = TestCertificate.ClientOptions();
        clientOptions.ApplicationProtocols = [SslApplicationProtocol.Http2];
        var accepting = EventLoop.Current.Spawn(TlsStream.AuthenticateAsServer(pair.Far, serverOptions));
        await using var client = await TlsStream.AuthenticateAsClient(pair.Near, clientOptions);
        await using var server = await accepting;
        Assert.Equal(SslApplicationProtocol.Http2, client.ApplicationProtocol);
        Assert.Equal(SslApplicationProtocol.Http2, server.ApplicationProtocol);
        Assert.Equal(TestCertificate.Host, server.TargetHostName);
        Assert.Equal(client.Protocol, server.Protocol);
        Assert.Equal(client.CipherSuite, server.CipherSuite);
        Assert.Equal(TestCertificate.Instance.GetCertHashString(), client.RemoteCertificate!.GetCertHashString());
        Assert.Null(server.RemoteCertificate);
    }

    [Coroutine]
    private static async Coroutine ByName()
    {
        using var listener = SocketListener.Listen(StreamPair.EndPointOf(Transport.Tcp));
        var serving = EventLoop.Current.Spawn(listener.Serve(static connection => Greet(connection)));
        int port = ((System.Net.IPEndPoint)listener.LocalEndPoint).Port;
        // The name is checked, and the options stay the caller's.
        var options = TestCertificate.ClientOptions();
        options.TargetHost = null;
        for (int i = 0; i < 2; i++)
        {
            await using var client = await TlsStream.Connect("127.0.0.1", port, options);
            Assert.Null(options.TargetHost);
            client.Output.WriteLine("hello");
            Assert.Equal("hello to you", await client.ReadLine());
        }

        listener.Dispose();
        await serving;
    }

    [Coroutine]
    private static async Coroutine Greet(SocketStream connection)
    {
        await using var stream = await TlsStream.AuthenticateAsServer(connection, TestCertificate.ServerOptions());
        string? line = await stream.ReadLine();
        stream.Output.WriteLine($"{line} to you");
    }

    [Coroutine]
    private static async Coroutine Untrusted(string? host)
    {
        await using var pair = await StreamPair.Connect();
        var accepting = EventLoop.Current.Spawn(Serve(pair.Far));
        var options = host is null ? new SslClientAuthenticationOptions { TargetHost = TestCertificate.Host } : TestCertificate.ClientOptions(host);
        await ReadingTests.Refused<AuthenticationException>(Client(pair.Near, options));
        await ReadingTests.Refused<ObjectDisposedException>(Fill(pair.Near));
        await accepting;
    }

    // A client that refuses says so after its own end of the handshake, or goes away.
    [Coroutine]
    private static async Coroutine Serve(ByteStream stream)
    {
        try
        {
            await using var session = await TlsStream.AuthenticateAsServer(stream, TestCertificate.ServerOptions());
            Assert.False(await session.Fill());
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException or System.Net.Sockets.SocketException)
        {
            await ReadingTests.Refused<ObjectDisposedException>(Fill(stream));
        }
    }

    [Coroutine]
    private static async Coroutine Client(ByteStream stream, SslClientAuthenticationOptions options) => await TlsStream.AuthenticateAsClient(stream, options);

    [Coroutine]
    private static async Coroutine Server(ByteStream stream, SslServerAuthenticationOptions options) => await TlsStream.AuthenticateAsServer(stream, options);

    [Coroutine]
    private static async Coroutine Fill(ByteStream stream) => await stream.Fill();

    [Coroutine]
    private static async Coroutine NothingInCommon()
    {
        await using var pair = await StreamPair.Connect();
        var serverOptions = TestCertificate.ServerOptions();
        serverOptions.EnabledSslProtocols = SslProtocols.Tls13;
        var clientOptions = TestCertificate.ClientOptions();
        clientOptions.EnabledSslProtocols = SslProtocols.Tls12;
        var accepting = EventLoop.Current.Spawn(ReadingTests.Refused<AuthenticationException>(Server(pair.Far, serverOptions)));
        await ReadingTests.Refused<AuthenticationException>(Client(pair.Near, clientOptions));
        await accepting;
    }

    [Coroutine]
    private static async Coroutine NoHandshake()
    {
        await using var pair = await StreamPair.Connect();
        pair.Near.Output.WriteLine("GET / HTTP/1.1");
        pair.Near.Output.WriteLine("Host: example.test");
        await ReadingTests.Refused<AuthenticationException>(Server(pair.Far, TestCertificate.ServerOptions()));
        await ReadingTests.Refused<ObjectDisposedException>(Fill(pair.Far));
    }

    [Coroutine]
    private static async Coroutine Silent()
    {
        await using var pair = await StreamPair.Connect();
        await ReadingTests.Refused<TimeoutException>(Server(pair.Far, TestCertificate.ServerOptions()).WithTimeout(TimeSpan.FromMilliseconds(1)));
        await ReadingTests.Refused<ObjectDisposedException>(Fill(pair.Far));
        Assert.False(await pair.Near.Fill());
    }

    [Coroutine]
    private static async Coroutine GoesAway()
    {
        await using var pair = await StreamPair.Connect();
        var accepting = EventLoop.Current.Spawn(ReadingTests.Refused<IOException>(Server(pair.Far, TestCertificate.ServerOptions())));
        await Coroutine.UntilIdle();
        pair.Near.Abort();
        await accepting;
    }

    [Coroutine]
    private static async Coroutine ClientCertificate()
    {
        await using var pair = await StreamPair.Connect();
        var serverOptions = TestCertificate.ServerOptions();
        serverOptions.ClientCertificateRequired = true;
        serverOptions.CertificateChainPolicy = TestCertificate.ClientOptions().CertificateChainPolicy;
        var clientOptions = TestCertificate.ClientOptions();
        clientOptions.ClientCertificates = [TestCertificate.Instance];
        var accepting = EventLoop.Current.Spawn(TlsStream.AuthenticateAsServer(pair.Far, serverOptions));
        await using var client = await TlsStream.AuthenticateAsClient(pair.Near, clientOptions);
        await using var server = await accepting;
        Assert.Equal(TestCertificate.Instance.GetCertHashString(), server.RemoteCertificate!.GetCertHashString());
    }

    [Coroutine]
    private static async Coroutine StartTls()
    {
        await using var pair = await StreamPair.Connect();
        pair.Near.Output.WriteLine("STARTTLS");
        Assert.Equal("STARTTLS", await pair.Far.ReadLine());
        pair.Far.Output.WriteLine("go ahead");
        Assert.Equal("go ahead", await pair.Near.ReadLine());
        var accepting = EventLoop.Current.Spawn(TlsStream.AuthenticateAsServer(pair.Far, TestCertificate.ServerOptions()));
        await using var client = await TlsStream.AuthenticateAsClient(pair.Near, TestCertificate.ClientOptions());
        await using var server = await accepting;
        client.Output.WriteLine("secret");
        Assert.Equal("secret", await server.ReadLine());
    }
}
