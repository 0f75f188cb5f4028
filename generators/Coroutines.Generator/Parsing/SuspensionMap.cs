using Coroutines.Generator.Acceptance;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Which nodes contain a suspension of this body (those of nested functions are not its own).</summary>
sealed class SuspensionMap
{
    readonly HashSet<SyntaxNode> _suspending = [];
    readonly SyntaxNode _body;

    SuspensionMap(SyntaxNode body) => _body = body;

    public static SuspensionMap Of(SyntaxNode body)
    {
        var map = new SuspensionMap(body);
        foreach (SyntaxNode node in body.DescendantNodesAndSelf(n => n == body || !BodyContext.IsFunction(n)))
        {
            switch (node)
            {
                case CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }:
                    throw new RefusedException(Refusals.AwaitPosition, "await foreach", node);
                case UsingStatementSyntax { AwaitKeyword.RawKind: not 0 } or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 }:
                    throw new RefusedException(Refusals.AwaitPosition, "await using", node);
                case AwaitExpressionSyntax:
                    map.Mark(node);
                    break;
            }
        }
        return map;
    }

    public bool Contains(SyntaxNode node) => _suspending.Contains(node);

    /// <summary>The largest piece around a node that is copied as it stands; null where the node itself is taken apart.</summary>
    public SyntaxNode? LeafOf(SyntaxNode node)
    {
        if (Contains(node)) return null;
        while (node != _body && !Contains(node.Parent!)) node = node.Parent!;
        return node;
    }

    void Mark(SyntaxNode node)
    {
        for (SyntaxNode? at = node; at is not null && _suspending.Add(at) && at != _body; at = at.Parent) { }
    }
}
