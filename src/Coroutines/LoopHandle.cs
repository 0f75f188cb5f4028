using System.Diagnostics;

namespace Coroutines;

/// <summary>A scheduled callback that can be cancelled. Loop thread only.</summary>
[DebuggerDisplay("pending = {IsPending}")]
public readonly struct LoopHandle
{
    private readonly CallbackNode? _node;
    private readonly int _version;

    internal LoopHandle(CallbackNode node, int version)
    {
        _node = node;
        _version = version;
    }

    /// <summary>Whether the callback is still going to be called.</summary>
    public bool IsPending => _node is not null && _node.IsPending(_version);

    /// <summary>Prevents the call, in O(1). Does not suspend.</summary>
    /// <returns>False if it was called or cancelled before.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool Cancel() => _node is not null && _node.Cancel(_version);
}
