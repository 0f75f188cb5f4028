using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Transitive;

/// <summary>The members that an operation runs without naming them. Accessors and constructors are not among them: they are named.</summary>
internal static class ImplicitMembers
{
    public static IEnumerable<IMethodSymbol?> Of(IOperation operation) => operation.Kind switch
    {
        OperationKind.Binary when operation is IBinaryOperation { OperatorMethod: not null } or { Type.SpecialType: SpecialType.System_String } => OfBinary((IBinaryOperation)operation),
        OperationKind.Unary => One(((IUnaryOperation)operation).OperatorMethod),
        OperationKind.Increment or OperationKind.Decrement => One(((IIncrementOrDecrementOperation)operation).OperatorMethod),
        OperationKind.CompoundAssignment => OfCompound((ICompoundAssignmentOperation)operation),
        OperationKind.Conversion => One(((IConversionOperation)operation).OperatorMethod),
        OperationKind.Loop when operation is IForEachLoopOperation loop => EnumerationMembers.Of(loop),
        OperationKind.Spread => EnumerationMembers.Of(((ISpreadOperation)operation).Operand.Type),
        OperationKind.Using => DisposalMembers.Of((IUsingOperation)operation),
        OperationKind.UsingDeclaration => DisposalMembers.Of((IUsingDeclarationOperation)operation),
        OperationKind.DeconstructionAssignment => OfDeconstruction(operation),
        OperationKind.RecursivePattern => [((IRecursivePatternOperation)operation).DeconstructSymbol as IMethodSymbol],
        OperationKind.ListPattern => OfListPattern((IListPatternOperation)operation),
        OperationKind.SlicePattern => [Getter(((ISlicePatternOperation)operation).SliceSymbol)],
        OperationKind.ImplicitIndexerReference => OfImplicitIndexer((IImplicitIndexerReferenceOperation)operation),
        OperationKind.CollectionExpression => OfCollection((ICollectionExpressionOperation)operation),
        OperationKind.With => [CopyConstructor(operation.Type)],
        OperationKind.Await => OfAwait(operation),
        OperationKind.Interpolation => [TextOf(((IInterpolationOperation)operation).Expression)],
        _ => [],
    };

    /// <summary>Nearly all operators and conversions are the language's own, and there are many of them: nothing is made for these.</summary>
    private static IEnumerable<IMethodSymbol?> One(IMethodSymbol? method) => method is null ? [] : [method];

    public static IEnumerable<IMethodSymbol?> OfDeconstruction(DeconstructionInfo info)
    {
        if (info.Method is { } method)
            yield return method;
        foreach (DeconstructionInfo nested in info.Nested)
        {
            foreach (IMethodSymbol? inner in OfDeconstruction(nested))
                yield return inner;
        }
    }

    private static IEnumerable<IMethodSymbol?> OfBinary(IBinaryOperation operation)
    {
        yield return operation.OperatorMethod;
        switch (operation)
        {
            // a && b of a type of one's own asks whether a is false first.
            case { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr, OperatorMethod: { } method }:
                string test = operation.OperatorKind == BinaryOperatorKind.ConditionalAnd ? "op_False" : "op_True";
                yield return method.ContainingType.GetMembers(test).OfType<IMethodSymbol>().FirstOrDefault();
                break;
            case { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }:
                yield return TextOf(operation.LeftOperand);
                yield return TextOf(operation.RightOperand);
                break;
        }
    }

    private static IEnumerable<IMethodSymbol?> OfCompound(ICompoundAssignmentOperation operation) =>
        [operation.OperatorMethod, operation.InConversion.MethodSymbol, operation.OutConversion.MethodSymbol];

    private static IEnumerable<IMethodSymbol?> OfDeconstruction(IOperation operation) => operation.Syntax is AssignmentExpressionSyntax assignment
        ? OfDeconstruction(operation.SemanticModel.GetDeconstructionInfo(assignment))
        : [];

    private static IEnumerable<IMethodSymbol?> OfListPattern(IListPatternOperation pattern) =>
        [Getter(pattern.LengthSymbol), Getter(pattern.IndexerSymbol)];

    private static IEnumerable<IMethodSymbol?> OfImplicitIndexer(IImplicitIndexerReferenceOperation reference) =>
        [Getter(reference.LengthSymbol), Getter(reference.IndexerSymbol)];

    /// <summary>The elements go through the type's own <c>Add</c>, which the operation does not name.</summary>
    private static IEnumerable<IMethodSymbol?> OfCollection(ICollectionExpressionOperation collection)
    {
        yield return collection.ConstructMethod;
        if (collection is { Elements.Length: > 0, ConstructMethod.MethodKind: MethodKind.Constructor, Type: { } type })
        {
            foreach (IMethodSymbol add in type.GetMembers("Add").OfType<IMethodSymbol>().Where(add => add is { IsStatic: false, Parameters.Length: 1 }))
                yield return add;
        }
    }

    private static IEnumerable<IMethodSymbol?> OfAwait(IOperation operation)
    {
        if (operation.Syntax is not AwaitExpressionSyntax syntax)
            return [];

        AwaitExpressionInfo info = operation.SemanticModel.GetAwaitExpressionInfo(syntax);
        return [info.GetAwaiterMethod, info.IsCompletedProperty?.GetMethod, info.GetResultMethod];
    }

    private static IMethodSymbol? CopyConstructor(ITypeSymbol? type) => (type as INamedTypeSymbol)?.InstanceConstructors.FirstOrDefault(constructor =>
        constructor is { IsImplicitlyDeclared: false, Parameters.Length: 1 } && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type));

    /// <summary>What turns a value into text where text is put together.</summary>
    private static IMethodSymbol? TextOf(IOperation value)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion)
            value = conversion.Operand;

        return value.Type is { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct } type
            ? type.GetMembers("ToString").OfType<IMethodSymbol>().FirstOrDefault(method => method is { Parameters.Length: 0, IsImplicitlyDeclared: false })
            : null;
    }

    private static IMethodSymbol? Getter(ISymbol? member) => member is IPropertySymbol property ? property.GetMethod : member as IMethodSymbol;
}
