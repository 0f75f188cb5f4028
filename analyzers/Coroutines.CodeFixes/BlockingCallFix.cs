using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers;
using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO101: replaces a blocking call by what suspends only the coroutine. The row of the call's table says how.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingCallFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [BlockingRules.BlockingCallId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        if (BlockingExpression(site, site.NodeAt(diagnostic)) is not { } blocking
            || !AwaitSyntax.IsAllowedAt(blocking)
            || !diagnostic.Properties.TryGetValue(BlockingCallAnalyzer.FixProperty, out string? fix))
        {
            return null;
        }

        return fix switch
        {
            nameof(BlockingFix.Delay) => DelayEdit.Plan(site, blocking),
            nameof(BlockingFix.Await) => AwaitEdit.Plan(blocking),
            nameof(BlockingFix.AwaitWithToken) => AwaitEdit.PlanRenamed(blocking, "WaitAsync"),
            nameof(BlockingFix.AwaitAll) => AwaitEdit.PlanRenamed(blocking, "WhenAll"),
            _ => null,
        };
    }

    /// <summary>From the underlined name to the whole call or property access.</summary>
    private static ExpressionSyntax? BlockingExpression(FixSite site, SyntaxNode name)
    {
        var member = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name as ExpressionSyntax;
        return site.Model.GetSymbolInfo(name, site.Cancellation).Symbol is IMethodSymbol
            ? member?.Parent as InvocationExpressionSyntax
            : member;
    }
}
