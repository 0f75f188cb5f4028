using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>The timers of one slot of the wheel in the order in which they were armed, linked through themselves. Loop thread only.</summary>
/// <remarks>
/// A chain with a tail and not a <see cref="WaitQueue"/>, which is half as large and takes one more store of a reference for each node: there are many tasks, but few slots. A node that is alone is
/// the tail without being named as such, as many slots never hold a second one.
/// </remarks>
internal struct TimerSlot
{
    private LoopNode? _last;

    /// <summary>The one armed first; null if the slot is empty.</summary>
    public LoopNode? First { get; private set; }

    /// <summary>Adds a node that is in no list.</summary>
    /// <returns>False if it is due before the one that was the last.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Append(LoopNode node)
    {
        if (First is not { } first)
        {
            First = node;
            return true;
        }

        var last = _last ?? first;
        bool isInOrder = node.Deadline >= last.Deadline;
        node.Prev = last;
        last.Next = node;
        _last = node;
        return isInOrder;
    }

    public void Remove(LoopNode node)
    {
        var previous = node.Prev;
        var next = node.Next;
        Unlink(node);
        if (previous is null)
            First = next;
        else
            previous.Next = next;
        if (next is null)
            _last = previous;
        else
            next.Prev = previous;
    }

    /// <summary>Leaves of the slot what follows on nodes that the caller has unlinked.</summary>
    /// <param name="rest">The first one that stays; null for none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LeaveFrom(LoopNode? rest)
    {
        First = rest;
        if (rest is null)
            _last = null;
        else
            rest.Prev = null;
    }

    /// <summary>Takes the links off a node. Its neighbours keep theirs to it.</summary>
    /// <returns>The next one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LoopNode? Unlink(LoopNode node)
    {
        var next = node.Next;
        node.Next = null;
        node.Prev = null;
        return next;
    }

    /// <summary>The earliest deadline in a slot that is not empty. Looks at all of them.</summary>
    /// <remarks>From both ends, as each look at a node that is not in a cache waits for the one before it: so two are under way.</remarks>
    public readonly long EarliestDeadline()
    {
        var front = First!;
        var back = _last ?? front;
        long earliest = long.MaxValue;
        while (true)
        {
            earliest = Math.Min(earliest, Math.Min(front.Deadline, back.Deadline));
            if (front == back || front.Next == back)
                return earliest;
            front = front.Next!;
            back = back.Prev!;
        }
    }
}
