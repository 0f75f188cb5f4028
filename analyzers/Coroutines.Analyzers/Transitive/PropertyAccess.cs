using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Transitive;

/// <summary>Answers which accessors a use of a property runs.</summary>
internal static class PropertyAccess
{
    public static (bool Reads, bool Writes) Of(IPropertyReferenceOperation reference)
    {
        switch (reference.Parent)
        {
            case ISimpleAssignmentOperation assignment when assignment.Target == reference:
                return (false, true);
            case ICompoundAssignmentOperation or ICoalesceAssignmentOperation when ((IAssignmentOperation)reference.Parent).Target == reference:
            case IIncrementOrDecrementOperation:
                return (true, true);
        }

        return IsDeconstructionTarget(reference) ? (false, true) : (true, false);
    }

    private static bool IsDeconstructionTarget(IOperation reference)
    {
        IOperation inner = reference;
        while (inner.Parent is ITupleOperation tuple)
            inner = tuple;

        return inner != reference && inner.Parent is IDeconstructionAssignmentOperation deconstruction && deconstruction.Target == inner;
    }
}
