using System.ComponentModel;

namespace Coroutines.CompilerServices;

/// <summary>
/// Anything the ready queue, a timer or a wait queue can hold: a task or a scheduled callback. Not meant to be used in user code.
/// </summary>
/// <remarks>
/// Owned by the loop's thread. A node is in at most one place at a time: the ready queue, or one wait source (a timer slot, a wait
/// queue, a file descriptor). So one pair of links serves every list, and arming a wait never allocates.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LoopNode
{
    /// <summary>Links of the one list this node is in: a timer slot, a wait queue, or a pool.</summary>
    internal LoopNode? Next;
    internal LoopNode? Prev;

    /// <summary>Loop time in ticks of 100 ns at which an armed timer fires.</summary>
    internal long Deadline;

    /// <summary>
    /// A number that a wait source other than a timer keeps with the node: what it came for while it waits, then how its wait ended. Lies where the deadline does, as a node never waits in both.
    /// </summary>
    internal long Tag
    {
        get => Deadline;
        set => Deadline = value;
    }

    /// <summary>What the node waits for, or null while it is ready, running, idle, or waits for something that cannot be abandoned.</summary>
    internal IWaitSource? WaitSource;

    private protected LoopNode()
    {
    }

    /// <summary>One step: resumes the task or calls the callback. Called by the turn only.</summary>
    internal abstract void Run();

    /// <summary>Lets go of what a node that lies in a pool still refers to.</summary>
    /// <returns>False if there is nothing.</returns>
    internal virtual bool ForgetContent() => false;
}

/// <summary>A place where a node waits and from which it can be taken back. Loop thread only.</summary>
internal interface IWaitSource
{
    /// <summary>Unlinks <paramref name="node"/>, so that this source never signals it again. The caller clears <see cref="LoopNode.WaitSource"/>.</summary>
    void Abandon(LoopNode node);

    /// <summary>What <paramref name="node"/> waits for, in words that continue "waits for".</summary>
    string Describe(LoopNode node) => GetType().Name;
}
