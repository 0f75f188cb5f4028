using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Transitive;

/// <summary>Who runs whom, over a file or the whole program.</summary>
internal sealed class CallGraph
{
    private readonly Dictionary<NodeKey, CallNode> _nodes = [];
    private readonly InvokedParameters _invoked;

    /// <summary>Connects what the files say.</summary>
    /// <param name="files">The files.</param>
    /// <param name="overrides">Finds the targets of virtual calls; null if only a part of the program is known, so that they cannot be told.</param>
    private CallGraph(IReadOnlyCollection<FileFacts> files, OverrideIndex? overrides)
    {
        _invoked = new InvokedParameters(files);
        foreach (FunctionFacts function in files.SelectMany(file => file.Functions))
            Node(function.Key).Bodies.Add(function);
        foreach (FunctionFacts function in files.SelectMany(file => file.Functions))
            Connect(function);
        foreach (INamedTypeSymbol type in files.SelectMany(file => file.Types).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default))
            Connect(type);
        foreach (FileFacts file in files)
            Connect(file.Assignments, isWhole: overrides is not null);
        foreach (CallNode node in _nodes.Values.Where(node => node.Key.Role == NodeRole.Overrides).ToList())
            Connect(node, overrides);
    }

    /// <summary>The graph with every node's rank.</summary>
    public static CallGraph Solved(IReadOnlyCollection<FileFacts> files, OverrideIndex? overrides)
    {
        var graph = new CallGraph(files, overrides);
        BlockingReach.Solve(graph._nodes.Values);
        return graph;
    }

    /// <summary>The node of a function's body; null if the program has none.</summary>
    public CallNode? Body(IMethodSymbol function) => _nodes.TryGetValue(new NodeKey(function, NodeRole.Body), out CallNode node) && node.Bodies.Count > 0 ? node : null;

    /// <summary>Where a site leads; null if it leads nowhere, as a lambda that nobody invokes.</summary>
    public CallNode? Target(CallSite site) =>
        (site.Through is not { } parameter || _invoked.Contains(parameter)) && _nodes.TryGetValue(site.Target, out CallNode node) ? node : null;

    private void Connect(FunctionFacts function)
    {
        CallNode caller = Node(function.Key);
        foreach (CallSite site in function.Sites)
        {
            if (site.Api is not null || (site.Through is { } parameter && !_invoked.Contains(parameter)))
                continue;

            // What a coroutine runs is reported there, and only there.
            CallNode target = Node(site.Target);
            if (!function.IsCoroutine)
                caller.Calls(target);
        }
    }

    /// <summary>What the language puts in front of the bodies of constructors.</summary>
    private void Connect(INamedTypeSymbol type)
    {
        CallNode initializers = Node(new NodeKey(type, NodeRole.InstanceInitializers));
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            CallNode node = Node(new NodeKey(Dispatch.Canonical(constructor), NodeRole.Body));
            node.Calls(initializers);
            if (node.Bodies.Count == 0 && ImplicitBase(type) is { } parent)
                node.Calls(Node(new NodeKey(Dispatch.Canonical(parent), NodeRole.Body)));
        }

        foreach (IMethodSymbol constructor in type.StaticConstructors)
            Node(new NodeKey(type, NodeRole.StaticInitializers)).Calls(Node(new NodeKey(constructor, NodeRole.Body)));
    }

    private void Connect(List<(NodeKey Slot, NodeKey? Value)> assignments, bool isWhole)
    {
        foreach (var (slot, value) in assignments)
        {
            if (!isWhole && slot.Symbol.Kind != SymbolKind.Local)
                continue;
            CallNode node = Node(slot);
            bool isFirst = node.Callees.Count == 0;
            if (value is { } function)
                node.Calls(Node(function));
            node.IsClosed = value is not null && (isFirst || node.IsClosed) && slot.Symbol is ILocalSymbol;
        }
    }

    private void Connect(CallNode choice, OverrideIndex? overrides)
    {
        if (overrides is null)
            return;

        var method = (IMethodSymbol)choice.Key.Symbol;
        foreach (IMethodSymbol target in overrides.Of(method))
            choice.Calls(Node(new NodeKey(target, NodeRole.Body)));
        choice.IsClosed = overrides.IsComplete(method);
    }

    public static IMethodSymbol? ImplicitBase(INamedTypeSymbol type) =>
        type.BaseType?.InstanceConstructors.FirstOrDefault(constructor => constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams));

    private CallNode Node(NodeKey key)
    {
        if (!_nodes.TryGetValue(key, out CallNode node))
            _nodes.Add(key, node = new CallNode(key));
        return node;
    }
}
