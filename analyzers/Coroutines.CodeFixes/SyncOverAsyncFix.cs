using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO102: awaits the task that was waited for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SyncOverAsyncFix : BlockingMemberFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [BlockingRules.SyncOverAsyncId];

    private protected override PlannedEdit? Plan(FixSite site, ExpressionSyntax blocking, string fix) => fix switch
    {
        nameof(BlockingFix.Await) => AwaitEdit.Plan(blocking),
        nameof(BlockingFix.AwaitWithToken) => AwaitEdit.PlanRenamed(blocking, "WaitAsync"),
        nameof(BlockingFix.AwaitAll) => AwaitEdit.PlanRenamed(blocking, "WhenAll"),
        _ => null,
    };
}
