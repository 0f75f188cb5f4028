namespace Coroutines;

/// <summary>Says that a member blocks the calling thread, where the analyzers cannot see it: in native code, in a loop that spins, behind a delegate.</summary>
/// <remarks>Uses of it in coroutines are reported like those of <c>Thread.Sleep</c> (CORO101), also from other projects, and through functions that call it (CORO105). Overrides and implementations inherit it; on a type it holds for the type's own members.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Event | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class BlockingAttribute : Attribute
{
    /// <summary>Says that the member blocks.</summary>
    public BlockingAttribute()
    {
    }

    /// <summary>Says that the member blocks, and what to do instead.</summary>
    /// <param name="instead">The end of the message: "use SendAsync".</param>
    public BlockingAttribute(string instead) => Instead = instead;

    /// <summary>What to do instead; null for the advice to use <see cref="EventLoop.RunInExecutor(Action)"/>.</summary>
    public string? Instead { get; }
}
