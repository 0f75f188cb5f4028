using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coroutines.AspNetCore.Tests;

/// <summary>Coroutines that answer requests.</summary>
public partial class HandlerTests
{
    [Fact]
    public async Task Results_are_written_as_those_of_tasks_are()
    {
        await using var server = await WebServer.Start(Transport.Loop, Map);
        using var client = new HttpClient { BaseAddress = server.Root };
        Assert.Equal(new Order(7, "seven"), await client.GetFromJsonAsync<Order>(new Uri("/api/orders/7", UriKind.Relative)));
        Assert.Equal("plain text", await client.GetStringAsync(new Uri("/api/text", UriKind.Relative)));
        Assert.Equal("ordinary", await client.GetStringAsync(new Uri("/api/ordinary", UriKind.Relative)));
        Assert.Equal("written by hand", await client.GetStringAsync(new Uri("/api/written", UriKind.Relative)));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/api/missing", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await client.GetAsync(new Uri("/api/broken", UriKind.Relative))).StatusCode);
        Assert.Contains(server.Log.Lines, line => line.Contains("what is broken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_coroutine_is_cancelled_when_the_client_gives_up()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await WebServer.Start(Transport.Loop, app => app.MapCoroutines().MapGet("/wait", () => Wait(started, ended)));
        using var client = await RawClient.Connect(server.EndPoint);
        await client.Send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
        await started.Task;
        client.Reset();
        Assert.Equal("GET /wait", await ended.Task);
    }

    [Fact]
    public async Task A_coroutine_is_part_of_the_pipeline()
    {
        await using var server = await WebServer.Start(Transport.Loop, static app =>
        {
            app.UseCoroutine(static (context, next) => Stamp(context, next));
            app.MapGet("/", static () => "inside");
        });
        using var client = new HttpClient { BaseAddress = server.Root };
        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal("inside", await answer.Content.ReadAsStringAsync());
        Assert.Equal("before", Assert.Single(answer.Headers.GetValues("X-Stamp")));
    }

    [Fact]
    public async Task Without_loops_a_coroutine_says_what_is_missing()
    {
        await using var server = await WebServer.Start(Transport.Sockets, static app => app.MapCoroutines().MapGet("/", static () => Text()));
        using var client = new HttpClient { BaseAddress = server.Root };
        Assert.Equal(HttpStatusCode.InternalServerError, (await client.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
        Assert.Contains(server.Log.Lines, line => line.Contains("UseCoroutineLoop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hosted_coroutine_runs_beside_the_requests_and_is_cancelled_with_the_application()
    {
        var trace = new List<string>();
        await using (var server = await WebServer.Start(
            Transport.Loop,
            app => app.MapGet("/", () => string.Join(' ', trace)),
            build: builder => builder.Services.AddHostedCoroutine(_ => Beat(trace), "heart")))
        {
            using var client = new HttpClient { BaseAddress = server.Root };
            Assert.StartsWith("begin", await client.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
        }

        Assert.Equal("end", trace[^1]);
    }

    [Fact]
    public async Task A_hosted_coroutine_that_fails_stops_the_application()
    {
        var started = new TaskCompletionSource();
        await using var server = await WebServer.Start(Transport.Loop, static _ => { }, build: builder => builder.Services.AddHostedCoroutine(_ => BrokenAfter(started.Task), "weak heart"));
        started.SetResult();
        await server.App.WaitForShutdownAsync();
        Assert.Contains(server.Log.Lines, line => line.Contains("weak heart", StringComparison.Ordinal) && line.Contains("what is broken", StringComparison.Ordinal));
    }

    /// <summary>As a request of its own that has run out of time does.</summary>
    [Fact]
    public async Task A_hosted_coroutine_that_nobody_has_cancelled_fails_with_a_cancellation_as_with_any_other_exception()
    {
        var started = new TaskCompletionSource();
        await using var server = await WebServer.Start(Transport.Loop, static _ => { }, build: builder => builder.Services.AddHostedCoroutine(_ => GiveUpAfter(started.Task), "faint heart"));
        started.SetResult();
        await server.App.WaitForShutdownAsync();
        Assert.Contains(server.Log.Lines, line => line.Contains("faint heart", StringComparison.Ordinal) && line.Contains("what has run out of time", StringComparison.Ordinal));
    }

    /// <summary>The host stops all services, those too that it has not come to.</summary>
    [Fact]
    public async Task A_hosted_coroutine_that_was_not_started_can_be_stopped()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseCoroutineLoop();
        builder.Services.AddHostedService<BrokenService>().AddHostedCoroutine(static _ => Broken(), "still heart");
        await using var app = builder.Build();
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());
        // It has nothing to wait for, so that it needs no time.
        await app.StopAsync(new CancellationToken(canceled: true));
    }

    [Fact]
    public async Task A_coroutine_answers_on_the_loop_wherever_it_is_called()
    {
        await using var server = await WebServer.Start(Transport.Loop, static app =>
        {
            app.Use(static async (context, next) =>
            {
                await Task.Run(static () => { }).ConfigureAwait(false);
                await next(context).ConfigureAwait(false);
            });
            app.UseCoroutine(static (context, next) => Stamp(context, next));
            app.MapCoroutines().MapGet("/loop", static (HttpContext context) => IsOnLoop(context));
        });
        using var client = new HttpClient { BaseAddress = server.Root };
        using var answer = await client.GetAsync(new Uri("/loop", UriKind.Relative));
        Assert.Equal("True", await answer.Content.ReadAsStringAsync());
        Assert.Equal("before", Assert.Single(answer.Headers.GetValues("X-Stamp")));
        Assert.Empty(server.Log.Lines);
    }

    private static void Map(WebApplication app)
    {
        var api = app.MapCoroutines("/api");
        api.MapGet("/orders/{number}", static (int number) => Find(number));
        api.MapGet("/text", static () => Text());
        api.MapGet("/ordinary", static () => Task.FromResult("ordinary"));
        api.MapGet("/written", static (HttpContext context) => Write(context));
        api.MapGet("/missing", static () => Missing());
        api.MapGet("/broken", static () => Broken());
    }

    [Coroutine]
    private static async Coroutine<Order> Find(int number)
    {
        await Coroutine.Yield();
        return new Order(number, "seven");
    }

    [Coroutine]
    private static async Coroutine<string> Text()
    {
        await Coroutine.Yield();
        return "plain text";
    }

    [Coroutine]
    private static async Coroutine Write(HttpContext context)
    {
        await Coroutine.Yield();
        await context.Response.WriteAsync("written by hand");
    }

    [Coroutine]
    private static async Coroutine<IResult> Missing()
    {
        await Coroutine.Yield();
        return Results.NotFound();
    }

    [Coroutine]
    private static async Coroutine Broken()
    {
        await Coroutine.Yield();
        throw new InvalidOperationException("what is broken");
    }

    [Coroutine]
    private static async Coroutine GiveUpAfter(Task start)
    {
        await start;
        throw new TaskCanceledException("what has run out of time");
    }

    [Coroutine]
    private static async Coroutine<string> IsOnLoop(HttpContext context)
    {
        await Coroutine.Yield();
        return (EventLoop.Current == context.GetEventLoop()).ToString();
    }

    [Coroutine]
    private static async Coroutine BrokenAfter(Task start)
    {
        await start;
        await Broken();
    }

    [Coroutine]
    private static async Coroutine Wait(TaskCompletionSource started, TaskCompletionSource<string> ended)
    {
        started.SetResult();
        try
        {
            await new LoopEvent().Wait();
        }
        finally
        {
            ended.SetResult(CoroutineTask.Current.Name ?? "");
        }
    }

    [Coroutine]
    private static async Coroutine Stamp(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers["X-Stamp"] = "before";
        await Coroutine.Yield();
        await next(context);
    }

    [Coroutine]
    private static async Coroutine Beat(List<string> trace)
    {
        trace.Add("begin");
        try
        {
            while (true)
            {
                await Coroutine.Delay(TimeSpan.FromMilliseconds(1));
                trace.Add("beat");
            }
        }
        finally
        {
            trace.Add("end");
        }
    }

    private sealed class BrokenService : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("what is broken");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
