using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Lowering.Analysis;

/// <summary>Backward data flow: which variables are read later, before they are given a new value.</summary>
internal static class LivenessAnalysis
{
    public static HashSet<int> AliveAcrossSuspensions(IEnumerable<Statement> body, IReadOnlyList<Variable> variables)
    {
        FlowGraph graph = FlowGraph.Of(body, variables);
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = graph.Nodes.Count - 1; i >= 0; i--) changed |= Update(graph.Nodes[i]);
        }
        var alive = new HashSet<int>();
        foreach (FlowNode node in graph.Nodes)
            if (node.Suspends) alive.UnionWith(AliveAfter(node).Concat(AliveInHandlers(node)));
        return alive;
    }

    private static bool Update(FlowNode node)
    {
        int before = node.AliveBefore.Count;
        foreach (int variable in AliveAfter(node))
            if (!node.Definitions.Contains(variable)) node.AliveBefore.Add(variable);
        // An exception may come before the definition, so handlers see the old value.
        node.AliveBefore.UnionWith(AliveInHandlers(node));
        node.AliveBefore.UnionWith(node.Uses);
        return node.AliveBefore.Count != before;
    }

    private static IEnumerable<int> AliveAfter(FlowNode node) => node.Successors.SelectMany(s => s.AliveBefore);

    private static IEnumerable<int> AliveInHandlers(FlowNode node) => node.Handlers.SelectMany(h => h.AliveBefore);
}
