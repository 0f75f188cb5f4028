using System.Runtime.ExceptionServices;

namespace Coroutines;

/// <summary>What few tasks have, kept out of the task so that a million of them stay small. Loop thread only, except <see cref="Wake"/>.</summary>
internal sealed class TaskDetails
{
    public string? Name;

    /// <summary>The context the task runs in, while it has <see cref="TaskBits.OwnContext"/>.</summary>
    public ExecutionContext? Context;

    /// <summary>The exception the task ended with.</summary>
    public FaultRecord? Fault;

    /// <summary>The exception a child of the compiler's lowering ended with, until its parent has taken it.</summary>
    public ExceptionDispatchInfo? ChildFault;

    /// <summary>Given to foreign awaiters; made once per task object. May be called from any thread.</summary>
    public Action? Wake;
}
