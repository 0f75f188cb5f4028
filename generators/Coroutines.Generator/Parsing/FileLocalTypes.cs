using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Generator.Parsing;

/// <summary>Types that only the user's file can name, and what of a body leads to them without a name: extensions, and members that <c>using static</c> brings.</summary>
internal static class FileLocalTypes
{
    private static readonly ConditionalWeakTable<SyntaxTree, object> s_declared = new();

    /// <summary>The file-local type that is the symbol, around it, or an argument of these, as an alias may hide one.</summary>
    public static INamedTypeSymbol? Of(ISymbol? symbol)
    {
        if (symbol is IArrayTypeSymbol array) return Of(array.ElementType);
        if (symbol is ITypeParameterSymbol) return null;
        for (var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal) return type;
            if (type.TypeArguments.Select(Of).FirstOrDefault(argument => argument is not null) is { } local) return local;
        }
        return null;
    }

    /// <summary>Whether a type that is mentioned there is file-local.</summary>
    public static bool AreNamedIn(SyntaxNode node, SemanticModel semantics) =>
        AreDeclaredIn(node.SyntaxTree) && node.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => Of(semantics.GetSymbolInfo(name).Symbol) is not null);

    /// <summary>The first operation of a body that uses a member of a file-local type.</summary>
    public static (INamedTypeSymbol Type, SyntaxNode Where)? UsedIn(SyntaxNode body, SemanticModel semantics, CancellationToken cancellation)
    {
        if (!AreDeclaredIn(body.SyntaxTree) || semantics.GetOperation(body, cancellation) is not { } operation) return null;
        return (from used in operation.DescendantsAndSelf()
                from member in Members(used, semantics)
                let type = Of(member)
                where type is not null
                select ((INamedTypeSymbol, SyntaxNode)?)(type, used.Syntax)).FirstOrDefault();
    }

    private static IEnumerable<ISymbol?> Members(IOperation operation, SemanticModel semantics) => operation switch
    {
        IInvocationOperation call => [call.TargetMethod],
        IMemberReferenceOperation reference => [reference.Member],
        IBinaryOperation binary => [binary.OperatorMethod],
        IUnaryOperation unary => [unary.OperatorMethod],
        ICompoundAssignmentOperation assignment => [assignment.OperatorMethod],
        IIncrementOrDecrementOperation increment => [increment.OperatorMethod],
        IAwaitOperation { Syntax: AwaitExpressionSyntax await } => [semantics.GetAwaitExpressionInfo(await).GetAwaiterMethod],
        IForEachLoopOperation { Syntax: CommonForEachStatementSyntax loop } => Iteration(loop, semantics),
        IDeconstructionAssignmentOperation { Syntax: AssignmentExpressionSyntax assignment } => Deconstruction(semantics.GetDeconstructionInfo(assignment)),
        IRecursivePatternOperation pattern => [pattern.DeconstructSymbol],
        _ => [],
    };

    private static IEnumerable<ISymbol?> Iteration(CommonForEachStatementSyntax loop, SemanticModel semantics)
    {
        ISymbol? enumerator = semantics.GetForEachStatementInfo(loop).GetEnumeratorMethod;
        return loop is ForEachVariableStatementSyntax variables ? Deconstruction(semantics.GetDeconstructionInfo(variables)).Prepend(enumerator) : [enumerator];
    }

    private static IEnumerable<ISymbol?> Deconstruction(DeconstructionInfo deconstruction) => deconstruction.Nested.SelectMany(Deconstruction).Prepend(deconstruction.Method);

    /// <summary>By syntax alone: nearly no file has any.</summary>
    private static bool AreDeclaredIn(SyntaxTree tree) => (bool)s_declared.GetValue(tree, static tree => tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<BaseTypeDeclarationSyntax>().Any(type => type.Modifiers.Any(SyntaxKind.FileKeyword)));
}
