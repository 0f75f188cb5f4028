using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coroutines.AspNetCore;

/// <summary>The loops of a web server, from its start until its services are disposed of. Any thread.</summary>
public sealed partial class WebLoops : IDisposable
{
    private readonly Lazy<LoopGroup> _group;

    /// <summary>Made by the container; the threads start when they are first needed.</summary>
    /// <param name="options">How many loops.</param>
    /// <param name="logger">Gets what nobody else does.</param>
    public WebLoops(IOptions<CoroutineLoopOptions> options, ILogger<WebLoops> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options.Value;
        _group = new Lazy<LoopGroup>(() =>
        {
            var group = new LoopGroup(Options.Loops, Options.Loop);
            foreach (var loop in group.Loops)
            {
                loop.CallSoonThreadSafe(() =>
                {
                    loop.UnhandledException += (_, failure) => Unhandled(logger, failure.Exception);
                    loop.SlowStep += (_, step) => Slow(logger, step.ToString(), StepRequest.OfStep(loop)?.ToString() ?? "none");
                    loop.Warning += (_, warning) => Warned(logger, warning.Message);
                });
            }

            return group;
        });
    }

    /// <summary>The loops, in order.</summary>
    public IReadOnlyList<EventLoop> Loops => Group.Loops;

    internal CoroutineLoopOptions Options { get; }

    internal LoopGroup Group => _group.Value;

    /// <summary>Cancels what runs on the loops and ends their threads.</summary>
    public void Dispose()
    {
        if (_group.IsValueCreated)
            _group.Value.Dispose();
    }

    [LoggerMessage(LogLevel.Error, "Unhandled exception on an event loop")]
    private static partial void Unhandled(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Slow step: {Step} Request: {Request}.")]
    private static partial void Slow(ILogger logger, string step, string request);

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    private static partial void Warned(ILogger logger, string warning);
}
