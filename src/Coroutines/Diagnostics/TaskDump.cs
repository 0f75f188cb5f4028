using System.Text;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>What runs on a loop, as text.</summary>
public static class TaskDump
{
    /// <summary>
    /// The tree of tasks and groups: a group below the task that opened it, its children below the group; for each task what it waits for, in debug mode since when, and the coroutines it is
    /// suspended in, outermost first, with the file and line of the await where the generated lowering knows them. Does not suspend; loop thread only. For people: the form may change.
    /// </summary>
    /// <param name="loop">The loop.</param>
    /// <returns>One line a task, one a coroutine, and one a group that has children.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public static string DumpTasks(this EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        var tasks = loop.LiveTasks();
        var children = tasks.Where(static task => GroupOf(task) is not null).ToLookup(static task => GroupOf(task)!.Owner);
        var text = new StringBuilder();
        foreach (var root in tasks.Where(static task => GroupOf(task) is null))
            Add(text, root, children, indentation: 0);
        return text.ToString();
    }

    private static void Add(StringBuilder text, LoopTask task, ILookup<LoopTask, LoopTask> children, int indentation)
    {
        Line(text, indentation, task.ToString());
        var chain = new CallChain();
        if (task.Loop!.CurrentTask != task)
            task.Describe(chain);
        foreach (string call in chain.Calls)
            Line(text, indentation + 4, $"at {call}");
        foreach (var group in children[task].GroupBy(static child => child.Details!.Parent!))
        {
            Line(text, indentation + 2, $"group of {group.Count()}{State(group.Key)}");
            foreach (var child in group)
                Add(text, child, children, indentation + 4);
        }
    }

    // A group that its task has not left, and that task is gone: its children stand for themselves.
    private static TaskParent? GroupOf(LoopTask task) => task.Details?.Parent is { IsLeft: false } group ? group : null;

    private static string State(TaskParent group)
    {
        if (group.IsCancelled)
            return ", cancelled";
        return group.Deadline == TimeSpan.MaxValue ? "" : $", until {group.Deadline}";
    }

    private static void Line(StringBuilder text, int indentation, string line) => text.Append(' ', indentation).Append(line).Append('\n');
}
