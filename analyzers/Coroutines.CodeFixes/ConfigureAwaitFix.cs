using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;


namespace Coroutines.CodeFixes;

/// <summary>CORO305: removes <c>ConfigureAwait(false)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ConfigureAwaitFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ThreadRules.OffLoopCallbackId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic) =>
        site.NodeAt(diagnostic) is SimpleNameSyntax { Identifier.ValueText: "ConfigureAwait", Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } }
        && call.Parent is AwaitExpressionSyntax
            ? new PlannedEdit("Remove 'ConfigureAwait'", editor => editor.ReplaceNode(call, (current, _) =>
                ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)current).Expression).Expression.WithTriviaFrom(current)))
            : null;
}
