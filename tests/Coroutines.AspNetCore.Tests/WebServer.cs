using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Coroutines.AspNetCore.Tests;

/// <summary>What moves Kestrel's bytes.</summary>
public enum Transport
{
    /// <summary>What is tested.</summary>
    Loop,

    /// <summary>Kestrel's own transport: the oracle.</summary>
    Sockets,
}

/// <summary>An application that listens on a free port, for one test.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebServer(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Root = new Uri(addresses.First());
    }

    public Uri Root { get; }

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Root.Port);

    public WebApplication App => _app;

    /// <summary>Warnings and errors that the application has logged.</summary>
    public MemoryLog Log => _app.Services.GetRequiredService<MemoryLog>();

    public EventLoop Loop => _app.Services.GetRequiredService<WebLoops>().Loops[0];

    public static async Task<WebServer> Start(
        Transport transport,
        Action<WebApplication> map,
        Action<CoroutineLoopOptions>? configure = null,
        Action<ListenOptions>? listen = null,
        Action<WebApplicationBuilder>? build = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<MemoryLog>().AddSingleton<ILoggerProvider>(services => services.GetRequiredService<MemoryLog>());
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen ?? (static _ => { })));
        if (transport == Transport.Loop)
            builder.WebHost.UseCoroutineLoop(configure);
        build?.Invoke(builder);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new WebServer(app);
    }

    /// <summary>What is so once nothing else can run on the loop.</summary>
    public Task<T> WhenIdle<T>(Func<EventLoop, T> look)
    {
        return _app.Services.GetRequiredService<WebLoops>().Group.Spawn(0, Look);

        async Coroutine<T> Look()
        {
            await Coroutine.UntilIdle();
            return look(EventLoop.Current);
        }
    }

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
