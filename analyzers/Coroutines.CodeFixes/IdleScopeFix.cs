using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO504: removes the scope or timeout, and leaves what is inside.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class IdleScopeFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [CancellationRules.IdleScopeId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        SyntaxNode found = site.NodeAt(diagnostic);
        if (found is SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } })
            return Unwrap(call);

        return found.FirstAncestorOrSelf<StatementSyntax>() switch
        {
            UsingStatementSyntax @using when !IsMentioned(@using.Declaration, @using.Statement) => new PlannedEdit(
                "Remove the scope", editor => editor.ReplaceNode(@using, (current, _) => ((UsingStatementSyntax)current).Statement.WithTriviaFrom(current))),
            LocalDeclarationStatementSyntax { Parent: BlockSyntax block } declaration when !IsMentioned(declaration.Declaration, block) => new PlannedEdit(
                "Remove the scope", editor => editor.RemoveNode(declaration, SyntaxRemoveOptions.KeepUnbalancedDirectives)),
            _ => null,
        };
    }

    private static PlannedEdit? Unwrap(InvocationExpressionSyntax call)
    {
        // The other forms say whether the coroutine finished: without them somebody else has to.
        string name = ((MemberAccessExpressionSyntax)call.Expression).Name.Identifier.ValueText;
        bool isUsed = call.Parent is not AwaitExpressionSyntax { Parent: ExpressionStatementSyntax };
        return name switch
        {
            "WithTimeout" => Replace(current => ((MemberAccessExpressionSyntax)current.Expression).Expression),
            "Shield" => Replace(current => current.ArgumentList.Arguments[0].Expression),
            _ when !isUsed => Replace(current => current.ArgumentList.Arguments[0].Expression),
            _ => null,
        };

        PlannedEdit Replace(Func<InvocationExpressionSyntax, ExpressionSyntax> inner) => new(
            $"Remove '{name}'", editor => editor.ReplaceNode(call, (current, _) => inner((InvocationExpressionSyntax)current).WithTriviaFrom(current)));
    }

    private static bool IsMentioned(VariableDeclarationSyntax? declaration, SyntaxNode within) =>
        declaration is { Variables: { Count: > 0 } variables }
        && within.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == variables[0].Identifier.ValueText);
}
