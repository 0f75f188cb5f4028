using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>What tasks that live inside a scope of another task belong to. Loop thread only.</summary>
internal abstract class TaskParent
{
    /// <summary>The task in one of whose scopes the children live.</summary>
    public abstract LoopTask Owner { get; }

    /// <summary>Whether <see cref="Owner"/> is suspended until all children have ended.</summary>
    public abstract bool IsAwaited { get; }

    /// <summary>Whether the scope was left: children that still live then are nobody's, and <see cref="Owner"/> may be another task by now.</summary>
    public abstract bool IsLeft { get; }

    /// <summary>Whether the children should end: the scope they live in is cancelled, and no shield lies between.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>When <see cref="IsCancelled"/> becomes true by itself; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public virtual TimeSpan Deadline => TimeSpan.MaxValue;

    /// <summary>Adds the children, the oldest last, so that it is taken first: for telling them that the answer to <see cref="IsCancelled"/> may have changed.</summary>
    public abstract void PushChildren(Stack<LoopTask> tasks);

    /// <summary>Cancels the children of a scope that its task has not left: from now on they answer for themselves.</summary>
    public abstract void LeaveBehind();

    /// <summary>Called once when a child has ended, however.</summary>
    public abstract void ChildEnded(LoopTask child);
}
