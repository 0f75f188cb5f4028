namespace Coroutines;

public readonly partial struct CoroutineTask
{
    /// <summary>The task whose step runs on this thread, in a stream the one that reads it. Does not suspend.</summary>
    /// <exception cref="InvalidOperationException">
    /// No task runs here: not on a loop's thread, or in a callback.
    /// </exception>
    public static CoroutineTask Current
    {
        get
        {
            var task = LoopAwaiters.ReadingTask;
            return new CoroutineTask(task, task.Version);
        }
    }
}
