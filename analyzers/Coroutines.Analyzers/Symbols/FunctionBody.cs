using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Symbols;

/// <summary>The operations of a function, without those of functions declared in it: these run at another time.</summary>
internal static class FunctionBody
{
    /// <summary>All operations below <paramref name="part"/>, and itself, in the order of the source.</summary>
    public static IEnumerable<IOperation> Operations(IOperation part)
    {
        yield return part;
        foreach (IOperation child in part.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            foreach (IOperation operation in Operations(child))
                yield return operation;
        }
    }

    /// <summary>The operations around <paramref name="inner"/> in its function, innermost first.</summary>
    public static IEnumerable<IOperation> Around(IOperation inner)
    {
        for (IOperation? outer = inner.Parent; outer is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); outer = outer.Parent)
            yield return outer;
    }
}
