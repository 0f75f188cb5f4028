namespace Coroutines.Analyzers.Blocking.Entries;

/// <summary>What an entry says: the first character of its line. Where several speak of one member, a later one here yields to an earlier.</summary>
internal enum EntrySign
{
    /// <summary>The member blocks; also in another way, or with other advice, than the table says. No sign.</summary>
    Blocks,

    /// <summary>The member does not block, whatever the table or its code say: <c>-</c>.</summary>
    DoesNotBlock,

    /// <summary>A scan of its code says that it blocks, and nobody has looked at that: <c>?</c>.</summary>
    Scanned,
}
