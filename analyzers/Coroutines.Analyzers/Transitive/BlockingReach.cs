namespace Coroutines.Analyzers.Transitive;

/// <summary>Gives every node of a call graph its <see cref="CallNode.Rank"/>, and its distance from the blocking member.</summary>
/// <remarks>
/// The least fixpoint, found backwards from the uses of blocking members: worst rank first, nearest nodes first, each node once. Cycles need no care, and the
/// answer does not depend on the order in which files were read. A search forwards from each function, which remembers what it found, is wrong
/// inside of cycles: it remembers "does not block" for a function whose callee is still being searched.
/// </remarks>
internal static class BlockingReach
{
    public static void Solve(IReadOnlyCollection<CallNode> nodes)
    {
        foreach (BlockingRank rank in new[] { BlockingRank.Blocks, BlockingRank.Seldom, BlockingRank.SomeTargets })
            Solve(nodes, rank);
    }

    private static void Solve(IReadOnlyCollection<CallNode> nodes, BlockingRank rank)
    {
        var byDistance = new List<List<CallNode>>();
        foreach (CallNode node in nodes)
        {
            if (node.Rank == BlockingRank.Never && Distance(node, rank) is { } distance)
                Queue(byDistance, node, distance);
        }

        for (int distance = 0; distance < byDistance.Count; distance++)
        {
            // Choices are as near as their callees, so they join the list that is being read.
            for (int i = 0; i < byDistance[distance].Count; i++)
            {
                CallNode node = byDistance[distance][i];
                if (node.Rank != BlockingRank.Never)
                    continue;
                node.Rank = rank;
                node.Distance = distance;
                foreach (CallNode caller in node.Callers)
                {
                    if (caller.Rank == BlockingRank.Never && (!caller.IsChoice || Allows(caller, rank)))
                        Queue(byDistance, caller, caller.IsChoice ? distance : distance + 1);
                }
            }
        }
    }

    /// <summary>What a node's own body, and callees of better-known rank, make of it.</summary>
    private static int? Distance(CallNode node, BlockingRank rank)
    {
        if (node.Use?.Rank == rank)
            return 0;
        if (node.IsChoice && !Allows(node, rank))
            return null;

        int? nearest = null;
        foreach (CallNode callee in node.Callees)
        {
            if (callee.Rank < rank && !(nearest <= callee.Distance))
                nearest = callee.Distance;
        }

        return nearest + (node.IsChoice ? 0 : 1);
    }

    /// <summary>A choice blocks if whatever it runs does; that only some of its targets do is a rank of its own.</summary>
    private static bool Allows(CallNode choice, BlockingRank rank) =>
        rank == BlockingRank.SomeTargets || (choice.IsClosed && choice.Callees.All(callee => callee.Rank <= rank));

    private static void Queue(List<List<CallNode>> byDistance, CallNode node, int distance)
    {
        while (byDistance.Count <= distance)
            byDistance.Add([]);
        byDistance[distance].Add(node);
    }
}
