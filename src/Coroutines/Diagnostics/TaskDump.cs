using System.Text;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>What runs on a loop, as text.</summary>
public static class TaskDump
{
    /// <summary>
    /// The tree of tasks: children of a group below the task that opened it; for each task what it waits for, and the coroutines it is suspended in, outermost first, with the file and
    /// line of the await where the generated lowering knows them. Does not suspend; loop thread only. For people: the form may change.
    /// </summary>
    /// <param name="loop">The loop.</param>
    /// <returns>One line a task and one a coroutine.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public static string DumpTasks(this EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        var tasks = loop.LiveTasks();
        var children = tasks.Where(task => task.Details?.Parent is not null).ToLookup(task => task.Details!.Parent!.Owner);
        var text = new StringBuilder();
        foreach (var root in tasks.Where(task => task.Details?.Parent is null))
            Add(text, root, children, indentation: 0);
        return text.ToString();
    }

    private static void Add(StringBuilder text, LoopTask task, ILookup<LoopTask, LoopTask> children, int indentation)
    {
        Line(text, indentation, $"{(task.Details?.Name is { } name ? $"task \"{name}\"" : "task")} {State(task)}");
        var chain = new CallChain();
        if (task.Loop!.CurrentTask != task)
            task.Describe(chain);
        foreach (string call in chain.Calls)
            Line(text, indentation + 4, $"at {call}");
        foreach (var child in children[task])
            Add(text, child, children, indentation + 2);
    }

    private static string State(LoopTask task)
    {
        string cancelled = (task.Bits & TaskBits.CancelRequested) != 0 ? ", cancelled" : "";
        if (task.Loop!.CurrentTask == task)
            return "runs" + cancelled;
        if (task.WaitSource is { } source)
            return "waits for " + source.Describe(task) + cancelled;
        if ((task.Bits & TaskBits.ForeignWait) != 0)
            return "waits for foreign code" + cancelled;
        for (var scope = task.Details?.Scope; scope is not null; scope = scope.Outer)
        {
            if (scope.Children is { IsAwaited: true })
                return "waits for its children" + cancelled;
        }

        return "is ready" + cancelled;
    }

    private static void Line(StringBuilder text, int indentation, string line) => text.Append(' ', indentation).Append(line).Append('\n');
}
