using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO105: moves the call that leads to a blocking one to the executor.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ExecutorFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [TransitiveRules.CallId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic) =>
        Call(site.NodeAt(diagnostic)) is { } call && AwaitSyntax.IsAllowedAt(call) ? ExecutorEdit.Plan(site, call) : null;

    /// <summary>From the underlined name to the whole call.</summary>
    private static InvocationExpressionSyntax? Call(SyntaxNode name)
    {
        SyntaxNode member = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return member.Parent as InvocationExpressionSyntax;
    }
}
