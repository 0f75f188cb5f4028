using Coroutines.Analyzers.Blocking;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Analyzers.Transitive;

/// <summary>One place in a function where another runs: an edge of the call graph, before its target is looked up.</summary>
internal sealed class CallSite(NodeKey target, CallManner manner, SyntaxTree tree, TextSpan span, ParameterKey? through = null, BlockingApi? api = null)
{
    public NodeKey Target { get; } = target;

    public CallManner Manner { get; } = manner;

    public Location Location => Location.Create(tree, Span);

    public SyntaxTree Tree => tree;

    public TextSpan Span { get; } = span;

    /// <summary>Set where the target is not called but handed to a method: it runs here if the method invokes the parameter.</summary>
    public ParameterKey? Through { get; } = through;

    /// <summary>Set where the target is a member of the table, in an implicit use that the direct rules do not see.</summary>
    public BlockingApi? Api { get; } = api;
}
