using Coroutines.Analyzers.Blocking;

namespace Coroutines.Analyzers.Transitive;

/// <summary>How sure it is that a function blocks, and for how long. Smaller is worse; along a path the largest counts.</summary>
internal enum BlockingRank
{
    /// <summary>Whoever calls it blocks.</summary>
    Blocks,

    /// <summary>It takes a lock, computes, or otherwise waits rarely or shortly; or only a scan of its code says that it blocks.</summary>
    Seldom,

    /// <summary>It makes a virtual or delegate call, and some of the targets block.</summary>
    SomeTargets,

    /// <summary>Nothing is known against it.</summary>
    Never,
}

internal static class BlockingRanks
{
    public static BlockingRank Of(BlockingKind kind) => kind switch
    {
        BlockingKind.Park or BlockingKind.InputOutput or BlockingKind.TaskWait or BlockingKind.ForkJoin => BlockingRank.Blocks,
        BlockingKind.Lock or BlockingKind.Minor or BlockingKind.Computation or BlockingKind.FakeAsync or BlockingKind.Scanned => BlockingRank.Seldom,
        _ => BlockingRank.Never,
    };
}
