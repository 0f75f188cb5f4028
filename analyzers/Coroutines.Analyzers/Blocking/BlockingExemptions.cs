namespace Coroutines.Analyzers.Blocking;

/// <summary>When a use of a blocking member does not block. A row may have several; one that holds is enough.</summary>
[Flags]
internal enum BlockingExemptions
{
    None = 0,

    /// <summary>The timeout is the constant zero: the call polls.</summary>
    ZeroTimeout = 1,

    /// <summary>What the call waits for has completed: it was awaited before, or the call is behind a check of <c>IsCompleted</c>.</summary>
    AwaitedBefore = 2,

    /// <summary>It reads or writes memory: a <c>MemoryStream</c>, a <c>StringReader</c>, or a reader over one.</summary>
    InMemory = 4,

    /// <summary>The query runs over a collection made queryable by <c>AsQueryable</c>.</summary>
    InMemoryQuery = 8,

    /// <summary>The same member sets <c>Blocking = false</c> on the socket.</summary>
    NonBlockingSocket = 16,

    /// <summary>A timeout or <c>RegexOptions.NonBacktracking</c> bounds the search.</summary>
    RegexTimeout = 32,

    /// <summary>The call is awaited on the spot, so the coroutine goes on where it was.</summary>
    AwaitedHere = 64,

    /// <summary>The callback is a <c>static</c> lambda, which reaches only what is handed to it.</summary>
    StaticCallback = 128,
}
