namespace Coroutines.Analyzers.Blocking;

/// <summary>When a call of a blocking member does not block. A row may have several; one that holds is enough.</summary>
[Flags]
internal enum BlockingExemptions
{
    None = 0,

    /// <summary>The timeout is the constant zero: the call polls.</summary>
    ZeroTimeout = 1,

    /// <summary>What the call waits for was awaited before, and so has completed.</summary>
    AwaitedBefore = 2,
}
