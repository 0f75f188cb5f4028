namespace Coroutines.Differential.Behaviours.Leaves;

/// <summary>Something a coroutine can wait for.</summary>
/// <param name="Name">How the traces call it.</param>
/// <param name="Wait">Waits for it, once.</param>
/// <param name="Signal">Makes a wait that is under way end; it may find none.</param>
/// <param name="State">In which state the object is: what a wait that was cancelled must not have changed.</param>
public sealed record Leaf(string Name, Func<Coroutine> Wait, Action Signal, Func<string> State);
