using Coroutines;
using Coroutines.AspNetCore;

namespace Microsoft.AspNetCore.Http;

/// <summary>What requests know of event loops.</summary>
public static class CoroutineHttpContextExtensions
{
    /// <summary>The loop to which the request's connection belongs; null if the connection is another transport's.</summary>
    /// <param name="context">The request.</param>
    public static EventLoop? GetEventLoop(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<IEventLoopFeature>()?.Loop;
    }
}
