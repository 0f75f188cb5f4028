using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Transitive;

/// <summary>What one file contributes to the call graph.</summary>
internal sealed class FileFacts(SyntaxTree tree)
{
    public SyntaxTree Tree { get; } = tree;

    public List<FunctionFacts> Functions { get; } = [];

    /// <summary>Those of the functions in which something can be found.</summary>
    public FunctionFacts[] Coroutines => [.. Functions.Where(function => function.IsCoroutine && function.Sites.Count > 0)];

    /// <summary>Delegates that are assigned to something; null where it is not known which.</summary>
    public List<(NodeKey Slot, NodeKey? Value)> Assignments { get; } = [];

    /// <summary>The types declared here, each part of a partial one for itself.</summary>
    public List<INamedTypeSymbol> Types { get; } = [];
}
