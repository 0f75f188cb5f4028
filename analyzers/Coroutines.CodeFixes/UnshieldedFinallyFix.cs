using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;


namespace Coroutines.CodeFixes;

/// <summary>CORO502: shields the coroutine that is awaited; anything else by a shielded scope at the top of the <c>finally</c> block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnshieldedFinallyFix : DocumentFixProvider
{
    private const string Shield = "shield";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [CancellationRules.UnshieldedFinallyId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        SyntaxNode suspension = site.NodeAt(diagnostic);
        ExpressionSyntax? awaited = (suspension as AwaitExpressionSyntax)?.Expression;
        if (awaited is not null && site.Model.GetTypeInfo(awaited, site.Cancellation).Type is { Name: "Coroutine" } type && LibraryTypes.IsDeclaredByLibrary(type))
        {
            string coroutine = site.NameOf("Coroutine", awaited.SpanStart);
            return new PlannedEdit("Shield it", editor => editor.ReplaceNode(awaited, (current, _) =>
                SyntaxFactory.InvocationExpression(
                    SyntaxFactory.ParseExpression($"{coroutine}.Shield"),
                    SyntaxFactory.ArgumentList([SyntaxFactory.Argument((ExpressionSyntax)current.WithoutTrivia())])).WithTriviaFrom(current)));
        }

        if (suspension.FirstAncestorOrSelf<FinallyClauseSyntax>() is not { Block: { } block })
            return null;

        string open = $"using var {BlockEdit.Unused(Shield, FunctionSyntax.Around(block) ?? block)} = {site.NameOf(LibraryTypes.CancelScope, block.SpanStart)}.Shielded();";
        return new PlannedEdit("Shield the clean-up", editor => editor.ReplaceNode(block, (current, _) => Open((BlockSyntax)current, open)));
    }

    /// <summary>One shield serves all suspensions of the block.</summary>
    private static BlockSyntax Open(BlockSyntax block, string open) =>
        block.Statements.FirstOrDefault()?.ToString() == open ? block : BlockEdit.Prepend(block, open);
}
