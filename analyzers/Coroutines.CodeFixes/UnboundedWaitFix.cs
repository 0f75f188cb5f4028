using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO505: ends the wait for a task with the scopes around it: <c>await task.WaitAsync(CancelScope.CurrentToken)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnboundedWaitFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [CancellationRules.UnboundedWaitId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        if (site.NodeAt(diagnostic) is not AwaitExpressionSyntax { Expression: var awaited })
            return null;

        string? toTask = site.Model.GetTypeInfo(awaited, site.Cancellation).Type switch
        {
            { Name: "Task" } => "",
            { Name: "ValueTask" } => ".AsTask()",
            _ => null,
        };
        if (toTask is null)
            return null;

        string wait = $"{toTask}.WaitAsync({site.NameOf(LibraryTypes.CancelScope, awaited.SpanStart)}.CurrentToken)";
        return new PlannedEdit("End the wait with the scopes around it", editor => editor.ReplaceNode(awaited, (current, _) =>
            SyntaxFactory.ParseExpression((Binds((ExpressionSyntax)current) ? current.WithoutTrivia().ToString() : $"({current.WithoutTrivia()})") + wait).WithTriviaFrom(current)));
    }

    private static bool Binds(ExpressionSyntax expression) =>
        expression is IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or ThisExpressionSyntax;
}
