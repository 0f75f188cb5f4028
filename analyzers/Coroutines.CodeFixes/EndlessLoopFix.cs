using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO601: gives way at the end of each round; at its beginning, if a <c>continue</c> may skip the end.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class EndlessLoopFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [FairnessRules.EndlessLoopId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        if (site.Root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is not StatementSyntax loop || Body(loop) is not { } body)
            return null;

        bool isAsync = FunctionSyntax.Around(loop) switch
        {
            MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
            LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
            AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword != default,
            _ => false,
        };
        string giveWay = $"{(isAsync ? "await" : "yield return")} {site.NameOf("Coroutine", loop.SpanStart)}.Yield();";
        return new PlannedEdit("Give way in each round", editor => editor.ReplaceNode(body, (current, _) => Add((StatementSyntax)current, giveWay)));
    }

    private static StatementSyntax? Body(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax @while => @while.Statement,
        DoStatementSyntax @do => @do.Statement,
        ForStatementSyntax @for => @for.Statement,
        _ => null,
    };

    private static StatementSyntax Add(StatementSyntax body, string giveWay) => body switch
    {
        BlockSyntax block when block.DescendantNodes().Any(node => node is ContinueStatementSyntax) => BlockEdit.Prepend(block, giveWay),
        BlockSyntax block => BlockEdit.Append(block, giveWay),
        EmptyStatementSyntax => BlockEdit.Around(body, SyntaxFactory.ParseStatement(giveWay)),
        _ => BlockEdit.Around(body, body, SyntaxFactory.ParseStatement(giveWay)),
    };
}
