namespace Coroutines;

/// <summary>
/// What a channel keeps as the tag of a task: while it waits, what it came for; then, how its wait has ended. A number from 0 on is a slot of <see cref="ItemSlots{T}"/>: a
/// writer that waits with its item there, or a reader that was handed it.
/// </summary>
internal static class ChannelTag
{
    /// <summary>Waits for an item.</summary>
    public const long Reader = -1;

    /// <summary>Waits until there is an item, without taking it.</summary>
    public const long Watcher = -2;

    /// <summary>Waits until the channel has ended.</summary>
    public const long Finisher = -3;

    /// <summary>Waited with an item that the channel has taken.</summary>
    public const long Written = -4;

    /// <summary>Waited in vain: the channel was completed.</summary>
    public const long Closed = -5;
}
