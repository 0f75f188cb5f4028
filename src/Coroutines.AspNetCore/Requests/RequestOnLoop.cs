using Microsoft.AspNetCore.Http;

namespace Coroutines.AspNetCore;

/// <summary>
/// Lets a request begin on its connection's loop. Requests of HTTP/1 do; those of HTTP/2, and the first one after a TLS handshake, Kestrel begins on a thread of the pool.
/// </summary>
internal static class RequestOnLoop
{
    public static Task Run(HttpContext context, RequestDelegate next)
    {
        var loop = context.Features.Get<IEventLoopFeature>()?.Loop;
        // Connections of other transports have none.
        // Its context, not only its thread: library code that completes there may have put it aside.
        if (loop is null || (SynchronizationContext.Current is LoopSynchronizationContext current && current.MayBeCalledOn(loop)))
            return next(context);
        var request = new Switched(context, next);
        if (!loop.TryPostUntyped(static request => ((Switched)request!).Begin(), request))
            throw new ObjectDisposedException(typeof(EventLoop).FullName, "The event loop of this connection has ended.");
        return request.Ended;
    }

    private sealed class Switched(HttpContext context, RequestDelegate next)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ExecutionContext? _flow = ExecutionContext.Capture();

        public Task Ended => _ended.Task;

        public void Begin()
        {
            if (_flow is null)
                _ = Answer();
            else
                ExecutionContext.Run(_flow, static request => _ = ((Switched)request!).Answer(), this);
        }

        private async Task Answer()
        {
            try
            {
                await next(context);
                _ended.SetResult();
            }
            catch (Exception exception)
            {
                _ended.SetException(exception);
            }
        }
    }
}
