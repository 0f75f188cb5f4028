namespace Coroutines.Generator.Acceptance.Memory;

/// <summary>The declarations of the compilations that were asked about last: while somebody types in bodies they stay the same. Any thread may ask.</summary>
internal static class KnownDeclarations
{
    /// <summary>Of so many projects at a time, each of some megabytes if it is large.</summary>
    private const int Capacity = 4;

    private static readonly object s_lock = new();
    private static readonly List<(Fingerprint Of, DeclarationGraph Graph)> s_latest = [];

    public static DeclarationGraph Find(Fingerprint of, Func<DeclarationGraph> create)
    {
        lock (s_lock)
        {
            foreach (var (known, graph) in s_latest)
            {
                if (known == of) return graph;
            }
        }

        DeclarationGraph created = create();
        lock (s_lock)
        {
            if (s_latest.Count == Capacity) s_latest.RemoveAt(0);
            s_latest.Add((of, created));
        }
        return created;
    }
}
