using System.Collections.Concurrent;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Coroutines.AspNetCore.Tests;

/// <summary>On which thread the steps of a request run.</summary>
public sealed record Order(int Number, string Text);

public partial class ThreadTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_step_of_a_request_runs_on_the_loop(bool isHttp2)
    {
        var seen = new ConcurrentQueue<(string Step, int Thread)>();
        await using var server = await WebServer.Start(Transport.Loop, app => Map(app, seen), listen: isHttp2 ? Http2Tests.Only : null);
        int loop = await ThreadOf(server.Loop);
        using var client = isHttp2 ? Http2Tests.NewClient(server.Root) : new HttpClient { BaseAddress = server.Root };
        for (int i = 0; i < 20; i++)
        {
            using var answer = await client.PostAsJsonAsync(new Uri("/orders", UriKind.Relative), new Order(i, new string('x', 20_000)));
            Assert.Equal(i, (await answer.Content.ReadFromJsonAsync<Order>())!.Number);
        }

        string[] steps = ["middleware", "middleware, after waiting", "endpoint", "endpoint, after waiting", "endpoint, after a delay of the loop", "response starts", "middleware, after the endpoint"];
        Assert.Equal(steps.Order(), seen.Select(step => step.Step).Distinct().Order());
        Assert.Equal(20 * steps.Length, seen.Count);
        Assert.All(seen, step => Assert.Equal((step.Step, loop), step));
    }

    [Fact]
    public async Task Connections_stay_on_one_of_several_loops()
    {
        await using var server = await WebServer.Start(
            Transport.Loop,
            static app => app.MapGet("/loop", static (HttpContext context) =>
            {
                Assert.Same(EventLoop.Current, context.GetEventLoop());
                return Environment.CurrentManagedThreadId;
            }),
            options => options.Loops = 3);
        var threads = new ConcurrentBag<int>();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ =>
        {
            using var client = await RawClient.Connect(server.EndPoint);
            var answers = new HashSet<string>();
            for (int i = 0; i < 5; i++)
            {
                await client.Send("GET /loop HTTP/1.1\r\nHost: x\r\n\r\n");
                answers.Add((await client.ReadResponse()).Body);
            }

            threads.Add(int.Parse(Assert.Single(answers), System.Globalization.CultureInfo.InvariantCulture));
        }));
        Assert.InRange(threads.Distinct().Count(), 2, 3);
    }

    internal static Task<int> ThreadOf(EventLoop loop)
    {
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.CallSoonThreadSafe(() => answer.SetResult(Environment.CurrentManagedThreadId));
        return answer.Task;
    }

    private static void Map(WebApplication app, ConcurrentQueue<(string Step, int Thread)> seen)
    {
        void Note(string step) => seen.Enqueue((step, Environment.CurrentManagedThreadId));
        app.Use(async (context, next) =>
        {
            Note("middleware");
            await Task.Delay(1);
            Note("middleware, after waiting");
            context.Response.OnStarting(() =>
            {
                Note("response starts");
                return Task.CompletedTask;
            });
            await next(context);
            Note("middleware, after the endpoint");
        });
        app.MapPost("/orders", async (Order order) =>
        {
            Note("endpoint");
            await Task.Yield();
            Note("endpoint, after waiting");
            await Coroutine.Delay(TimeSpan.FromMilliseconds(1));
            Note("endpoint, after a delay of the loop");
            return order;
        });
    }
}
