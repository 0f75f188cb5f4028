using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Symbols;

/// <summary>Answers whether anything reads a local.</summary>
internal static class UnreadLocal
{
    /// <summary>The values that a local gets, if nothing ever reads it; none if something does.</summary>
    public static IReadOnlyList<IOperation> Values(IVariableDeclaratorOperation declarator)
    {
        var values = new List<IOperation>();
        if (declarator.GetVariableInitializer() is { } initializer)
            values.Add(initializer.Value);

        foreach (IOperation operation in EnclosingFunction.MemberAround(declarator).Descendants())
        {
            if (operation is not ILocalReferenceOperation reference
                || !SymbolEqualityComparer.Default.Equals(reference.Local, declarator.Symbol))
            {
                continue;
            }

            if (reference.Parent is not ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment
                || assignment.Target != reference)
            {
                return [];
            }

            values.Add(assignment.Value);
        }

        return values;
    }
}
