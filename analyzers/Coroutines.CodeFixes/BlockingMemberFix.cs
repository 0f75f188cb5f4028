using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers;
using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO101 to 104, 108, 109, 305: replaces a use of a member of the table by what suspends only the coroutine. The member's row says how.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingMemberFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        BlockingRules.BlockingCallId, BlockingRules.SyncOverAsyncId, BlockingRules.BetterOverloadId, BlockingRules.FakeAsyncId, BlockingRules.ForkJoinId, BlockingRules.HeavyComputationId,
        ThreadRules.OffLoopCallbackId,
    ];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic) =>
        BlockingExpression(site, site.NodeAt(diagnostic)) is { } blocking
        && AwaitSyntax.IsAllowedAt(blocking)
        && diagnostic.Properties.TryGetValue(BlockingMemberAnalyzer.FixProperty, out string? fix)
            ? Plan(site, blocking, fix!)
            : null;

    private static PlannedEdit? Plan(FixSite site, ExpressionSyntax blocking, string fix) => fix switch
    {
        nameof(BlockingFix.Delay) => DelayEdit.Plan(site, blocking),
        nameof(BlockingFix.Yield) => DelayEdit.PlanYield(site, blocking),
        nameof(BlockingFix.LoopDelay) => DelayEdit.PlanAwaited(site, blocking),
        nameof(BlockingFix.LoopYield) => DelayEdit.PlanAwaitedYield(site, blocking),
        nameof(BlockingFix.Await) => AwaitEdit.Plan(blocking),
        nameof(BlockingFix.AwaitWithToken) => AwaitEdit.PlanRenamed(blocking, "WaitAsync"),
        nameof(BlockingFix.AwaitAll) => AwaitEdit.PlanRenamed(blocking, "WhenAll"),
        nameof(BlockingFix.Counterpart) => CounterpartEdit.Plan(site, blocking) ?? ExecutorEdit.Plan(site, blocking),
        nameof(BlockingFix.Executor) => ExecutorEdit.Plan(site, blocking),
        nameof(BlockingFix.SynchronousInExecutor) => CounterpartEdit.PlanSynchronous(site, blocking),
        nameof(BlockingFix.HandOver) => ExecutorEdit.PlanHandOver(site, blocking),
        _ => null,
    };

    /// <summary>From the underlined name to the whole call, creation or property access.</summary>
    private static ExpressionSyntax? BlockingExpression(FixSite site, SyntaxNode name)
    {
        if (name is TypeSyntax { Parent: ObjectCreationExpressionSyntax creation } type && creation.Type == type)
            return creation;

        var member = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name as ExpressionSyntax;
        return site.Model.GetSymbolInfo(name, site.Cancellation).Symbol is IMethodSymbol
            ? member?.Parent as InvocationExpressionSyntax
            : member;
    }
}
