namespace Coroutines.Generator.Lowering.Analysis;

/// <summary>Tarjan's algorithm: the groups of coroutines that reach each other, callees before callers.</summary>
internal sealed class StrongComponents
{
    private readonly Dictionary<string, CallNode> _nodes;
    private readonly Dictionary<string, (int Index, int Low)> _seen = [];
    private readonly HashSet<string> _open = [];
    private readonly Stack<CallNode> _path = new();
    private readonly List<List<CallNode>> _components = [];

    private StrongComponents(Dictionary<string, CallNode> nodes) => _nodes = nodes;

    public static List<List<CallNode>> CalleesFirst(Dictionary<string, CallNode> nodes)
    {
        var search = new StrongComponents(nodes);
        foreach (string id in nodes.Keys.OrderBy(id => id, StringComparer.Ordinal))
            if (!search._seen.ContainsKey(id)) search.Visit(nodes[id]);
        return search._components;
    }

    private int Visit(CallNode node)
    {
        int index = _seen.Count, low = index;
        _seen[node.Id] = (index, low);
        _open.Add(node.Id);
        _path.Push(node);
        foreach (CallEdge call in node.Calls)
        {
            if (!_nodes.TryGetValue(call.Callee, out CallNode? callee)) continue;
            if (!_seen.TryGetValue(call.Callee, out var seen)) low = Math.Min(low, Visit(callee));
            else if (_open.Contains(call.Callee)) low = Math.Min(low, seen.Index);
        }
        if (low != index) return low;
        var component = new List<CallNode>();
        CallNode member;
        do
        {
            member = _path.Pop();
            _open.Remove(member.Id);
            component.Add(member);
        }
        while (member.Id != node.Id);
        _components.Add(component);
        return low;
    }
}
