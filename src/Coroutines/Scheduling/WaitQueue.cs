using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Nodes waiting for one thing, first come first served, linked through themselves. Loop thread only.
/// </summary>
/// <remarks>
/// A ring in which the first node's <c>Prev</c> is the last one: one field, O(1) append and removal anywhere. A node that is alone has no links, since most
/// queues never hold a second one and a link costs a write barrier.
/// </remarks>
internal struct WaitQueue
{
    private LoopNode? _first;

    public readonly bool IsEmpty => _first is null;

    /// <summary>The node that waits longest, or null.</summary>
    public readonly LoopNode? First => _first;

    public void Append(LoopNode node)
    {
        if (_first is not { } first)
        {
            _first = node;
            return;
        }

        var last = first.Prev ?? first;
        node.Next = first;
        node.Prev = last;
        last.Next = node;
        first.Prev = node;
    }

    public void Remove(LoopNode node)
    {
        if (node.Next is not { } next)
        {
            _first = null;
            return;
        }

        var previous = node.Prev!;
        if (ReferenceEquals(_first, node))
            _first = next;
        node.Next = null;
        node.Prev = null;
        if (ReferenceEquals(next, previous))
        {
            next.Next = null;
            next.Prev = null;
        }
        else
        {
            previous.Next = next;
            next.Prev = previous;
        }
    }

    /// <summary>Removes and returns the node that waits longest, or null.</summary>
    public LoopNode? TakeFirst()
    {
        var first = _first;
        if (first is not null)
            Remove(first);
        return first;
    }

    /// <summary>
    /// Empties the queue and returns its nodes as a chain that ends with null: for a caller that handles all of them, at half the stores of
    /// taking one by one. The caller takes the links away.
    /// </summary>
    public LoopNode? TakeAll()
    {
        var first = _first;
        if (first is not null)
        {
            _first = null;
            if (first.Prev is { } last)
                last.Next = null;
        }

        return first;
    }
}
