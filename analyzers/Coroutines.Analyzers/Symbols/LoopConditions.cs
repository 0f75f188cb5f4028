using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Symbols;

/// <summary>Answers what a condition of a loop looks at, and whether the loop can change it.</summary>
internal static class LoopConditions
{
    /// <summary>Properties that change only when the loop turns, or another thread runs.</summary>
    private static readonly HashSet<string> s_external =
        ["IsCancellationRequested", "IsCompleted", "IsCompletedSuccessfully", "IsCancelled", "HasCancelled", "IsSet", "IsHeld", "Status", "IsFaulted", "IsCanceled"];

    /// <summary>Whether nothing in the loop's body can change what the condition says.</summary>
    public static bool IsUnchangedBy(IOperation condition, IOperation body)
    {
        bool calls = FunctionBody.Operations(body).Any(operation => operation is IInvocationOperation or IObjectCreationOperation or IEventAssignmentOperation or IDynamicInvocationOperation);
        return FunctionBody.Operations(condition).All(operation => operation switch
        {
            IInvocationOperation or IObjectCreationOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IAwaitOperation or IDynamicMemberReferenceOperation => false,
            ILocalReferenceOperation local => !IsWritten(local.Local, body),
            IParameterReferenceOperation parameter => !IsWritten(parameter.Parameter, body),
            IPropertyReferenceOperation property when s_external.Contains(property.Property.Name) => true,
            IFieldReferenceOperation field => field.Field.IsReadOnly || field.Field.IsConst || !calls && !IsWritten(field.Field, body),
            IPropertyReferenceOperation property => !calls && IsPlainState(property.Property) && !IsWritten(property.Property, body),
            IDeclarationPatternOperation or IDeclarationExpressionOperation => false,
            _ => true,
        });
    }

    /// <summary>Whether the condition looks only at fields, variables and flags that code on the loop sets, and at which.</summary>
    public static bool IsStateOfTheLoop(IOperation condition)
    {
        bool looks = false;
        foreach (IOperation operation in FunctionBody.Operations(condition))
        {
            switch (operation)
            {
                case IFieldReferenceOperation { Field: { IsConst: false, Type.TypeKind: not TypeKind.Enum } }:
                    looks = true;
                    break;
                case IPropertyReferenceOperation { Property: var property } when LibraryTypes.IsDeclaredByLibrary(property.ContainingType) ? s_external.Contains(property.Name) || property.Name == "Count" : property.DeclaringSyntaxReferences.Length > 0 || IsCollectionCount(property):
                    looks = true;
                    break;
                case IFieldReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation or ILiteralOperation or IInstanceReferenceOperation:
                case IUnaryOperation or IBinaryOperation or IConversionOperation or IIsPatternOperation or IPatternOperation:
                    break;
                default:
                    return false;
            }
        }

        return looks;
    }

    private static bool IsCollectionCount(IPropertySymbol property) => property is { Name: "Count", ContainingNamespace.Name: "Generic" };

    private static bool IsPlainState(IPropertySymbol property) => property.DeclaringSyntaxReferences.Length > 0;

    private static bool IsWritten(ISymbol variable, IOperation body) => body.DescendantsAndSelf().Any(operation => operation switch
    {
        IAssignmentOperation assignment => Is(assignment.Target, variable),
        IIncrementOrDecrementOperation step => Is(step.Target, variable),
        IArgumentOperation { Parameter.RefKind: not RefKind.None } argument => Is(argument.Value, variable),
        IDeclarationExpressionOperation declaration => Is(declaration.Expression, variable),
        IVariableDeclaratorOperation declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable),
        IDeclarationPatternOperation pattern => SymbolEqualityComparer.Default.Equals(pattern.DeclaredSymbol, variable),
        _ => false,
    });

    private static bool Is(IOperation target, ISymbol variable) => target switch
    {
        ILocalReferenceOperation local => Same(local.Local, variable),
        IParameterReferenceOperation parameter => Same(parameter.Parameter, variable),
        IFieldReferenceOperation field => Same(field.Field, variable),
        IPropertyReferenceOperation property => Same(property.Property, variable),
        ITupleOperation tuple => tuple.Elements.Any(element => Is(element, variable)),
        _ => false,
    };

    private static bool Same(ISymbol left, ISymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
