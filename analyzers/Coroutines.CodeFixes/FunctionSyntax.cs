using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>The function around a node, as far as edits need to know it.</summary>
internal static class FunctionSyntax
{
    /// <summary>The innermost method, local function or lambda around the node.</summary>
    public static SyntaxNode? Around(SyntaxNode node) => node.Ancestors().FirstOrDefault(Is);

    public static BlockSyntax? Body(SyntaxNode? function) => function switch
    {
        BaseMethodDeclarationSyntax method => method.Body,
        LocalFunctionStatementSyntax local => local.Body,
        AnonymousFunctionExpressionSyntax lambda => lambda.Block,
        _ => null,
    };

    /// <summary>The nodes of a function, without those of functions in it.</summary>
    public static IEnumerable<SyntaxNode> Nodes(SyntaxNode part) => part.DescendantNodes(node => node == part || !Is(node));

    private static bool Is(SyntaxNode node) => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;
}
