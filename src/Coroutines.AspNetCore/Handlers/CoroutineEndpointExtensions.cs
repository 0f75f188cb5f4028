using System.Diagnostics.CodeAnalysis;
using Coroutines;
using Coroutines.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Coroutines that answer requests.</summary>
public static class CoroutineEndpointExtensions
{
    /// <summary>
    /// A group of endpoints whose handlers may return <see cref="Coroutine"/> or <see cref="Coroutine{T}"/>. A coroutine runs on the connection's loop and is cancelled when the client gives up; its result is written as that of
    /// a <see cref="Task{T}"/> is. Other handlers work as ever.
    /// </summary>
    /// <param name="endpoints">The application, or another group.</param>
    /// <param name="prefix">What all routes of the group begin with.</param>
    /// <returns>The group: <c>api.MapGet("/todos/{id}", [Coroutine] async Coroutine&lt;Todo&gt; (int id) => …)</c>.</returns>
    public static RouteGroupBuilder MapCoroutines(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.MapGroup(prefix).AddEndpointFilter(static async (context, next) => await HandlerTask.Finish(context.HttpContext, await next(context)));
    }

    /// <summary>Adds a coroutine to what every request passes through. It runs on the connection's loop and is cancelled when the client gives up.</summary>
    /// <param name="app">The application.</param>
    /// <param name="middleware">Gets the request and what comes next, to be awaited or not: <c>await next(context)</c>.</param>
    /// <returns><paramref name="app"/>.</returns>
    public static IApplicationBuilder UseCoroutine(this IApplicationBuilder app, Func<HttpContext, RequestDelegate, Coroutine> middleware)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(middleware);
        return app.Use(next => async context => await HandlerTask.Finish(context, middleware(context, next)));
    }
}
