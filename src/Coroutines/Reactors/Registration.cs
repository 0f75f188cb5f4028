namespace Coroutines;

/// <summary>What a backend has been asked to report of a descriptor. Either <see cref="Waits"/> alone or any of the others.</summary>
[Flags]
internal enum Registration
{
    None = 0,

    /// <summary>Whatever a waiter in either direction must learn.</summary>
    Waits = 1,

    /// <summary>At every poll, that it can be read.</summary>
    Reader = 2,

    /// <summary>At every poll, that it can be written.</summary>
    Writer = 4,
}
