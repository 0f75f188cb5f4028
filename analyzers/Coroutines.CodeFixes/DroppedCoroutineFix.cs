using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO401: awaits the coroutine on the spot. A local or discard that held it goes, unless something else is assigned to the local.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DroppedCoroutineFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LifetimeRules.DroppedCoroutineId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        // The value of "a?.Foo()" may be null, which cannot be awaited.
        if (site.NodeAt(diagnostic) is not ExpressionSyntax coroutine
            || coroutine is ConditionalAccessExpressionSyntax
            || !AwaitSyntax.IsAllowedAt(coroutine))
        {
            return null;
        }

        return coroutine.Parent switch
        {
            EqualsValueClauseSyntax
            {
                Parent: VariableDeclaratorSyntax
                {
                    Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement },
                } variable,
            } => IsMentionedAgain(variable) ? null : AwaitInsteadOf(statement, coroutine),
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax statement } discard
                when site.Model.GetSymbolInfo(discard.Left, site.Cancellation).Symbol is IDiscardSymbol => AwaitInsteadOf(statement, coroutine),
            EqualsValueClauseSyntax or AssignmentExpressionSyntax => null,
            _ => new PlannedEdit("Await the coroutine", editor => editor.ReplaceNode(
                coroutine, (current, _) => AwaitSyntax.Write((ExpressionSyntax)current, coroutine))),
        };
    }

    private static PlannedEdit AwaitInsteadOf(StatementSyntax statement, ExpressionSyntax coroutine) =>
        new("Await the coroutine", editor => editor.ReplaceNode(statement, (current, _) =>
            SyntaxFactory.ExpressionStatement(AwaitSyntax.Write(Value((StatementSyntax)current), coroutine))
                .WithTriviaFrom(statement)));

    private static ExpressionSyntax Value(StatementSyntax statement) => statement is LocalDeclarationStatementSyntax local
        ? local.Declaration.Variables[0].Initializer!.Value
        : ((AssignmentExpressionSyntax)((ExpressionStatementSyntax)statement).Expression).Right;

    private static bool IsMentionedAgain(VariableDeclaratorSyntax variable) =>
        variable.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && member.DescendantTokens().Count(token =>
            token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == variable.Identifier.ValueText) > 1;
}
