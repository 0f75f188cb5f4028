using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Coroutines.AspNetCore.Tests;

/// <summary>HTTP/2 and TLS, which Kestrel does over our connections.</summary>
public class Http2Tests
{
    private static readonly X509Certificate2 s_certificate = MakeCertificate();

    public static TheoryData<Transport> Transports { get; } = [Transport.Loop, Transport.Sockets];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Many_streams_share_a_connection(Transport transport)
    {
        await using var server = await WebServer.Start(transport, Http1Tests.Map, listen: Only);
        using var client = NewClient(server.Root);
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => client.GetStringAsync(new Uri($"/hello/{i}", UriKind.Relative))));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"hello {i}"), answers);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Large_bodies_go_both_ways_over_a_stream(Transport transport)
    {
        await using var server = await WebServer.Start(transport, KeptBody.Map, listen: Only);
        using var client = NewClient(server.Root);
        await KeptBody.SendAndFetch(client, 3_000_000);
    }

    [Theory]
    [InlineData(Transport.Loop, 1)]
    [InlineData(Transport.Sockets, 1)]
    [InlineData(Transport.Loop, 2)]
    [InlineData(Transport.Sockets, 2)]
    public async Task Requests_are_encrypted(Transport transport, int version)
    {
        await using var server = await WebServer.Start(transport, Map, listen: static options => options.UseHttps(s_certificate));
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate?.GetCertHashString() == s_certificate.GetCertHashString() } };
        using var client = new HttpClient(handler) { BaseAddress = server.Root, DefaultRequestVersion = new Version(version, version == 1 ? 1 : 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        for (int i = 0; i < 5; i++)
            Assert.Equal($"HTTP/{(version == 1 ? "1.1" : "2")} on the loop: {transport == Transport.Loop}", await client.GetStringAsync(new Uri("/which", UriKind.Relative)));

        static void Map(WebApplication app) => app.MapGet("/which", static (HttpContext context) =>
            $"{context.Request.Protocol} on the loop: {context.GetEventLoop() is { } loop && ReferenceEquals(SynchronizationContext.Current is null ? null : EventLoop.Current, loop)}");
    }

    internal static void Only(ListenOptions options) => options.Protocols = HttpProtocols.Http2;

    internal static HttpClient NewClient(Uri root) => new() { BaseAddress = root, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
