using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO407: joins the group at the end of its block, and before each <c>return</c> with a value that is at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnjoinedGroupFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LifetimeRules.UnjoinedGroupId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        if (site.NodeAt(diagnostic) is not VariableDeclaratorSyntax variable || Block(variable) is not { } block || block.Statements.Count == 0)
            return null;

        string join = $"await {variable.Identifier.Text}.Join();";
        var flow = site.Model.AnalyzeControlFlow(block.Statements.First(), block.Statements.Last())!;
        var returns = flow.ExitPoints.OfType<ReturnStatementSyntax>().Where(exit => exit.SpanStart > variable.SpanStart && !Follows(exit, join)).ToArray();
        if (flow.ExitPoints.Any(exit => exit is not ReturnStatementSyntax) || !returns.All(CanWait))
            return null;

        return new PlannedEdit($"Add 'await {variable.Identifier.Text}.Join()'", editor =>
        {
            foreach (ReturnStatementSyntax exit in returns)
                Join(editor, exit, join);
            if (flow.EndPointIsReachable && !IsJoin(block.Statements.Last(), join))
                editor.ReplaceNode(block, (current, _) => BlockEdit.Append((BlockSyntax)current, join));
        });
    }

    private static void Join(Microsoft.CodeAnalysis.Editing.SyntaxEditor editor, ReturnStatementSyntax exit, string join)
    {
        if (exit.Parent is BlockSyntax around)
        {
            int fromEnd = around.Statements.Count - around.Statements.IndexOf(exit);
            editor.ReplaceNode(around, (current, _) => BlockEdit.Insert((BlockSyntax)current, ((BlockSyntax)current).Statements.Count - fromEnd, join));
        }
        else
        {
            editor.ReplaceNode(exit, (current, _) => BlockEdit.Around(exit, SyntaxFactory.ParseStatement(join), (StatementSyntax)current));
        }
    }

    /// <summary>The statements before the group is left.</summary>
    private static BlockSyntax? Block(VariableDeclaratorSyntax variable) => variable.Parent?.Parent switch
    {
        LocalDeclarationStatementSyntax { Parent: BlockSyntax block } => block,
        UsingStatementSyntax { Statement: BlockSyntax block } => block,
        _ => null,
    };

    /// <summary>A value that is computed may need children that run.</summary>
    private static bool CanWait(ReturnStatementSyntax exit) => exit.Expression is null or LiteralExpressionSyntax or IdentifierNameSyntax;

    private static bool Follows(ReturnStatementSyntax exit, string join) =>
        exit.Parent is BlockSyntax block && block.Statements.IndexOf(exit) is > 0 and var index && IsJoin(block.Statements[index - 1], join);

    private static bool IsJoin(StatementSyntax statement, string join) => statement.ToString() == join;
}
