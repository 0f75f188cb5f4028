using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>Where <c>await</c> may stand, and how it is written there.</summary>
internal static class AwaitSyntax
{
    private const string ConfigureAwait = "ConfigureAwait";

    /// <summary>Whether the expression stands in an async function, where the language allows <c>await</c> in its place.</summary>
    public static bool IsAllowedAt(ExpressionSyntax expression)
    {
        if (IsRestOfConditionalAccess(expression))
            return false;

        SyntaxNode inner = expression;
        for (SyntaxNode? outer = inner.Parent; outer is not null; inner = outer, outer = outer.Parent)
        {
            switch (outer)
            {
                case AnonymousFunctionExpressionSyntax lambda: return lambda.AsyncKeyword != default;
                case LocalFunctionStatementSyntax local: return local.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MethodDeclarationSyntax method: return method.Modifiers.Any(SyntaxKind.AsyncKeyword);

                // Top-level statements count: they run before any loop does.
                case MemberDeclarationSyntax or AccessorDeclarationSyntax: return false;
                case LockStatementSyntax @lock when @lock.Statement == inner: return false;
                case UnsafeStatementSyntax or CatchFilterClauseSyntax: return false;

                // Everything else in a query is the body of a lambda.
                case QueryExpressionSyntax query when query.FromClause != inner: return false;
                case FromClauseSyntax { Parent: not QueryExpressionSyntax }: return false;
            }
        }

        return false;
    }

    /// <summary>
    /// <c>await <paramref name="operand"/></c>, in parentheses where <paramref name="replaced"/> is followed by a member, call or index.
    /// </summary>
    public static ExpressionSyntax Write(ExpressionSyntax operand, ExpressionSyntax replaced)
    {
        ExpressionSyntax await = SyntaxFactory.AwaitExpression(
            SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), operand.WithoutTrivia());
        if (NeedsParentheses(replaced))
            await = SyntaxFactory.ParenthesizedExpression(await);

        // The operand may have begun with the comment of its statement, and may span lines before its last dot.
        return await.WithTriviaFrom(replaced);
    }

    /// <summary>The <c>await</c> of a call that is awaited on the spot, be it through <c>ConfigureAwait</c>.</summary>
    public static AwaitExpressionSyntax? Around(ExpressionSyntax call)
    {
        SyntaxNode? outer = call.Parent;
        if (outer is MemberAccessExpressionSyntax { Name.Identifier.ValueText: ConfigureAwait, Parent: InvocationExpressionSyntax configured } access && access.Expression == call)
            outer = configured.Parent;
        return outer as AwaitExpressionSyntax;
    }

    /// <summary>The same the other way round.</summary>
    public static ExpressionSyntax Awaited(AwaitExpressionSyntax await) =>
        await.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: ConfigureAwait, Expression: var awaited } } ? awaited : await.Expression;

    public static bool NeedsParentheses(ExpressionSyntax replaced) => replaced.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == replaced,
        InvocationExpressionSyntax call => call.Expression == replaced,
        ElementAccessExpressionSyntax element => element.Expression == replaced,
        ConditionalAccessExpressionSyntax conditional => conditional.Expression == replaced,
        PostfixUnaryExpressionSyntax => true,
        _ => false,
    };

    /// <summary>Whether the expression continues an <c>a?</c>, as <c>.Result</c> does in <c>a?.Result</c>.</summary>
    private static bool IsRestOfConditionalAccess(ExpressionSyntax expression)
    {
        for (ExpressionSyntax? first = expression; first is not null; first = Receiver(first))
        {
            if (first is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax)
                return true;
        }

        return false;
    }

    private static ExpressionSyntax? Receiver(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        InvocationExpressionSyntax call => call.Expression,
        ElementAccessExpressionSyntax element => element.Expression,
        ConditionalAccessExpressionSyntax conditional => conditional.Expression,
        PostfixUnaryExpressionSyntax postfix => postfix.Operand,
        _ => null,
    };
}
