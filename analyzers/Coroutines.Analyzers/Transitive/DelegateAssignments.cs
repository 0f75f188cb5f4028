using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Transitive;

/// <summary>Which functions an operation puts into variables that hold delegates.</summary>
internal static class DelegateAssignments
{
    public static IEnumerable<(NodeKey Slot, NodeKey? Value)> In(IOperation operation) => operation switch
    {
        IVariableDeclaratorOperation { Symbol.Type.TypeKind: TypeKind.Delegate } declarator => Into([declarator.Symbol], declarator.GetVariableInitializer()?.Value),
        IAssignmentOperation { Target.Type.TypeKind: TypeKind.Delegate } assignment when FunctionValue.Of(assignment.Target) is { Role: NodeRole.Slot } slot => Into([slot.Symbol], assignment.Value),
        IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation reference } assignment => Into([reference.Event], assignment.HandlerValue),
        IFieldInitializerOperation field => Into(field.InitializedFields.Where(initialized => initialized.Type.TypeKind == TypeKind.Delegate), field.Value),
        IPropertyInitializerOperation property => Into(property.InitializedProperties.Where(initialized => initialized.Type.TypeKind == TypeKind.Delegate), property.Value),
        _ => [],
    };

    /// <summary>Null is no function, and not an unknown one either.</summary>
    private static IEnumerable<(NodeKey, NodeKey?)> Into(IEnumerable<ISymbol> variables, IOperation? value) => value is null or { ConstantValue: { HasValue: true, Value: null } }
        ? []
        : variables.Select(variable => (FunctionValue.Slot(variable), FunctionValue.Of(value)));
}
