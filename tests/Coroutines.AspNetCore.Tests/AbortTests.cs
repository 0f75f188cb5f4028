using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Coroutines.AspNetCore.Tests;

/// <summary>Very many requests, many of which are given up at some place.</summary>
public class AbortTests
{
    private const int Requests = 100_000;
    private const int Workers = 50;

    [Fact]
    public async Task Requests_that_are_given_up_leave_nothing_behind()
    {
        int unobserved = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> count = (_, _) => Interlocked.Increment(ref unobserved);
        TaskScheduler.UnobservedTaskException += count;
        try
        {
            await using var server = await WebServer.Start(Transport.Loop, static app => app.MapGet("/{length}", static (int length, HttpContext context) => Answer(length, context)));
            int complete = 0;
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker => Interlocked.Add(ref complete, await Work(server, new Random(worker)))));
            Assert.InRange(complete, Requests / 2, Requests);

            using (var last = await RawClient.Connect(server.EndPoint))
            {
                await last.Send("GET /10 HTTP/1.1\r\nHost: x\r\n\r\n");
                Assert.Equal(("HTTP/1.1 200 OK", new string('x', 10)), await last.ReadResponse());
            }

            // A connection that were stuck would keep the server from stopping; a task, the loop from being empty but for the one who looks.
            await server.Stop();
            Assert.Equal(1, await server.WhenIdle(static loop => loop.TaskCount));
            Assert.DoesNotContain(server.Log.Lines, static line => !line.Contains("RequestAborted", StringComparison.Ordinal));
        }
        finally
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            TaskScheduler.UnobservedTaskException -= count;
        }

        Assert.Equal(0, unobserved);
    }

    private static async Task Answer(int length, HttpContext context)
    {
        if (length % 3 == 0)
            await Task.Yield();
        await context.Response.WriteAsync(new string('x', length), context.RequestAborted);
    }

    private static async Task<int> Work(WebServer server, Random random)
    {
        int complete = 0;
        RawClient? client = null;
        for (int i = 0; i < Requests / Workers; i++)
        {
            client ??= await RawClient.Connect(server.EndPoint);
            int length = random.Next(1, 300);
            string request = $"GET /{length} HTTP/1.1\r\nHost: x\r\n\r\n";
            int fate = random.Next(100);
            if (fate >= 3)
            {
                await client.Send(request);
                Assert.Equal(length, (await client.ReadResponse()).Body.Length);
                complete++;
                continue;
            }

            // In the middle of the request, after it, or in the middle of the response.
            await client.Send(fate == 0 ? request[..random.Next(request.Length)] : request);
            if (fate == 2)
                await client.Read(5);
            client.Reset();
            client = null;
        }

        client?.Dispose();
        return complete;
    }
}
