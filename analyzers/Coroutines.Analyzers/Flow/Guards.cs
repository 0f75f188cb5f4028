using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Analyzers.Flow;

/// <summary>Answers whether the conditions around two places may rule out that both are reached.</summary>
/// <remarks>
/// Paths know nothing of values: <c>if (a) X(); if (!a) Y();</c> has one through both. So two places that both stand under conditions are taken to exclude each other when a
/// condition of the second mentions what the guarded code of the first mentions, its own condition included.
/// </remarks>
internal static class Guards
{
    public static bool MayExclude(SyntaxNode first, SyntaxNode second) => first == second ? MayHappenOnce(first) : MayHappenApart(first, second);

    private static bool MayHappenApart(SyntaxNode first, SyntaxNode second)
    {
        SyntaxNode common = first.AncestorsAndSelf().First(ancestor => ancestor.Contains(second));
        if (Below(first, common) is not { } guarded || !Conditions(first, common).Any())
            return false;

        var mentioned = new HashSet<string>(Names(guarded));
        return Conditions(second, common).SelectMany(Names).Any(mentioned.Contains);
    }

    /// <summary>In a loop, a condition that the loop changes may hold in one round only.</summary>
    private static bool MayHappenOnce(SyntaxNode place)
    {
        if (place.AncestorsAndSelf().FirstOrDefault(IsLoop) is not { } loop)
            return false;

        var written = new HashSet<string>(loop.DescendantNodes().Select(Written).OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText));
        return Conditions(place, loop).SelectMany(Names).Any(written.Contains);
    }

    private static SyntaxNode? Written(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left,
        PrefixUnaryExpressionSyntax prefix => prefix.Operand,
        PostfixUnaryExpressionSyntax postfix => postfix.Operand,
        ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => argument.Expression,
        _ => null,
    };

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax;

    private static SyntaxNode? Below(SyntaxNode node, SyntaxNode ancestor) => node.AncestorsAndSelf().FirstOrDefault(inner => inner.Parent == ancestor);

    private static IEnumerable<SyntaxNode> Conditions(SyntaxNode node, SyntaxNode below)
    {
        for (SyntaxNode inner = node; inner != below && inner.Parent is { } outer && outer != below; inner = outer)
        {
            SyntaxNode? condition = outer switch
            {
                IfStatementSyntax @if when inner != @if.Condition => @if.Condition,
                ConditionalExpressionSyntax conditional when inner != conditional.Condition => conditional.Condition,
                SwitchStatementSyntax @switch when inner != @switch.Expression => @switch.Expression,
                SwitchExpressionSyntax @switch when inner != @switch.GoverningExpression => @switch.GoverningExpression,
                WhileStatementSyntax @while when inner != @while.Condition => @while.Condition,
                ForStatementSyntax { Condition: { } test } when inner != test => test,
                ForEachStatementSyntax each => each.Expression,
                BinaryExpressionSyntax { Left: var left } when inner != left => left,
                _ => null,
            };
            if (condition is not null)
                yield return condition;
        }
    }

    private static IEnumerable<string> Names(SyntaxNode node) => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText);
}
