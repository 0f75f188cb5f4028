namespace Coroutines;

/// <summary>Says that a member does not block, whatever it calls: the analyzers report neither it nor what is reached through it.</summary>
/// <remarks>Give the reason, and the analyzers believe it; without one they say so where they find a blocking call in it (CORO702). Overrides and implementations inherit it; on a type it holds for the type's own members.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Event | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class NonBlockingAttribute : Attribute
{
    /// <summary>Says that the member does not block.</summary>
    public NonBlockingAttribute()
    {
    }

    /// <summary>Says that the member does not block, and why.</summary>
    /// <param name="because">The reason, for readers: "the socket is set not to block".</param>
    public NonBlockingAttribute(string because) => Because = because;

    /// <summary>The reason; null if none was given.</summary>
    public string? Because { get; }
}
