using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Symbols;

/// <summary>Finds the other half of a pair like <c>Read</c> and <c>ReadAsync</c>: members of one type with the same parameters, to which the asynchronous one may add optional ones.</summary>
internal static class AsyncCounterpart
{
    private const string Suffix = "Async";

    /// <summary>Whether something may be null is told differently by the two halves now and then.</summary>
    private static readonly SymbolDisplayFormat s_format = SymbolDisplayFormat.FullyQualifiedFormat;

    /// <summary>What does the same asynchronously; null if nothing does.</summary>
    public static IMethodSymbol? Of(IMethodSymbol method)
    {
        IMethodSymbol definition = Definition(method);
        return IsAwaitable(definition.ReturnType) ? null : Named(definition, definition.Name + Suffix).FirstOrDefault(other => ArePair(definition, other, IsOptional));
    }

    /// <summary>What does the same synchronously; null if nothing does.</summary>
    public static IMethodSymbol? Synchronous(IMethodSymbol method)
    {
        IMethodSymbol definition = Definition(method);
        return definition.Name.EndsWith(Suffix, StringComparison.Ordinal)
            ? Named(definition, definition.Name.Substring(0, definition.Name.Length - Suffix.Length)).FirstOrDefault(other => !IsAwaitable(other.ReturnType) && ArePair(other, definition, parameter => IsOptional(parameter) || TokenOverload.IsToken(parameter.Type)))
            : null;
    }

    private static IMethodSymbol Definition(IMethodSymbol method) => (method.ReducedFrom ?? method).OriginalDefinition;

    private static IEnumerable<IMethodSymbol> Named(IMethodSymbol method, string name)
    {
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (ISymbol member in type.GetMembers(name))
            {
                if (member is IMethodSymbol other && other.IsStatic == method.IsStatic && other.Arity == method.Arity)
                    yield return other;
            }
        }
    }

    private static bool ArePair(IMethodSymbol method, IMethodSymbol other, Func<IParameterSymbol, bool> mayBeMore) =>
        other.Parameters.Length >= method.Parameters.Length
        && other.Parameters.Skip(method.Parameters.Length).All(mayBeMore)
        && method.Parameters.Zip(other.Parameters, (left, right) => left.RefKind == RefKind.None && right.RefKind == RefKind.None && IsSame(left.Type, right.Type)).All(same => same)
        && Result(other.ReturnType) is { } result
        && (result.Length == 0 ? method.ReturnsVoid : result == method.ReturnType.ToDisplayString(s_format));

    private static bool IsOptional(IParameterSymbol parameter) => parameter.IsOptional;

    private static bool IsSame(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right) || left.ToDisplayString(s_format) == right.ToDisplayString(s_format);

    private static bool IsAwaitable(ITypeSymbol type) => !type.GetMembers("GetAwaiter").IsEmpty;

    /// <summary>What awaiting the type gives: nothing for <c>Task</c>, <c>T</c> for <c>Task&lt;T&gt;</c>; null if it cannot be awaited.</summary>
    private static string? Result(ITypeSymbol type) => !IsAwaitable(type) ? null : type is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } ? arguments[0].ToDisplayString(s_format) : "";
}
