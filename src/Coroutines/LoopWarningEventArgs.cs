namespace Coroutines;

/// <summary>A mistake that debug mode has found: what <see cref="EventLoop.Warning"/> tells.</summary>
/// <param name="kind">What kind of mistake.</param>
/// <param name="message">What happened, and where.</param>
public sealed class LoopWarningEventArgs(LoopWarningKind kind, string message) : EventArgs
{
    /// <summary>What kind of mistake.</summary>
    public LoopWarningKind Kind { get; } = kind;

    /// <summary>What happened, and where.</summary>
    public string Message { get; } = message;

    /// <inheritdoc />
    public override string ToString() => $"{Kind}: {Message}";
}
