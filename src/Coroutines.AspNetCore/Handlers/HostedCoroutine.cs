using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coroutines.AspNetCore;

/// <summary>A coroutine that runs on the first loop from the start of the application to its end.</summary>
internal sealed partial class HostedCoroutine(WebLoops loops, Func<Coroutine> main, string name, IHostApplicationLifetime lifetime, ILogger<HostedCoroutine> logger) : IHostedService
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CoroutineTask _task;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Loop.CallSoonThreadSafe(Begin);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Loop.CallSoonThreadSafe(() => _task.Cancel());
        return _ended.Task.WaitAsync(cancellationToken);
    }

    private EventLoop Loop => loops.Loops[0];

    private void Begin() => _task = Loop.Spawn(Run(), name);

    [Coroutine]
    private async Coroutine Run()
    {
        try
        {
            await main();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // As for every background service: an application without it is not what was started.
            Failed(logger, name, exception);
            lifetime.StopApplication();
        }
        finally
        {
            _ended.SetResult();
        }
    }

    [LoggerMessage(LogLevel.Critical, "The hosted coroutine {Name} has failed; the application stops")]
    private static partial void Failed(ILogger logger, string name, Exception exception);
}
