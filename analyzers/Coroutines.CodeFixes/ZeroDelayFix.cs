using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO603: <c>Coroutine.Delay(TimeSpan.Zero)</c> → <c>Coroutine.Yield()</c>, where it is awaited or yielded on the spot.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ZeroDelayFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [FairnessRules.ZeroDelayId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic) =>
        site.NodeAt(diagnostic) is SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access }
        && call.Parent is AwaitExpressionSyntax or YieldStatementSyntax
            ? new PlannedEdit("Use 'Coroutine.Yield()'", editor => editor.ReplaceNode(
                call, SyntaxFactory.ParseExpression($"{access.Expression}.Yield()").WithTriviaFrom(call)))
            : null;
}
