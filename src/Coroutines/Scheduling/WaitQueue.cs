using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Nodes waiting for one thing, first come first served, linked through themselves. Loop thread only.
/// </summary>
/// <remarks>A ring in which the first node's <c>Prev</c> is the last one: one field, O(1) append and removal anywhere.</remarks>
internal struct WaitQueue
{
    private LoopNode? _first;

    public readonly bool IsEmpty => _first is null;

    public void Append(LoopNode node)
    {
        if (_first is not { } first)
        {
            _first = node;
            node.Next = node;
            node.Prev = node;
            return;
        }

        var last = first.Prev!;
        node.Next = first;
        node.Prev = last;
        last.Next = node;
        first.Prev = node;
    }

    public void Remove(LoopNode node)
    {
        if (ReferenceEquals(node.Next, node))
        {
            _first = null;
        }
        else
        {
            node.Prev!.Next = node.Next;
            node.Next!.Prev = node.Prev;
            if (ReferenceEquals(_first, node))
                _first = node.Next;
        }

        node.Next = null;
        node.Prev = null;
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
    /// taking one by one. Their <c>Prev</c> is left as it was.
    /// </summary>
    public LoopNode? TakeAll()
    {
        var first = _first;
        if (first is not null)
        {
            _first = null;
            first.Prev!.Next = null;
        }

        return first;
    }

    /// <summary>The smallest <see cref="LoopNode.Deadline"/> in the queue, or <see cref="long.MaxValue"/>.</summary>
    public readonly long EarliestDeadline()
    {
        long earliest = long.MaxValue;
        if (_first is not { } node)
            return earliest;
        do
        {
            earliest = Math.Min(earliest, node.Deadline);
            node = node.Next!;
        }
        while (!ReferenceEquals(node, _first));
        return earliest;
    }
}
