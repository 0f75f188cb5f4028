using Coroutines.CompilerServices;

namespace Coroutines;

// On whose behalf code runs that is no task's step: what a task reads as a stream is cancelled with it.
public sealed partial class EventLoop
{
    private LoopTask? _postedFor;

    /// <summary>The task on whose behalf the running step runs: itself, or the one that reads the stream whose step it is.</summary>
    internal LoopTask? LogicalTask => CurrentTask ?? PullOwner;

    /// <summary>The task that reads the stream whose answer is on its way, through code that is no task's step.</summary>
    internal LoopTask? PullOwner => Ready.RunningNode is PulledTask pull ? pull.Owner : _postedFor;

    /// <summary>The task as the program knows it: <see cref="LogicalTask"/>, or the reader where that is a stream, or what a stream of the compiler's awaits: those have no handle.</summary>
    internal LoopTask? ReadingTask
    {
        get
        {
            var task = LogicalTask;
            while (true)
            {
                if (task is PulledTask pull)
                    task = pull.Owner;
                else if (task?.Details?.StandsInFor?.Owner is { } reader)
                    task = reader;
                else
                    return task;
            }
        }
    }

    /// <summary>Calls back for a task that posted, unless the task has ended meanwhile: then for nobody.</summary>
    internal void RunFor(LoopTask task, int version, SendOrPostCallback callback, object? state)
    {
        _postedFor = task.Is(version) && !task.IsEnded ? task : null;
        try
        {
            callback(state);
        }
        finally
        {
            _postedFor = null;
        }
    }
}
