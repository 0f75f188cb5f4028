using Coroutines.AspNetCore;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts ASP.NET Core on event loops.</summary>
public static class CoroutineLoopWebHostBuilderExtensions
{
    /// <summary>
    /// Lets Kestrel's connections, and the code that answers their requests, run on event loops: on one thread, with its <see cref="SynchronizationContext"/>, so that handlers share state without locks and may await
    /// what belongs to the loop.
    /// </summary>
    /// <param name="builder">The web host, <c>builder.WebHost</c>.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IWebHostBuilder UseCoroutineLoop(this IWebHostBuilder builder, Action<CoroutineLoopOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(services =>
        {
            if (configure is not null)
                services.Configure(configure);
            services.AddSingleton<WebLoops>();
            services.AddSingleton<IConnectionListenerFactory, LoopTransport>();
            services.AddSingleton<IStartupFilter, LoopStartupFilter>();
        });
    }
}
