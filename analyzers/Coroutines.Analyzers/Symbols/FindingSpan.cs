using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Analyzers.Symbols;

/// <summary>What of a piece of code is underlined.</summary>
internal static class FindingSpan
{
    /// <summary>Only the name of what is used, so that nested calls have findings that do not overlap.</summary>
    public static TextSpan Name(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => Name(call.Expression),
        MemberAccessExpressionSyntax access => access.Name.Span,
        ObjectCreationExpressionSyntax creation => creation.Type.Span,
        ImplicitObjectCreationExpressionSyntax creation => creation.NewKeyword.Span,
        AssignmentExpressionSyntax assignment => Name(assignment.Left),
        MemberBindingExpressionSyntax binding => binding.Name.Span,
        _ => node.Span,
    };

    /// <summary>Where a member runs that is not named: the keyword or operator that runs it.</summary>
    public static TextSpan Implicit(SyntaxNode node) => node switch
    {
        CommonForEachStatementSyntax loop => loop.ForEachKeyword.Span,
        UsingStatementSyntax statement => statement.UsingKeyword.Span,
        LocalDeclarationStatementSyntax declaration => declaration.UsingKeyword.Span,
        BinaryExpressionSyntax binary => binary.OperatorToken.Span,
        AssignmentExpressionSyntax assignment => assignment.OperatorToken.Span,
        PrefixUnaryExpressionSyntax unary => unary.OperatorToken.Span,
        PostfixUnaryExpressionSyntax unary => unary.OperatorToken.Span,
        AwaitExpressionSyntax await => await.AwaitKeyword.Span,
        CastExpressionSyntax cast => cast.Type.Span,
        WithExpressionSyntax with => with.WithKeyword.Span,
        _ => Name(node),
    };
}
