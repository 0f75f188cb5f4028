using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Transitive;

/// <summary>Answers which function a delegate-valued expression stands for, as far as the expression itself tells.</summary>
internal static class FunctionValue
{
    /// <summary>A lambda, the target of a method group, or the variable that holds the delegate; null if it is something else.</summary>
    public static NodeKey? Of(IOperation? value) => Unwrap(value) switch
    {
        IAnonymousFunctionOperation lambda => new NodeKey(lambda.Symbol, NodeRole.Body),
        IMethodReferenceOperation group => Dispatch.Target(group.Method, group.Instance, group.IsVirtual),
        ILocalReferenceOperation local => Slot(local.Local),
        IFieldReferenceOperation field => Slot(field.Field),
        IPropertyReferenceOperation property => Slot(property.Property),
        IEventReferenceOperation @event => Slot(@event.Event),
        _ => null,
    };

    /// <summary>The parameter whose delegate it is.</summary>
    public static IParameterSymbol? Parameter(IOperation? value) => (Unwrap(value) as IParameterReferenceOperation)?.Parameter;

    public static NodeKey Slot(ISymbol variable) => new(variable.OriginalDefinition, NodeRole.Slot);

    private static IOperation? Unwrap(IOperation? value)
    {
        while (true)
        {
            switch (value)
            {
                case IDelegateCreationOperation creation: value = creation.Target; break;
                case IConversionOperation { OperatorMethod: null } conversion: value = conversion.Operand; break;
                case IParenthesizedOperation parenthesized: value = parenthesized.Operand; break;
                // In a?.Invoke() the receiver stands for a.
                case IConditionalAccessInstanceOperation receiver: value = Receiver(receiver); break;
                default: return value;
            }
        }
    }

    private static IOperation? Receiver(IConditionalAccessInstanceOperation instance)
    {
        for (IOperation inner = instance; inner.Parent is { } outer; inner = outer)
        {
            if (outer is IConditionalAccessOperation access && access.WhenNotNull == inner)
                return access.Operation;
        }

        return null;
    }
}
