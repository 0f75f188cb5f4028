using Coroutines.Analyzers.Blocking;
using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Transitive;

/// <summary>What the body of one function says by itself, whatever the rest of the program looks like.</summary>
internal sealed class FunctionFacts(NodeKey key, bool isCoroutine)
{
    public NodeKey Key { get; } = key;

    public bool IsCoroutine { get; } = isCoroutine;

    public List<CallSite> Sites { get; } = [];

    /// <summary>Parameters that the body invokes.</summary>
    public List<int> InvokedParameters { get; } = [];

    /// <summary>Parameters that the body hands on to a function that may invoke them.</summary>
    public List<(int Own, ParameterKey To)> PassedParameters { get; } = [];

    /// <summary>The worst member of the table that the body uses, the first of several.</summary>
    public BlockingUse? Use { get; private set; }

    /// <summary>Where the body goes on in another thread: what stands behind <c>await … ConfigureAwait(false)</c>.</summary>
    public int OffLoopFrom { get; set; } = int.MaxValue;

    private HashSet<INamedTypeSymbol>? _initialized;

    /// <summary>Whether the use of <paramref name="type"/> is the body's first.</summary>
    public bool Initializes(INamedTypeSymbol type) => (_initialized ??= new(SymbolEqualityComparer.Default)).Add(type);

    public void Locks() => Uses(BlockingRank.Seldom, "lock");

    public void Uses(BlockingKind kind, string name) => Uses(BlockingRanks.Of(kind), name);

    private void Uses(BlockingRank rank, string name)
    {
        if (rank < (Use?.Rank ?? BlockingRank.Never))
            Use = new BlockingUse(rank, name);
    }
}

/// <summary>A member of the table, used in a body.</summary>
internal sealed class BlockingUse(BlockingRank rank, string name)
{
    public BlockingRank Rank { get; } = rank;

    public string Name { get; } = name;
}
