using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Transitive;

/// <summary>A parameter of a function, as the graph names it.</summary>
internal readonly struct ParameterKey(IMethodSymbol function, int ordinal) : IEquatable<ParameterKey>
{
    public IMethodSymbol Function { get; } = function;

    public int Ordinal { get; } = ordinal;

    public bool Equals(ParameterKey other) => Ordinal == other.Ordinal && SymbolEqualityComparer.Default.Equals(Function, other.Function);

    public override bool Equals(object? obj) => obj is ParameterKey other && Equals(other);

    public override int GetHashCode() => (SymbolEqualityComparer.Default.GetHashCode(Function) * 31) + Ordinal;
}
