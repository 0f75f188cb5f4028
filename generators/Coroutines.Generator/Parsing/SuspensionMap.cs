using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Which nodes contain a suspension of this body (those of nested functions are not its own).</summary>
internal sealed class SuspensionMap
{
    private readonly HashSet<SyntaxNode> _suspending = [];
    private readonly SyntaxNode _body;

    private SuspensionMap(SyntaxNode body) => _body = body;

    /// <param name="isCoroutine">Whether a local function is lifted out of the body; the statements around it are taken apart for that.</param>
    public static SuspensionMap Of(SyntaxNode body, Func<LocalFunctionStatementSyntax, bool> isCoroutine)
    {
        var map = new SuspensionMap(body);
        foreach (SyntaxNode node in body.DescendantNodesAndSelf(n => n == body || !BodyContext.IsFunction(n)))
        {
            switch (node)
            {
                case YieldStatementSyntax { Expression: not null } or AwaitExpressionSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }
                    or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 } or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 }:
                    map.Mark(node);
                    break;
                case LocalFunctionStatementSyntax { Parent: { } around } function when CanPart(around, body) && isCoroutine(function):
                    map.Mark(around);
                    break;
            }
        }
        return map;
    }

    public bool Contains(SyntaxNode node) => _suspending.Contains(node);

    /// <summary>
    /// The largest piece around a node that is copied as it stands; null where the node itself is taken apart.
    /// The labels and statements of a switch section part even where the section does not suspend; so do pattern and value of an arm.
    /// </summary>
    public SyntaxNode? LeafOf(SyntaxNode node)
    {
        if (Contains(node)) return null;
        while (node != _body && !Contains(node.Parent!) && !IsTakenApart(node.Parent!)) node = node.Parent!;
        return node;
    }

    /// <summary>Whether the parts of a node that does not suspend itself are separated.</summary>
    public bool IsTakenApart(SyntaxNode node) => node switch
    {
        SwitchSectionSyntax section => Contains(section.Parent!),
        SwitchExpressionArmSyntax arm => ((SwitchExpressionSyntax)arm.Parent!).Arms.Any(Contains),
        _ => false,
    };

    /// <summary>Whether the statements around a node may be taken apart though nothing in them suspends.</summary>
    private static bool CanPart(SyntaxNode node, SyntaxNode body) =>
        !node.AncestorsAndSelf().TakeWhile(n => n != body.Parent).Any(n => n is LockStatementSyntax or FixedStatementSyntax or UnsafeStatementSyntax);

    private void Mark(SyntaxNode node)
    {
        for (SyntaxNode? at = node; at is not null && _suspending.Add(at) && at != _body; at = at.Parent) { }
    }
}
