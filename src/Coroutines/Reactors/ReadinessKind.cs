namespace Coroutines;

/// <summary>A direction in which a descriptor can be ready.</summary>
internal enum ReadinessKind
{
    /// <summary>Reading, or accepting, does not block: there is data, a connection, the end of the stream, or an error.</summary>
    Read,

    /// <summary>Writing does not block, or a connection attempt is over.</summary>
    Write,
}
