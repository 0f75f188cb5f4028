using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Coroutines.AspNetCore;

/// <summary>A coroutine that runs on the first loop from the start of the application to its end.</summary>
internal sealed partial class HostedCoroutine(WebLoops loops, Func<Coroutine> main, string name, IHostApplicationLifetime lifetime, ILogger<HostedCoroutine> logger) : IHostedService
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CoroutineTask _task;
    private bool _isStarted;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _isStarted = true;
        Loop.CallSoonThreadSafe(Begin);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        // If another service could not be started, the host stops all, those too that it has not come to.
        if (!_isStarted)
            return Task.CompletedTask;
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
        catch (Exception exception) when (exception is not OperationCanceledException || !CancelScope.CurrentToken.IsCancellationRequested)
        {
            // One that was not cancelled has no more reason to end with a cancellation, as what it has called may throw, than with anything else. As for every background service: an application without it is not what was started.
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
