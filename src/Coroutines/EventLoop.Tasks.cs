using Coroutines.CompilerServices;

namespace Coroutines;

// Tasks: spawning, and the list of all that live.
public sealed partial class EventLoop
{
    // Dense and unordered: a task knows its place, the last one fills a gap.
    private struct TaskSlot
    {
        public LoopTask? Task;
    }

    // Behind the last one may lie some that have ended, without gaps, until ForgetTasks.
    private TaskSlot[] _tasks = new TaskSlot[16];

    /// <summary>Set by each spawn, cleared when the loop, ending, has cancelled them.</summary>
    private bool _hasNewTasks;

    /// <summary>How many tasks have been spawned and have not ended. Loop thread only.</summary>
    public int TaskCount { get; private set; }

    /// <summary>The tasks that have been spawned and have not ended, in no particular order: a copy. Loop thread only.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public IReadOnlyList<CoroutineTask> Tasks => LiveTasks().ConvertAll(static task => new CoroutineTask(task, task.Version));

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

    /// <inheritdoc cref="Spawn(Coroutine, string?)" />
    /// <param name="coroutine">A generator-style coroutine.</param>
    /// <param name="name">A name to see in dumps.</param>
    public CoroutineTask Spawn(IEnumerator<ILoopAwaitable?> coroutine, string? name = null) => Spawn(coroutine.AsCoroutine(), name);

    /// <inheritdoc cref="Spawn(IEnumerator{ILoopAwaitable?}, string?)" />
    public CoroutineTask Spawn(IEnumerable<ILoopAwaitable?> coroutine, string? name = null) => Spawn(coroutine.AsCoroutine(), name);

    /// <summary>Empty, and taken by whoever walks a tree of tasks; a walk that begins inside another one makes its own.</summary>
    internal Stack<LoopTask>? SpareTaskStack;

    /// <summary>The tasks that <see cref="Tasks"/> speaks of.</summary>
    internal List<LoopTask> LiveTasks()
    {
        VerifyAccess();
        var tasks = new List<LoopTask>(TaskCount);
        for (int i = 0; i < TaskCount; i++)
            tasks.Add(_tasks[i].Task!);
        return tasks;
    }

    internal void AddTask(LoopTask task)
    {
        int index = TaskCount++;
        if (index == _tasks.Length)
            Array.Resize(ref _tasks, index * 2);
        // The look costs less than a store's write barrier, and a task that is spawned often comes back to its place.
        ref var slot = ref _tasks[index];
        if (slot.Task != task)
            slot.Task = task;
        task.Index = index;
        _hasNewTasks = true;
    }

    internal void RemoveTask(LoopTask task)
    {
        int last = --TaskCount;
        if (task.Index != last)
        {
            if (last >= Prefetch.Distance)
                Prefetch.Node(_tasks[last - Prefetch.Distance].Task);
            var moved = _tasks[last].Task!;
            moved.Index = task.Index;
            _tasks[task.Index].Task = moved;
        }

        if (ReferenceEquals(task, _root))
            LeaveFor(Leave.RootEnded);
    }

    /// <summary>Lets go of the tasks that have ended.</summary>
    private void ForgetTasks()
    {
        for (int i = TaskCount; i < _tasks.Length && _tasks[i].Task is not null; i++)
            _tasks[i].Task = null;
    }
}
