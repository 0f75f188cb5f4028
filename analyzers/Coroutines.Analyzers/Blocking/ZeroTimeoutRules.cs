using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Blocking;

/// <summary>Accepts calls whose timeout is zero for certain: they ask and never wait.</summary>
internal static class ZeroTimeoutRules
{
    public static bool Accept(IOperation use)
    {
        if (use is not IInvocationOperation call)
            return false;

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter?.Name is "timeout" or "millisecondsTimeout" or "milliseconds" or "microSeconds" && IsZero(argument.Value))
                return true;
        }

        return false;
    }

    private static bool IsZero(IOperation value) => value switch
    {
        { ConstantValue: { HasValue: true, Value: 0 } } => true,
        IDefaultValueOperation => true,
        IConversionOperation conversion => IsZero(conversion.Operand),
        IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: nameof(TimeSpan) } } => true,
        _ => false,
    };
}
