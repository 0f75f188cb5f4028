using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO501: a filter that lets cancellation through; where exactly that was caught, it is thrown again.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SwallowedCancellationFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [CancellationRules.SwallowedCancellationId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        if (site.Root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is not CatchClauseSyntax handler)
            return null;

        bool isCancellation = handler.Declaration is { Type: var type }
            && site.Model.GetTypeInfo(type, site.Cancellation).Type is { Name: "OperationCanceledException" };
        if (isCancellation)
        {
            return new PlannedEdit("Throw it again", editor => editor.ReplaceNode(handler, (current, _) => Rethrow((CatchClauseSyntax)current)));
        }

        string cancellation = site.Model.Compilation.GetTypeByMetadataName("System.OperationCanceledException")!.ToMinimalDisplayString(site.Model, handler.SpanStart);
        string exception = site.Model.Compilation.GetTypeByMetadataName("System.Exception")!.ToMinimalDisplayString(site.Model, handler.SpanStart);
        return new PlannedEdit("Let cancellation through", editor => editor.ReplaceNode(handler, (current, _) => Filter((CatchClauseSyntax)current, exception, cancellation)));
    }

    private static CatchClauseSyntax Filter(CatchClauseSyntax handler, string exception, string cancellation)
    {
        string name = handler.Declaration is { Identifier: { RawKind: not 0, ValueText: { Length: > 0 } given } } ? given : BlockEdit.Unused("exception", handler.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? (SyntaxNode)handler);
        string type = handler.Declaration?.Type.ToString() ?? exception;
        string test = $"{name} is not {cancellation}";
        if (handler.Filter is { } filter)
            test += filter.FilterExpression is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } or ConditionalExpressionSyntax ? $" && ({filter.FilterExpression})" : $" && {filter.FilterExpression}";

        var parsed = ((TryStatementSyntax)SyntaxFactory.ParseStatement($"try {{ }} catch ({type} {name}) when ({test}) {{ }}")).Catches[0];
        SyntaxTriviaList end = ((SyntaxNode?)handler.Filter ?? handler.Declaration)?.GetTrailingTrivia() ?? handler.CatchKeyword.TrailingTrivia;
        return handler
            .WithCatchKeyword(parsed.CatchKeyword.WithLeadingTrivia(handler.CatchKeyword.LeadingTrivia))
            .WithDeclaration(parsed.Declaration)
            .WithFilter(parsed.Filter!.WithTrailingTrivia(end));
    }

    /// <summary>At the end of the handler, instead of a jump out of it.</summary>
    private static CatchClauseSyntax Rethrow(CatchClauseSyntax handler)
    {
        BlockSyntax block = handler.Block;
        if (block.Statements.LastOrDefault() is ReturnStatementSyntax { Expression: null or LiteralExpressionSyntax or IdentifierNameSyntax } or BreakStatementSyntax or ContinueStatementSyntax)
        {
            StatementSyntax jump = block.Statements.Last();
            return handler.WithBlock(block.ReplaceNode(jump, SyntaxFactory.ParseStatement("throw;").WithTriviaFrom(jump)));
        }

        return handler.WithBlock(BlockEdit.Append(block, "throw;"));
    }
}
