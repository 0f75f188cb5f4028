using Coroutines.CompilerServices;

namespace Coroutines;

// Tasks: spawning, and the list of all that live.
public sealed partial class EventLoop
{
    private LoopTask? _firstTask;

    /// <summary>How many tasks have been spawned and have not ended. Loop thread only.</summary>
    public int TaskCount { get; private set; }

    /// <summary>The tasks that have been spawned and have not ended, newest first: a copy. Loop thread only.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public IReadOnlyList<CoroutineTask> Tasks
    {
        get
        {
            VerifyAccess();
            var tasks = new List<CoroutineTask>(TaskCount);
            for (var task = _firstTask; task is not null; task = task.NextTask)
                tasks.Add(new CoroutineTask(task, task.Version));
            return tasks;
        }
    }

    /// <summary>
    /// Runs <paramref name="coroutine"/> as a task of its own, beginning in the next turn. Does not suspend; loop thread only. <c>AsyncLocal</c> values flow into it.
    /// </summary>
    /// <param name="coroutine">A cold coroutine.</param>
    /// <param name="name">A name to see in dumps; costs an allocation the first time a task object gets one.</param>
    /// <returns>The task's handle. An exception nobody awaits is reported to <see cref="UnhandledException"/>.</returns>
    /// <exception cref="InvalidOperationException">The coroutine has been used, or this is not the loop's thread.</exception>
    /// <exception cref="ObjectDisposedException">The loop is disposed.</exception>
    public CoroutineTask Spawn(Coroutine coroutine, string? name = null)
    {
        VerifyAccess();
        var body = coroutine.Consume();
        body.Spawn(this, name);
        return new CoroutineTask(body, body.Version);
    }

    /// <inheritdoc cref="Spawn(Coroutine, string?)" />
    /// <typeparam name="T">The result.</typeparam>
    public CoroutineTask<T> Spawn<T>(Coroutine<T> coroutine, string? name = null)
    {
        VerifyAccess();
        var body = coroutine.Consume();
        body.Spawn(this, name);
        return new CoroutineTask<T>(body, body.Version);
    }

    internal void AddTask(LoopTask task)
    {
        TaskCount++;
        task.PreviousTask = null;
        task.NextTask = _firstTask;
        if (_firstTask is not null)
            _firstTask.PreviousTask = task;
        _firstTask = task;
    }

    internal void RemoveTask(LoopTask task)
    {
        TaskCount--;
        if (task.PreviousTask is { } previous)
            previous.NextTask = task.NextTask;
        else
            _firstTask = task.NextTask;
        if (task.NextTask is { } next)
            next.PreviousTask = task.PreviousTask;
        task.NextTask = null;
        task.PreviousTask = null;
    }
}
