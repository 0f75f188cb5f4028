using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO101: replaces a blocking call by the loop's equivalent.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingCallFix : BlockingMemberFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [BlockingRules.BlockingCallId];

    private protected override PlannedEdit? Plan(FixSite site, ExpressionSyntax blocking, string fix) => fix switch
    {
        nameof(BlockingFix.Delay) => DelayEdit.Plan(site, blocking),
        nameof(BlockingFix.Yield) => DelayEdit.PlanYield(site, blocking),
        _ => null,
    };
}
