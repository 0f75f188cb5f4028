using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Analyzers.Symbols;

/// <summary>Answers whether a function is an iterator: only its text tells.</summary>
internal static class IteratorBody
{
    public static bool Yields(IMethodSymbol method) => method.DeclaringSyntaxReferences.Any(reference =>
    {
        SyntaxNode function = reference.GetSyntax();
        return function.DescendantNodes(node => node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(node => node is YieldStatementSyntax);
    });
}
