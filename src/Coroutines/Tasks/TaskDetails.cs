using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Coroutines;

/// <summary>What few tasks have, kept out of the task so that a million of them stay small. Loop thread only, except <see cref="Wake"/>.</summary>
internal sealed class TaskDetails
{
    public string? Name;

    /// <summary>From the spawn of a named task to its end, if somebody listens.</summary>
    public Activity? Activity;

    /// <summary>The context the task runs in, while it has <see cref="TaskBits.OwnContext"/>.</summary>
    public ExecutionContext? Context;

    /// <summary>The innermost scope the task has opened.</summary>
    public CancelScope? Scope;

    /// <summary>What the task was spawned in, and its place there.</summary>
    public TaskParent? Parent;
    public int ChildIndex;

    /// <summary>Of the token given to foreign code, from its first use until it was cancelled or the task ends.</summary>
    public CancellationTokenSource? TokenSource;

    /// <summary>The first of the pulls that this task has under way: streams that run for it outside its own frame.</summary>
    public PulledTask? Pulls;

    /// <summary>The pull of the compiler's stream that awaits this task: what it awaits has no reader's frame to run in, so it runs in a task that stands in for the reader.</summary>
    public PulledTask? StandsInFor;

    /// <summary>Of the task while it reads streams of the compiler's; of an earlier task that had this object if the versions differ.</summary>
    public ReaderContext? ReaderContext;

    /// <summary>In debug mode, the loop time of the end of the task's last step.</summary>
    public TimeSpan? SuspendedAt;

    /// <summary>In debug mode, keeps watch over a coroutine that has not been used.</summary>
    public ColdCoroutine? Cold;

    /// <summary>The exception the task ended with.</summary>
    public FaultRecord? Fault;

    /// <summary>The exception a child of the compiler's lowering ended with, until its parent has taken it.</summary>
    public ExceptionDispatchInfo? ChildFault;

    /// <summary>Whether an awaiter of this library is being given <see cref="Wake"/>, because only the run time knows its type.</summary>
    public bool IsOwnAwaiter;

    /// <summary>Why what was awaited so refused the await, until the awaiter is asked for the result.</summary>
    public ExceptionDispatchInfo? Refusal;

    /// <summary>Given to foreign awaiters; made once per task object. May be called from any thread.</summary>
    public Action? Wake;
}
