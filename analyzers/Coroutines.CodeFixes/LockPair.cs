using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>A lock that is taken by one statement, and released by the <c>finally</c> of the next.</summary>
internal sealed class LockPair
{
    private readonly StatementSyntax _take;
    private readonly StatementSyntax _release;

    private LockPair(BlockSyntax block, StatementSyntax take, TryStatementSyntax @try, StatementSyntax release, ExpressionSyntax @lock)
    {
        (Block, _take, Try, _release, Lock) = (block, take, @try, release, @lock);
    }

    public BlockSyntax Block { get; }

    public TryStatementSyntax Try { get; }

    public ExpressionSyntax Lock { get; }

    public static IEnumerable<LockPair> In(BlockSyntax block) => block.Statements.OfType<TryStatementSyntax>().Select(Of).OfType<LockPair>();

    public static LockPair? Of(TryStatementSyntax @try)
    {
        if (@try is not { Parent: BlockSyntax block, Catches.Count: 0, Finally.Block.Statements: { Count: 1 } releases }
            || block.Statements.IndexOf(@try) is not (> 0 and var index)
            || Locked(block.Statements[index - 1], "Enter", "WaitOne") is not { } taken
            || Locked(releases[0], "Exit", "ReleaseMutex") is not { } released
            || !taken.IsEquivalentTo(released, topLevel: false))
        {
            return null;
        }

        return new LockPair(block, block.Statements[index - 1], @try, releases[0], taken);
    }

    public bool Uses(SyntaxNode name) => _take.Contains(name) || _release.Contains(name);

    /// <summary>In the block as it is by now; another finding may have led here before.</summary>
    public BlockSyntax Replace(BlockSyntax block)
    {
        LockPair? pair = In(block).FirstOrDefault(pair => pair._take.IsEquivalentTo(_take));
        if (pair is null)
            return block;

        StatementSyntax @using = SyntaxFactory.UsingStatement(
                declaration: null, SyntaxFactory.ParseExpression($"await {pair.Lock.WithoutTrivia()}.Acquire()"), pair.Try.Block)
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithCloseParenToken(SyntaxFactory.Token(SyntaxKind.CloseParenToken).WithTrailingTrivia(pair._take.GetTrailingTrivia()))
            .WithLeadingTrivia(pair._take.GetLeadingTrivia())
            .WithTrailingTrivia(pair.Try.GetTrailingTrivia());
        int at = block.Statements.IndexOf(pair._take);
        return block.WithStatements(block.Statements.Replace(pair._take, @using).RemoveAt(at + 1));
    }

    /// <summary>Of <c>Monitor.Enter(x)</c> and <c>x.Enter()</c>, the lock.</summary>
    private static ExpressionSyntax? Locked(StatementSyntax statement, string ofObject, string ofMutex) =>
        statement is not ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ArgumentList.Arguments: var arguments } } ? null
        : arguments.Count == 1 && access.Name.Identifier.ValueText == ofObject && access.Expression.ToString().EndsWith("Monitor", StringComparison.Ordinal) ? arguments[0].Expression
        : arguments.Count == 0 && (access.Name.Identifier.ValueText == ofObject || access.Name.Identifier.ValueText == ofMutex) ? access.Expression
        : null;
}
