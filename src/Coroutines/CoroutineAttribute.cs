namespace Coroutines;

/// <summary>
/// Marks a coroutine for rewriting into a struct state machine at compile time: an <c>async</c> method that returns <see cref="Coroutine"/>, <see cref="Coroutine{T}"/> or
/// <see cref="IAsyncEnumerable{T}"/>, or an iterator over <see cref="ILoopAwaitable"/>.
/// </summary>
/// <remarks>
/// Without the attribute, and wherever the generator cannot handle a method, the compiler's own lowering runs: the same behaviour,
/// slower. The containing types must be <c>partial</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CoroutineAttribute : Attribute
{
    /// <summary>Makes it a build error, instead of information, if this method keeps the compiler's lowering.</summary>
    public bool RequireGenerated { get; set; }

    /// <summary>Where the generated frame lies while another coroutine awaits this one.</summary>
    public FramePlacement Placement { get; set; }
}
