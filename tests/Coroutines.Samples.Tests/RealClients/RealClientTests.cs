using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using global::Chat;
using global::EchoServer;
using global::Fetch;
using global::RespServer;

namespace Coroutines.Samples.Tests.RealClients;

public partial class RealClientTests
{
    [RealClientFact("nc")]
    public void Nc_gets_its_lines_back_in_reverse() => EventLoop.Run(Served(static stream => ReverseEcho.Handle(stream), Echo));

    [RealClientFact("nc")]
    public void Nc_joins_a_chat() => EventLoop.Run(Served(new Rooms().Handle, Talk));

    [RealClientFact("curl")]
    public void Curl_fetches_documents_over_one_connection() => EventLoop.Run(Curl());

    [RealClientFact("openssl")]
    public void Openssl_trusts_the_certificate_and_talks() => EventLoop.Run(OpenSsl());

    [RealClientFact("redis-cli")]
    public void Redis_cli_runs_a_script() => EventLoop.Run(WithRedis(RedisCli));

    [RealClientFact("redis-benchmark")]
    public void Redis_benchmark_runs_without_an_error_alone_and_in_a_pipeline() => EventLoop.Run(WithRedis(RedisBenchmark));

    [Coroutine]
    private static async Coroutine Served(Func<SocketStream, Coroutine> handler, Func<int, Coroutine> client)
    {
        using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        await using var group = new TaskGroup();
        group.Spawn(listener.Serve(handler));
        await client(((IPEndPoint)listener.LocalEndPoint).Port);
        group.Cancel();
    }

    [Coroutine]
    private static async Coroutine Echo(int port) =>
        Assert.Equal("cba\nÄöü\n", await RealClient.Run("nc", ["-N", "127.0.0.1", $"{port}"], "abc\nüöÄ\n"));

    [Coroutine]
    private static async Coroutine Talk(int port)
    {
        string said = await RealClient.Run("nc", ["-N", "127.0.0.1", $"{port}"], "Ada\n/join tea\nhello, everybody\n/quit\n");
        Assert.Contains("Ada", said, StringComparison.Ordinal);
        Assert.Contains("tea", said, StringComparison.Ordinal);
    }

    [Coroutine]
    private static async Coroutine Curl()
    {
        using var server = new DocumentServer(new IPEndPoint(IPAddress.Loopback, 0), TimeSpan.Zero);
        await using var group = new TaskGroup();
        group.Spawn(server.Serve());
        string fetched = await RealClient.Run("curl", ["-sS", "-w", "\n%{num_connects}\n", $"{server.Root}elements/Fe", "-o", "-", $"{server.Root}elements/Au"]);
        string[] lines = fetched.Split('\n');
        Assert.Equal(Elements.All.Single(element => element.Symbol == "Fe"), JsonSerializer.Deserialize<Element>(lines[0]));
        Assert.Equal("1", lines[1]);
        Assert.Equal(Elements.All.Single(element => element.Symbol == "Au"), JsonSerializer.Deserialize<Element>(lines[2]));
        Assert.Equal("0", lines[3]);
        Assert.Equal("404", (await RealClient.Run("curl", ["-sS", "-o", "/dev/null", "-w", "%{http_code}", $"{server.Root}elements/Xx"])).Trim());
        group.Cancel();
    }

    [Coroutine]
    private static async Coroutine OpenSsl()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=loop.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        string authority = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pem");
        await EventLoop.Current.RunInExecutor(() => File.WriteAllText(authority, certificate.ExportCertificatePem()));
        try
        {
            await Served(stream => Secret(stream, certificate), port => Ask(port, authority));
        }
        finally
        {
            await Coroutine.Shield(EventLoop.Current.RunInExecutor(() => File.Delete(authority)));
        }

        static async Coroutine Secret(SocketStream connection, X509Certificate2 certificate)
        {
            await using var session = await TlsStream.AuthenticateAsServer(connection, new SslServerAuthenticationOptions { ServerCertificate = certificate });
            while (await session.ReadLine() is { } line)
            {
                if (line == "bye")
                    break;
                await session.Write(System.Text.Encoding.UTF8.GetBytes($"{session.Protocol} {line}\n"));
            }
        }

        static async Coroutine Ask(int port, string authority)
        {
            string[] arguments = ["s_client", "-connect", $"127.0.0.1:{port}", "-CAfile", authority, "-verify_return_error", "-servername", "loop.test", "-quiet"];
            Assert.Equal("Tls13 one\nTls13 two\n", await RealClient.Run("openssl", [.. arguments, "-tls1_3"], "one\ntwo\nbye\n"));
            Assert.Equal("Tls12 three\n", await RealClient.Run("openssl", [.. arguments, "-tls1_2"], "three\nbye\n"));
        }
    }

    [Coroutine]
    private static async Coroutine WithRedis(Func<int, Coroutine> client) => await Served(new Server(EventLoop.Current).Handle, client);

    [Coroutine]
    private static async Coroutine RedisCli(int port)
    {
        string replies = await RealClient.Run("redis-cli", ["-p", $"{port}"], "SET name loop\nGET name\nINCR count\nINCRBY count 41\nRPUSH list a b c\nLRANGE list 0 -1\nHSET h f v\nHGETALL h\nGET list\nnonsense\n");
        Assert.Equal(
            ["OK", "loop", "1", "42", "3", "a", "b", "c", "1", "f", "v"],
            replies.Split('\n', StringSplitOptions.RemoveEmptyEntries)[..11]);
        Assert.Contains("WRONGTYPE", replies, StringComparison.Ordinal);
        Assert.Contains("ERR unknown command", replies, StringComparison.Ordinal);
    }

    [Coroutine]
    private static async Coroutine RedisBenchmark(int port)
    {
        foreach (string pipeline in new[] { "1", "16" })
        {
            string report = await RealClient.Run("redis-benchmark", ["-p", $"{port}", "-t", "ping,set,get,incr,lpush,lpop,lrange_100,mset", "-n", "2000", "-c", "20", "-P", pipeline, "--csv"]);
            Assert.DoesNotContain("rror", report, StringComparison.Ordinal);
            Assert.All(new[] { "SET", "GET", "INCR", "LPUSH", "LPOP", "LRANGE_100", "MSET" }, command => Assert.Contains($"\"{command}", report, StringComparison.Ordinal));
        }
    }
}
