namespace Coroutines;

/// <summary>A step that took long, so that nothing else ran on its loop: what <see cref="EventLoop.SlowStep"/> tells.</summary>
public sealed class SlowStepEventArgs : EventArgs
{
    private readonly bool _isTask;

    internal SlowStepEventArgs(TimeSpan elapsed, string? taskName, bool isTask, IReadOnlyList<string> calls)
    {
        Elapsed = elapsed;
        TaskName = taskName;
        _isTask = isTask;
        Calls = calls;
    }

    /// <summary>How long the step took, on the loop's clock.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The name of the task, or null if it has none or the step was a callback's.</summary>
    public string? TaskName { get; }

    /// <summary>The coroutines in which the task is suspended after the step, outermost first, with file and line where the generated lowering knows them: the slow code lies before that line. Empty if the task has ended.</summary>
    public IReadOnlyList<string> Calls { get; }

    /// <inheritdoc />
    public override string ToString()
    {
        string who = !_isTask ? "a callback" : TaskName is null ? "a task" : $"task \"{TaskName}\"";
        string where = Calls.Count == 0 ? "" : $", before {Calls[^1]}";
        return $"A step of {who} took {Elapsed.TotalMilliseconds:0.###} ms{where}. Nothing else ran on the loop meanwhile.";
    }
}
