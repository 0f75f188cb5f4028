using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>The node on whose entry a captured variable comes into being anew.</summary>
internal static class ScopeMap
{
    public static SyntaxNode ScopeOf(ILocalSymbol local, SyntaxNode declaration, BodyContext context)
    {
        for (SyntaxNode at = declaration; at != context.Body; at = at.Parent!)
        {
            switch (at)
            {
                case CommonForEachStatementSyntax loop when loop.Expression.Span.Contains(declaration.Span): return loop.Expression;
                case CatchClauseSyntax or CommonForEachStatementSyntax: return at;
                case SwitchSectionSyntax: return at.Parent!;
                case WhileStatementSyntax: return at;
                // What a condition or step declares is new each time that it is evaluated.
                case DoStatementSyntax loop: return loop.Condition;
                case ForStatementSyntax loop when loop.Condition?.Span.Contains(declaration.Span) == true: return loop.Condition;
                case ForStatementSyntax loop when loop.Incrementors.FirstOrDefault(e => e.Span.Contains(declaration.Span)) is { } step: return step;
                case StatementSyntax statement: return OfStatement(local, statement, context);
            }
        }
        return context.Body;
    }

    /// <summary>The variables of most statements belong to the block around them, unless they are embedded in another one.</summary>
    private static SyntaxNode OfStatement(ILocalSymbol local, StatementSyntax statement, BodyContext context)
    {
        SyntaxNode outer = statement.Parent!;
        while (outer is LabeledStatementSyntax) outer = outer.Parent!;
        int end = outer switch
        {
            BlockSyntax block => block.CloseBraceToken.SpanStart - 1,
            SwitchSectionSyntax section => section.Statements.Last().SpanStart,
            _ => -1,
        };
        if (end < 0 || !context.Semantics.LookupSymbols(end, null, local.Name).Contains(local, SymbolEqualityComparer.Default)) return statement;
        return outer is SwitchSectionSyntax ? outer.Parent! : outer;
    }
}
