using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Transitive;

/// <summary>The way from a function to the blocking member: a shortest one and, of several, always the same.</summary>
internal static class BlockingPath
{
    /// <summary>What it runs through, in order: the function first, the blocking member last.</summary>
    public static IReadOnlyList<string> From(CallNode start)
    {
        var stations = new List<string>();
        for (CallNode node = start; ; node = Next(node))
        {
            // Which override it is stands next, so the declaration would only repeat its name.
            if (node.Key.Role != NodeRole.Overrides)
                Add(stations, MemberName.Of(node.Key));
            if (node is { Distance: 0, IsChoice: false })
            {
                Add(stations, node.Use!.Name);
                return stations;
            }
        }
    }

    private static CallNode Next(CallNode node) => node.Callees
        .Where(callee => callee.Rank <= node.Rank && (node.IsChoice ? callee.Distance <= node.Distance : callee.Distance == node.Distance - 1))
        .OrderBy(callee => callee.Rank)
        .ThenBy(callee => callee.Distance)
        .ThenBy(callee => MemberName.Of(callee.Key), StringComparer.Ordinal)
        .ThenBy(callee => Path(callee), StringComparer.Ordinal)
        .ThenBy(callee => Position(callee))
        .First();

    /// <summary>A constructor and its initializers have one name, and are one station.</summary>
    private static void Add(List<string> stations, string name)
    {
        if (stations.Count == 0 || stations[stations.Count - 1] != name)
            stations.Add(name);
    }

    private static string Path(CallNode node) => FirstLocation(node)?.SourceTree?.FilePath ?? "";

    private static int Position(CallNode node) => FirstLocation(node)?.SourceSpan.Start ?? 0;

    private static Location? FirstLocation(CallNode node) => node.Key.Symbol.Locations.FirstOrDefault();
}
