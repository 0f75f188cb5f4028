namespace Coroutines.Differential;

/// <summary>Marks a coroutine that takes a <see cref="Trace"/> as a behaviour, and states the whole trace it must leave on every lowering.</summary>
/// <param name="trace">The lines, as <see cref="Trace"/> writes them; the last one says how the task ended.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BehaviourAttribute(params string[] trace) : Attribute
{
    public IReadOnlyList<string> Trace { get; } = trace;

    /// <summary>Before which turn the root task is cancelled from outside the loop; 0 for never.</summary>
    public int CancelBeforeTurn { get; init; }

    /// <summary>The trace is stated without turns: where a stream suspends, the compiler's iterators take more of them. What happens, in which order and at which time is the same.</summary>
    public bool WithoutTurns { get; init; }
}
