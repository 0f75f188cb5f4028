using Microsoft.AspNetCore.Http;

namespace Coroutines.AspNetCore;

/// <summary>Runs coroutines that answer requests as tasks of the connection's loop, cancelled when the client gives up.</summary>
internal static partial class HandlerTask
{
    /// <summary>What a handler has returned; of a coroutine, its result.</summary>
    public static async ValueTask<object?> Finish(HttpContext context, object? returned)
    {
        switch (returned)
        {
            case IResultCoroutine coroutine:
                return await Run(context, coroutine.WithObject());
            case Coroutine coroutine:
                await Run(context, Nothing(coroutine));
                // As a handler that returns a plain Task.
                return Results.Empty;
            default:
                return returned;
        }
    }

    public static Task<T> Run<T>(HttpContext context, Coroutine<T> coroutine)
    {
        if (context.GetEventLoop() is not { } loop)
            throw new InvalidOperationException("A coroutine answers requests on an event loop, and this connection has none. Call builder.WebHost.UseCoroutineLoop().");
        return ReferenceEquals(EventLoop.CurrentOrNull, loop) ? RunHere(context, coroutine, loop) : Return(context, coroutine, loop);
    }

    // To the loop, which whoever calls this has left, with ConfigureAwait(false) perhaps.
    private static async Task<T> Return<T>(HttpContext context, Coroutine<T> coroutine, EventLoop loop)
    {
        T result = default!;
        await RequestOnLoop.Run(context, async context => result = await RunHere(context, coroutine, loop));
        return result;
    }

    private static async Task<T> RunHere<T>(HttpContext context, Coroutine<T> coroutine, EventLoop loop)
    {
        // Named so that dumps and reports of slow steps say which request it is.
        var task = loop.Spawn(coroutine, $"{context.Request.Method} {context.Request.Path}");
        using var aborted = context.RequestAborted.UnsafeRegister(static state => ((Handler)state!).Cancel(), new Handler(loop, task));
        return await task;
    }

    [Coroutine]
    private static async Coroutine<object?> Nothing(Coroutine coroutine)
    {
        await coroutine;
        return null;
    }

    private sealed class Handler(EventLoop loop, CoroutineTask task)
    {
        public void Cancel()
        {
            if (ReferenceEquals(EventLoop.CurrentOrNull, loop))
                task.Cancel();
            else
                loop.TryPostUntyped(static handler => ((Handler)handler!).Cancel(), this);
        }
    }
}
