using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Blocking;

/// <summary>The locals, parameters and fields whose tasks have completed, whatever happens, once a statement has been executed.</summary>
internal static class AwaitedVariables
{
    /// <summary>Only expressions and declarations are looked into: other statements may skip the await.</summary>
    public static IEnumerable<ISymbol> In(IOperation statement) =>
        statement is IExpressionStatementOperation or IVariableDeclarationGroupOperation ? Unconditional(statement) : [];

    private static IEnumerable<ISymbol> Unconditional(IOperation operation)
    {
        switch (operation)
        {
            case IAwaitOperation await:
                foreach (ISymbol variable in Awaited(await.Operation))
                    yield return variable;
                break;

            case IInvocationOperation { TargetMethod: { Name: "SetResult" or "TrySetResult" or "SetException" or "TrySetException" or "SetCanceled" or "TrySetCanceled", ContainingType.Name: "TaskCompletionSource" } } completion:
                foreach (ISymbol variable in Awaited(completion.Instance!))
                    yield return variable;
                break;

            // What stands inside these may not be evaluated.
            case IConditionalOperation or IConditionalAccessOperation or ICoalesceOperation or ICoalesceAssignmentOperation:
            case ISwitchExpressionOperation or IAnonymousFunctionOperation:
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }:
                yield break;
        }

        foreach (IOperation child in operation.ChildOperations)
        {
            foreach (ISymbol variable in Unconditional(child))
                yield return variable;
        }
    }

    private static IEnumerable<ISymbol> Awaited(IOperation operand) => operand switch
    {
        ILocalReferenceOperation local => [local.Local],
        IParameterReferenceOperation parameter => [parameter.Parameter],
        IFieldReferenceOperation { Field.IsReadOnly: true, Instance: null or IInstanceReferenceOperation } field => [field.Field],
        IConversionOperation conversion => Awaited(conversion.Operand),
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "WaitAsync", Instance: { } task } => Awaited(task),
        IInvocationOperation { TargetMethod.Name: "WhenAll" } all => all.Arguments.SelectMany(argument => Elements(argument.Value)),
        _ => [],
    };

    private static IEnumerable<ISymbol> Elements(IOperation tasks) => tasks switch
    {
        IArrayCreationOperation { Initializer: { } elements } => elements.ElementValues.SelectMany(Awaited),
        ICollectionExpressionOperation collection => collection.Elements.SelectMany(Awaited),
        IConversionOperation conversion => Elements(conversion.Operand),
        _ => Awaited(tasks),
    };
}
