using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Analyzers.Transitive;

/// <summary>A place in a coroutine that leads to a blocking member.</summary>
internal sealed class BlockingSite(CallSite site, string coroutine, BlockingRank rank, IReadOnlyList<string> path)
{
    public CallManner Manner => site.Manner;

    public Location Location => site.Location;

    public SyntaxTree Tree => site.Tree;

    public TextSpan Span => site.Span;

    public string Coroutine { get; } = coroutine;

    public BlockingRank Rank { get; } = rank;

    public IReadOnlyList<string> Path { get; } = path;
}

/// <summary>Finds the places in coroutines that lead to blocking members: one finding a place, the worst of what runs there.</summary>
internal static class BlockingSites
{
    public static IEnumerable<BlockingSite> In(IEnumerable<FunctionFacts> coroutines, CallGraph graph) =>
        coroutines.SelectMany(coroutine => In(coroutine, graph));

    private static IEnumerable<BlockingSite> In(FunctionFacts coroutine, CallGraph graph) => coroutine.Sites
        .Select(site => Find(site, FunctionName.Of((IMethodSymbol)coroutine.Key.Symbol), graph))
        .OfType<BlockingSite>()
        .GroupBy(found => found.Span)
        .Select(sameSpan => sameSpan
            .OrderBy(found => found.Rank)
            .ThenBy(found => found.Path.Count)
            .ThenBy(found => string.Join("\n", found.Path), StringComparer.Ordinal)
            .First());

    private static BlockingSite? Find(CallSite site, string coroutine, CallGraph graph)
    {
        if (site.Api is { } api)
            return BlockingRanks.Of(api.Group.Kind) is not BlockingRank.Never and var direct ? new BlockingSite(site, coroutine, direct, [MemberName.Of(site.Target)]) : null;
        return graph.Target(site) is { Rank: not BlockingRank.Never } target
            ? new BlockingSite(site, coroutine, target.Rank, BlockingPath.From(target))
            : null;
    }
}
