using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Coroutines.AspNetCore.Tests;

/// <summary>HTTP/1.1 over real sockets, on Kestrel's own transport as well.</summary>
public class Http1Tests
{
    public static TheoryData<Transport> Transports { get; } = [Transport.Loop, Transport.Sockets];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_connection_is_kept_alive(Transport transport)
    {
        await using var server = await WebServer.Start(transport, Map);
        using var client = await RawClient.Connect(server.EndPoint);
        for (int i = 0; i < 10; i++)
        {
            await client.Send($"GET /hello/{i} HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.Equal(("HTTP/1.1 200 OK", $"hello {i}"), await client.ReadResponse());
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Pipelined_requests_are_answered_in_order(Transport transport)
    {
        await using var server = await WebServer.Start(transport, Map);
        using var client = await RawClient.Connect(server.EndPoint);
        await client.Send(string.Concat(Enumerable.Range(0, 50).Select(i => $"GET /hello/{i} HTTP/1.1\r\nHost: x\r\n\r\n")));
        for (int i = 0; i < 50; i++)
            Assert.Equal(("HTTP/1.1 200 OK", $"hello {i}"), await client.ReadResponse());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_request_may_arrive_byte_by_byte(Transport transport)
    {
        await using var server = await WebServer.Start(transport, Map);
        using var client = await RawClient.Connect(server.EndPoint);
        foreach (char one in "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde")
            await client.Send([(byte)one]);
        Assert.Equal(("HTTP/1.1 200 OK", "abcde"), await client.ReadResponse());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Chunks_go_both_ways(Transport transport)
    {
        await using var server = await WebServer.Start(transport, Map);
        using var client = await RawClient.Connect(server.EndPoint);
        await client.Send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        await client.Send("a\r\n0123456789\r\n0\r\n\r\n");
        Assert.Equal(("HTTP/1.1 200 OK", "abc0123456789"), await client.ReadResponse());
        await client.Send("GET /hello/again HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(("HTTP/1.1 200 OK", "hello again"), await client.ReadResponse());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_client_that_asks_before_it_sends_is_answered(Transport transport)
    {
        await using var server = await WebServer.Start(transport, Map);
        using var client = await RawClient.Connect(server.EndPoint);
        await client.Send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue", await client.ReadLine());
        Assert.Equal("", await client.ReadLine());
        await client.Send("abc");
        Assert.Equal(("HTTP/1.1 200 OK", "abc"), await client.ReadResponse());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task What_is_no_request_is_refused_and_the_connection_closed(Transport transport)
    {
        await using var server = await WebServer.Start(transport, Map);
        using var client = await RawClient.Connect(server.EndPoint);
        await client.Send("GET / HTTP/1.1\r\nthis is no header\r\n\r\n");
        Assert.Equal("HTTP/1.1 400 Bad Request", (await client.ReadResponse()).Status);
        Assert.Null(await client.ReadLine());
    }

    // Kestrel's own transport loses the answer now and then: it hears of the end on another thread.
    [Fact]
    public async Task A_client_that_sends_no_more_still_gets_its_answer()
    {
        await using var server = await WebServer.Start(Transport.Loop, Map);
        using var client = await RawClient.Connect(server.EndPoint);
        await client.Send("GET /hello/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        client.EndSending();
        Assert.Equal(("HTTP/1.1 200 OK", "hello last"), await client.ReadResponse());
        Assert.Null(await client.ReadLine());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_large_body_goes_both_ways(Transport transport)
    {
        await using var server = await WebServer.Start(transport, KeptBody.Map);
        using var client = new HttpClient { BaseAddress = server.Root };
        await KeptBody.SendAndFetch(client, 8_000_000);
    }

    internal static void Map(WebApplication app)
    {
        app.MapGet("/hello/{name}", (string name) => $"hello {name}");
        app.MapPost("/echo", static async (HttpContext context) => await context.Request.Body.CopyToAsync(context.Response.Body));
    }
}
