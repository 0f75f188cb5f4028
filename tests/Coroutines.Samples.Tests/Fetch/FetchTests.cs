using System.Net;
using System.Text.Json;
using Fetch;

namespace Coroutines.Samples.Tests.Fetch;

public partial class FetchTests
{
    [Fact]
    public void The_data_set_is_the_periodic_table()
    {
        Assert.Equal(Enumerable.Range(1, 118), Elements.All.Select(element => element.Number));
        Assert.Equal(118, Elements.All.DistinctBy(element => element.Symbol).Count());
        Assert.Contains(new Element(26, "Fe", "Iron", 55.845), Elements.All);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void Documents_come_in_order_and_not_too_many_at_once(int atOnce) => EventLoop.Run(InOrder(atOnce));

    [Fact]
    public void One_that_fails_keeps_nobody_else_from_his() => EventLoop.Run(Failing());

    [Coroutine]
    private static async Coroutine InOrder(int atOnce)
    {
        using var server = new DocumentServer(new IPEndPoint(IPAddress.Loopback, 0), TimeSpan.FromMilliseconds(1));
        using var client = LoopHttp.CreateClient();
        await using var group = new TaskGroup();
        group.Spawn(server.Serve());
        var urls = Elements.All.Select(element => new Uri(server.Root, $"elements/{element.Symbol}")).ToList();
        int told = 0;
        var documents = await new Fetcher(client, atOnce, _ => told++).FetchAll(urls);
        Assert.Equal(Elements.All, documents.Select(document => JsonSerializer.Deserialize<Element>(document.Body)));
        Assert.Equal(118, told);
        Assert.InRange(server.MostOpen, 1, atOnce);
        group.Cancel();
    }

    [Coroutine]
    private static async Coroutine Failing()
    {
        using var server = new DocumentServer(new IPEndPoint(IPAddress.Loopback, 0), TimeSpan.Zero);
        using var client = LoopHttp.CreateClient();
        await using var group = new TaskGroup();
        group.Spawn(server.Serve());
        var documents = await new Fetcher(client, 4, static _ => { }).FetchAll([new Uri(server.Root, "elements/Fe"), new Uri(server.Root, "elements/Xx"), new Uri(server.Root, "elements/Au")]);
        Assert.Equal([null, "404", null], documents.Select(document => document.Failure?.Contains("404", StringComparison.Ordinal) == true ? "404" : document.Failure));
        Assert.All([documents[0], documents[2]], document => Assert.True(document.Length > 0));
        group.Cancel();
    }
}
