using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Symbols;

/// <summary>Answers in which function's body an operation runs.</summary>
internal static class EnclosingFunction
{
    /// <summary>
    /// The innermost lambda, local function or method around the operation. Null where nothing runs: in the argument of
    /// <c>nameof</c>, or in an initializer outside any method.
    /// </summary>
    public static IMethodSymbol? Of(IOperation operation, ISymbol member)
    {
        for (IOperation? around = operation.Parent; around is not null; around = around.Parent)
        {
            switch (around)
            {
                case IAnonymousFunctionOperation lambda: return lambda.Symbol;
                case ILocalFunctionOperation local: return local.Symbol;
                case INameOfOperation: return null;
            }
        }

        return member as IMethodSymbol;
    }

    /// <summary>The operation that is the whole body of the innermost function around <paramref name="operation"/>.</summary>
    public static IOperation BodyAround(IOperation operation)
    {
        IOperation body = operation;
        while (body is not (IAnonymousFunctionOperation or ILocalFunctionOperation) && body.Parent is { } parent)
            body = parent;

        return body;
    }

    /// <summary>The operation that is the whole body of the member around <paramref name="operation"/>, its lambdas included.</summary>
    public static IOperation MemberAround(IOperation operation)
    {
        IOperation body = operation;
        while (body.Parent is { } parent)
            body = parent;

        return body;
    }
}
