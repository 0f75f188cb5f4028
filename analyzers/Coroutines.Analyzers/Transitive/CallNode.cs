namespace Coroutines.Analyzers.Transitive;

/// <summary>A node of the call graph, and what has been found out about it.</summary>
internal sealed class CallNode(NodeKey key)
{
    public NodeKey Key { get; } = key;

    /// <summary>The bodies that this node stands for: none if there is no source, several for initializers.</summary>
    public List<FunctionFacts> Bodies { get; } = [];

    public List<CallNode> Callees { get; } = [];

    public List<CallNode> Callers { get; } = [];

    /// <summary>Whether the node runs one of its callees instead of all of them.</summary>
    public bool IsChoice => Key.Role is NodeRole.Overrides or NodeRole.Slot;

    /// <summary>Of a choice: whether no other callee can exist.</summary>
    public bool IsClosed { get; set; }

    public BlockingRank Rank { get; set; } = BlockingRank.Never;

    /// <summary>How many calls it is from here to the use of the blocking member.</summary>
    public int Distance { get; set; }

    public void Calls(CallNode callee)
    {
        Callees.Add(callee);
        callee.Callers.Add(this);
    }

    public BlockingUse? Use
    {
        get
        {
            BlockingUse? worst = null;
            foreach (FunctionFacts body in Bodies)
            {
                if (body.Use is { } use && (worst is null || use.Rank < worst.Rank || (use.Rank == worst.Rank && string.CompareOrdinal(use.Name, worst.Name) < 0)))
                    worst = use;
            }

            return worst;
        }
    }
}
