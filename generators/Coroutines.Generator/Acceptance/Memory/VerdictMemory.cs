using System.Collections.Concurrent;

namespace Coroutines.Generator.Acceptance.Memory;

/// <summary>Verdicts that outlive their compilations: while somebody types, all methods but one stay what they are. Any thread may ask.</summary>
/// <remarks>
/// Two generations, so that old verdicts go without anybody keeping account of their use: when the young one is full it becomes the old one, and what is found in the old one becomes young again.
/// A verdict takes about a kilobyte and is known by two keys, so all of it takes some tens of megabytes at most.
/// </remarks>
internal static class VerdictMemory
{
    private const int Capacity = 20_000;

    private static Generation s_young = new(), s_old = new();

    public static KnownVerdict? Find(Fingerprint key)
    {
        if (s_young.Verdicts.TryGetValue(key, out KnownVerdict? known)) return known;
        if (!s_old.Verdicts.TryGetValue(key, out known)) return null;
        Add(key, known);
        return known;
    }

    public static void Add(Fingerprint key, KnownVerdict verdict)
    {
        Generation young = s_young;
        young.Verdicts[key] = verdict;
        if (Interlocked.Increment(ref young.Added) > Capacity && Interlocked.CompareExchange(ref s_young, new(), young) == young) s_old = young;
    }

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<Fingerprint, KnownVerdict> Verdicts = new();

        /// <summary>The dictionary would have to stop all threads to count.</summary>
        public int Added;
    }
}
