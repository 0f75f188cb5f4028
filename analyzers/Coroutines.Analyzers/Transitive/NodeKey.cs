using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Transitive;

/// <summary>What a node of the call graph stands for: a symbol, in one of its roles.</summary>
internal readonly struct NodeKey(ISymbol symbol, NodeRole role) : IEquatable<NodeKey>
{
    public ISymbol Symbol { get; } = symbol;

    public NodeRole Role { get; } = role;

    public bool Equals(NodeKey other) => Role == other.Role && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol);

    public override bool Equals(object? obj) => obj is NodeKey other && Equals(other);

    public override int GetHashCode() => (SymbolEqualityComparer.Default.GetHashCode(Symbol) * 5) + (int)Role;
}
