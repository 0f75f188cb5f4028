using Coroutines;
using Coroutines.AspNetCore;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Coroutines that run beside the requests.</summary>
public static class HostedCoroutineExtensions
{
    /// <summary>
    /// Runs a coroutine on the first loop while the application runs. It is cancelled when the application stops, which waits for its end; if it fails, the application stops.
    /// </summary>
    /// <param name="services">The application's services; <c>UseCoroutineLoop</c> must be called, too.</param>
    /// <param name="main">Makes the coroutine; called on the loop's thread.</param>
    /// <param name="name">What logs and dumps call it.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddHostedCoroutine(this IServiceCollection services, Func<IServiceProvider, Coroutine> main, string name)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(main);
        return services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<HostedCoroutine>(provider, () => main(provider), name));
    }
}
