using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Symbols;

/// <summary>Answers whether a call could have been given a cancellation token.</summary>
internal static class TokenOverload
{
    /// <summary>The parameter that would take it: an optional one that was left out, or the last of an overload with one parameter more. Null if the call has a token.</summary>
    public static IParameterSymbol? Parameter(IInvocationOperation call)
    {
        IParameterSymbol? leftOut = null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (!IsToken(argument.Parameter?.Type))
                continue;
            if (argument.ArgumentKind != ArgumentKind.DefaultValue)
                return null;
            leftOut = argument.Parameter;
        }

        return leftOut ?? Overload(call.TargetMethod, call.SemanticModel!, call.Syntax.SpanStart)?.Parameters.Last();
    }

    private static IMethodSymbol? Overload(IMethodSymbol method, SemanticModel model, int position) =>
        method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(other =>
            other.Parameters.Length == method.OriginalDefinition.Parameters.Length + 1
            && IsToken(other.Parameters.Last().Type)
            && other.IsStatic == method.IsStatic
            && other.Arity == method.Arity
            && other.ReturnType.Name == method.ReturnType.Name
            && HasSameParameters(other.OriginalDefinition, method.OriginalDefinition)
            && model.IsAccessible(position, other));

    private static bool HasSameParameters(IMethodSymbol longer, IMethodSymbol method) =>
        method.Parameters.Zip(longer.Parameters, (left, right) =>
            left.RefKind == right.RefKind && !left.IsParams && left.Type.ToDisplayString() == right.Type.ToDisplayString()).All(same => same);

    public static bool IsToken(ITypeSymbol? type) => type is { Name: "CancellationToken", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } };
}
