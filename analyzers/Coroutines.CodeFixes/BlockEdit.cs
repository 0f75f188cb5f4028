using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>Puts statements into blocks: on lines of their own, indented as their neighbours are, or all on one line where the block is.</summary>
internal static class BlockEdit
{
    public static BlockSyntax Prepend(BlockSyntax block, string statement) => Insert(block, 0, statement);

    public static BlockSyntax Append(BlockSyntax block, string statement) => Insert(block, block.Statements.Count, statement);

    /// <summary>What stands above the statement at <paramref name="index"/>, such as a comment, stays there.</summary>
    public static BlockSyntax Insert(BlockSyntax block, int index, string statement)
    {
        StatementSyntax inserted = SyntaxFactory.ParseStatement(statement);
        return block.WithStatements(block.Statements.Insert(index, EndOfLine(block) is { } end
            ? inserted.WithLeadingTrivia(Indentation(block)).WithTrailingTrivia(end)
            : inserted.WithTrailingTrivia(SyntaxFactory.Space)));
    }

    /// <summary>A block on one line in the place of a statement that stood alone.</summary>
    public static BlockSyntax Around(StatementSyntax only, params StatementSyntax[] statements) =>
        ((BlockSyntax)SyntaxFactory.ParseStatement("{ }"))
            .WithStatements([.. statements.Select(statement => statement.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space))])
            .WithTriviaFrom(only);

    /// <summary>A name for a local that nothing around it has.</summary>
    public static string Unused(string name, SyntaxNode within)
    {
        var used = new HashSet<string>(within.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        string unused = name;
        for (int i = 2; used.Contains(unused); i++)
            unused = name + i;
        return unused;
    }

    private static SyntaxTrivia? EndOfLine(BlockSyntax block)
    {
        SyntaxTrivia end = block.OpenBraceToken.TrailingTrivia.FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return end.IsKind(SyntaxKind.EndOfLineTrivia) ? end : null;
    }

    private static IEnumerable<SyntaxTrivia> Indentation(BlockSyntax block) => block.Statements.Count > 0
        ? Blanks(block.Statements[0].GetLeadingTrivia())
        : Blanks(block.CloseBraceToken.LeadingTrivia).Append(SyntaxFactory.Whitespace("    "));

    private static IEnumerable<SyntaxTrivia> Blanks(SyntaxTriviaList leading) =>
        leading.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
}
