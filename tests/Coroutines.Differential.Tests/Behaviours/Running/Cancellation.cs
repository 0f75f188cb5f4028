namespace Coroutines.Differential;

/// <summary>When a run cancels its root task.</summary>
/// <param name="Turn">The turn; 0 for never.</param>
/// <param name="Inside">In a callback of that turn, between what was ready before and what this turn's timers make ready; otherwise before the turn begins.</param>
public readonly record struct Cancellation(int Turn, bool Inside)
{
    public static Cancellation Never => default;

    public override string ToString() => Turn == 0 ? "not cancelled" : Inside ? $"cancelled inside turn {Turn}" : $"cancelled before turn {Turn}";
}
