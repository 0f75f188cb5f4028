using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Blocking;

/// <summary>Answers which expression made the value of another, as far as it can be told.</summary>
internal static class ValueOrigin
{
    /// <summary>Without conversions; of a local that is assigned only where it is declared, the initializer.</summary>
    public static IOperation? Of(IOperation? value)
    {
        value = Unwrap(value);
        return value is ILocalReferenceOperation local && Initializer(local) is { } initializer ? Unwrap(initializer) : value;
    }

    private static IOperation? Initializer(ILocalReferenceOperation reference)
    {
        IOperation? initializer = null;
        foreach (IOperation operation in EnclosingFunction.MemberAround(reference).Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when Same(declarator.Symbol, reference.Local):
                    initializer = declarator.GetVariableInitializer()?.Value;
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation target } when Same(target.Local, reference.Local):
                    return null;
            }
        }

        return initializer;
    }

    public static IOperation? Unwrap(IOperation? value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;

        return value;
    }

    private static bool Same(ISymbol left, ISymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
