using Coroutines.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>Replaces a use of a blocking member by what suspends only the coroutine. The member's row in the table says how.</summary>
public abstract class BlockingMemberFix : DocumentFixProvider
{
    private protected sealed override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic) =>
        BlockingExpression(site, site.NodeAt(diagnostic)) is { } blocking
        && AwaitSyntax.IsAllowedAt(blocking)
        && diagnostic.Properties.TryGetValue(BlockingMemberAnalyzer.FixProperty, out string? fix)
            ? Plan(site, blocking, fix!)
            : null;

    /// <summary><paramref name="fix"/> is the name of a <see cref="Coroutines.Analyzers.Blocking.BlockingFix"/>.</summary>
    private protected abstract PlannedEdit? Plan(FixSite site, ExpressionSyntax blocking, string fix);

    /// <summary>From the underlined name to the whole call or property access.</summary>
    private static ExpressionSyntax? BlockingExpression(FixSite site, SyntaxNode name)
    {
        var member = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name as ExpressionSyntax;
        return site.Model.GetSymbolInfo(name, site.Cancellation).Symbol is IMethodSymbol
            ? member?.Parent as InvocationExpressionSyntax
            : member;
    }
}
