namespace Coroutines.CompilerServices;

// What a task says of itself to people: in dumps and to debuggers.
public abstract partial class LoopTask
{
    /// <summary>Its name, and what it waits for.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{(Details?.Name is { } name ? $"task \"{name}\"" : "task")} {State()}";

    private string State()
    {
        if (IsEnded)
            return StatusOf(Version).ToString();
        string cancelled = (Bits & TaskBits.CancelRequested) != 0 ? ", cancelled" : "";
        if (Loop is not { } loop)
            return "has not begun";
        if (loop.CurrentTask == this)
            return "runs" + cancelled;
        if (CurrentWait() is not { } wait)
            return "is ready" + cancelled;
        string since = Details?.SuspendedAt is { } time ? $" since {time}" : "";
        return $"waits for {wait}{since}{cancelled}";
    }

    private string? CurrentWait()
    {
        if (WaitSource is { } source)
            return source.Describe(this);
        if ((Bits & TaskBits.ForeignWait) != 0)
            return "foreign code";
        for (var scope = Details?.Scope; scope is not null; scope = scope.Outer)
        {
            if (scope.Children is { IsAwaited: true })
                return "its children";
        }

        return null;
    }
}
