using System.Collections.Concurrent;

namespace Coroutines.Generator.Acceptance;

/// <summary>Verdicts that outlive their compilations: while somebody types, all methods but one stay what they are. Any thread may ask.</summary>
/// <remarks>
/// Two generations, so that old verdicts go without anybody keeping account of their use: when the young one is full it becomes the old one, and what is found in the old one becomes young again.
/// A verdict takes about a kilobyte, so all of it some tens of megabytes at most.
/// </remarks>
internal static class VerdictMemory
{
    private const int Capacity = 10_000;

    private static ConcurrentDictionary<string, KnownVerdict> s_young = new(), s_old = new();

    public static KnownVerdict? Find(string key)
    {
        if (s_young.TryGetValue(key, out KnownVerdict? known)) return known;
        if (!s_old.TryGetValue(key, out known)) return null;
        Add(key, known);
        return known;
    }

    public static void Add(string key, KnownVerdict verdict)
    {
        ConcurrentDictionary<string, KnownVerdict> young = s_young;
        young[key] = verdict;
        // Count takes all locks of the dictionary, but is taken once a verdict, each of which costs a thousand times as much.
        if (young.Count > Capacity && Interlocked.CompareExchange(ref s_young, new(), young) == young) s_old = young;
    }
}
