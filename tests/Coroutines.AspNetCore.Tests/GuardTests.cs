using Microsoft.AspNetCore.Builder;

namespace Coroutines.AspNetCore.Tests;

/// <summary>What handlers should not do is logged with their names.</summary>
public class GuardTests
{
    [Fact]
    public async Task Debug_mode_names_a_handler_that_leaves_the_loop()
    {
        await using var server = await WebServer.Start(
            Transport.Loop,
            static app =>
            {
                app.MapGet("/leaves", static async () => await Elsewhere());
                app.MapGet("/stays", static async () =>
                {
                    await Task.Delay(1);
                    return "stays";
                });
            },
            static options => options.Loop = new EventLoopOptions { Debug = true, SlowStepThreshold = TimeSpan.FromHours(1) });
        using var client = new HttpClient { BaseAddress = server.Root };
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("stays", await client.GetStringAsync(new Uri("/stays", UriKind.Relative)));
            Assert.Equal("left", await client.GetStringAsync(new Uri("/leaves", UriKind.Relative)));
        }

        string line = Assert.Single(server.Log.Lines);
        Assert.StartsWith("Warning: GuardTests.Elsewhere (GuardTests.cs:", line, StringComparison.Ordinal);
        Assert.Contains(" ended on another thread than that of the loop that awaits it.", line, StringComparison.Ordinal);
    }

    /// <summary>Every step is slow here.</summary>
    [Fact]
    public async Task A_slow_step_is_logged_with_its_request()
    {
        await using var server = await WebServer.Start(
            Transport.Loop,
            static app =>
            {
                app.MapGet("/ordinary", static async () =>
                {
                    await Task.Yield();
                    return "done";
                });
                app.MapGet("/other", static () => "other");
            },
            static options => options.Loop = new EventLoopOptions { SlowStepThreshold = TimeSpan.FromTicks(1) });
        using var client = new HttpClient { BaseAddress = server.Root };
        Assert.Equal("done", await client.GetStringAsync(new Uri("/ordinary", UriKind.Relative)));
        Assert.Equal("other", await client.GetStringAsync(new Uri("/other", UriKind.Relative)));
        await server.WhenIdle(static _ => 0);

        Assert.All(server.Log.Lines, static line => Assert.StartsWith("Warning: Slow step: A step of ", line, StringComparison.Ordinal));
        // Before and after it waited.
        Assert.True(server.Log.Lines.Count(static line => line.Contains("Request: GET /ordinary.", StringComparison.Ordinal)) >= 2);
        Assert.Contains(server.Log.Lines, static line => line.Contains("Request: GET /other.", StringComparison.Ordinal));
        // To accept a connection is a step for no request.
        Assert.Contains(server.Log.Lines, static line => line.Contains("Request: none.", StringComparison.Ordinal));
    }

    private static async Task<string> Elsewhere()
    {
        // In the next turn it is awaited already.
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        EventLoop.Current.CallSoon(source.SetResult);
        await source.Task.ConfigureAwait(false);
        return "left";
    }
}
