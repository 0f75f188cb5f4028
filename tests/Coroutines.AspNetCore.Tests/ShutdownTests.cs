using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Coroutines.AspNetCore.Tests;

/// <summary>How a server ends: nothing that was begun is lost.</summary>
public class ShutdownTests
{
    public static TheoryData<Transport> Transports { get; } = [Transport.Loop, Transport.Sockets];

    public static TheoryData<Transport, int> Loads { get; } = new() { { Transport.Loop, 1 }, { Transport.Loop, 3 }, { Transport.Sockets, 1 } };

    [Theory]
    [MemberData(nameof(Loads))]
    public async Task Under_load_every_request_that_was_begun_is_answered_in_full(Transport transport, int loops)
    {
        const int Clients = 100, RequestsBefore = 3_000;
        int begun = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await WebServer.Start(
            transport,
            app => app.MapGet("/answers/{id}", async (int id) =>
            {
                if (Interlocked.Increment(ref begun) == RequestsBefore)
                    enough.SetResult();
                // So that many are under way at any time.
                for (int i = 0; i < 1 + (id % 5); i++)
                    await Task.Yield();
                return new string((char)('a' + (id % 26)), 1 + (id * 37 % 5_000));
            }),
            options => options.Loops = loops);

        var connected = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => RawClient.Connect(server.EndPoint)));
        var clients = connected.Select((client, number) => Task.Run(() => Ask(client, number))).ToList();
        await enough.Task;
        await server.Stop();
        int answered = (await Task.WhenAll(clients)).Sum();

        Assert.InRange(begun, RequestsBefore, int.MaxValue);
        Assert.Equal(begun, answered);
        Assert.Empty(server.Log.Lines);
        await Assert.ThrowsAnyAsync<SocketException>(() => RawClient.Connect(server.EndPoint));

        // One request after the other, until the server takes no more of them.
        async Task<int> Ask(RawClient connected, int number)
        {
            using var client = connected;
            for (int i = 0; ; i++)
            {
                int id = (number * 1_000) + i;
                string? status;
                try
                {
                    await client.Send($"GET /answers/{id} HTTP/1.1\r\nHost: x\r\n\r\n");
                    status = await client.ReadLine();
                }
                catch (Exception exception) when (exception is IOException or SocketException)
                {
                    return i;
                }

                if (status is null)
                    return i;
                Assert.Equal("HTTP/1.1 200 OK", status);
                Assert.Equal(new string((char)('a' + (id % 26)), 1 + (id * 37 % 5_000)), await client.ReadBody());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Stopping_lets_requests_finish(Transport transport)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await WebServer.Start(transport, app => app.MapGet("/slow", async () =>
        {
            started.SetResult();
            await goOn.Task;
            return "finished";
        }));
        using var idle = await RawClient.Connect(server.EndPoint);
        using var client = await RawClient.Connect(server.EndPoint);
        await client.Send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
        await started.Task;
        var stopping = server.Stop();
        Assert.Null(await idle.ReadLine());
        Assert.False(stopping.IsCompleted);
        goOn.SetResult();
        Assert.Equal(("HTTP/1.1 200 OK", "finished"), await client.ReadResponse());
        await stopping;
        await Assert.ThrowsAnyAsync<SocketException>(() => RawClient.Connect(server.EndPoint));
    }

    /// <summary>As one does that is replaced without a gap: the old one still answers what it has begun when the new one listens.</summary>
    [Theory]
    [MemberData(nameof(Transports))]
    public async Task The_path_of_a_server_that_stops_may_be_another_ones_already(Transport transport)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var before = await Start("before");
        using var idle = await RawClient.Connect(before.EndPoint);
        using var client = await RawClient.Connect(before.EndPoint);
        await client.Send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
        await started.Task;
        var stopping = before.Stop();
        Assert.Null(await idle.ReadLine());
        await using var after = await Start("after");
        goOn.SetResult();
        Assert.Equal(("HTTP/1.1 200 OK", "before"), await client.ReadResponse());
        await stopping;
        using var next = await RawClient.Connect(new UnixDomainSocketEndPoint(path));
        await next.Send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(("HTTP/1.1 200 OK", "after"), await next.ReadResponse());

        Task<WebServer> Start(string answer) => WebServer.Start(
            transport,
            app => app.MapGet("/slow", async () =>
            {
                started.TrySetResult();
                await goOn.Task;
                return answer;
            }),
            build: builder => builder.WebHost.ConfigureKestrel(options => options.ListenUnixSocket(path)));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task An_application_may_be_disposed_of_without_having_been_stopped(Transport transport)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = await WebServer.Start(transport, app => app.MapGet("/wait", async (HttpContext context) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }));
        using var client = await RawClient.Connect(server.EndPoint);
        await client.Send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
        await started.Task;
        await server.App.DisposeAsync();
        await Assert.ThrowsAnyAsync<SocketException>(() => RawClient.Connect(server.EndPoint));
    }
}
