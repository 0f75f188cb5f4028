using Coroutines.Generator.Acceptance;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// Text that leaves a <c>checked</c> or <c>unchecked</c> context because the context is taken apart carries it along: around each largest piece of arithmetic.
/// <code>checked { a = b + await c; }   →   t = await c; a = checked(b + t);</code>
/// </summary>
internal sealed class OverflowEdits(SemanticModel semantics)
{
    private string _keyword = "";
    private SyntaxNode? _root;

    public string Block { get; private set; } = "";

    public void Begin(SyntaxNode root) => (_root, _keyword) = (root, Of(root));

    /// <summary>The context around a node; empty if there is none but that of the compilation.</summary>
    public static string Of(SyntaxNode node)
    {
        for (SyntaxNode? at = node; at is not null and not MemberDeclarationSyntax; at = at.Parent)
        {
            if (at.Parent is CheckedExpressionSyntax expression) return expression.Keyword.Text;
            if (at.Parent is CheckedStatementSyntax statement) return statement.Keyword.Text;
        }
        return "";
    }

    /// <summary>What to write around a node, inside which nothing more is to be done; null for nothing.</summary>
    public Surrounding? Enter(SyntaxNode node)
    {
        if (_keyword.Length == 0) return null;
        Surrounding? around = node switch
        {
            CheckedExpressionSyntax or CheckedStatementSyntax => new("", "", _keyword),
            ExpressionStatementSyntax statement when ChangesVariable(statement.Expression) => InBlock(statement),
            ForStatementSyntax loop when loop.Incrementors.Concat(loop.Initializers).Any(ChangesVariable) => InBlock(loop),
            ExpressionSyntax expression when IsArithmetic(expression) => Around(expression),
            _ => null,
        };
        if (around is not null) _keyword = "";
        return around;
    }

    public void Leave(Surrounding around) => _keyword = around.Keyword;

    private Surrounding InBlock(StatementSyntax statement) =>
        statement.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Any()
            ? throw new RefusedException(Refusals.AwaitPosition, "a checked statement that declares variables", statement)
            : new(_keyword + " { ", " }", _keyword);

    private Surrounding? Around(ExpressionSyntax expression)
    {
        if (!ChangesVariable(expression)) return new(_keyword + "(", ")", _keyword);
        bool isStatement = expression.Parent is ExpressionStatementSyntax || (expression.Parent is ForStatementSyntax loop && loop.Condition != expression);
        if (isStatement && expression == _root)
        {
            Block = _keyword;
            return new("", "", _keyword);
        }
        if (expression.Parent is LambdaExpressionSyntax lambda && semantics.GetSymbolInfo(lambda).Symbol is IMethodSymbol { ReturnsVoid: var isVoid, IsAsync: false })
            return isVoid ? new("{ " + _keyword + " { ", "; } }", _keyword) : new(_keyword + "(", ")", _keyword);
        if (isStatement || expression.Parent is LambdaExpressionSyntax or ArrowExpressionClauseSyntax) throw new RefusedException(Refusals.AwaitPosition, "this part of a checked context", expression);
        return new(_keyword + "(", ")", _keyword);
    }

    private static bool IsArithmetic(ExpressionSyntax expression) => ChangesVariable(expression) || expression.Kind()
        is SyntaxKind.AddExpression or SyntaxKind.SubtractExpression or SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression
        or SyntaxKind.UnaryMinusExpression or SyntaxKind.CastExpression;

    private static bool ChangesVariable(ExpressionSyntax expression) => expression.Kind()
        is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression
        or SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression or SyntaxKind.MultiplyAssignmentExpression or SyntaxKind.DivideAssignmentExpression;
}

/// <param name="Keyword">The context to go back to behind the node.</param>
internal sealed record Surrounding(string Open, string Close, string Keyword);
