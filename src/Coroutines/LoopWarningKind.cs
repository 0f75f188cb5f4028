namespace Coroutines;

/// <summary>The mistakes that debug mode looks for (see <see cref="EventLoopOptions.Debug"/>).</summary>
public enum LoopWarningKind
{
    /// <summary>A coroutine was called, but never awaited or spawned, so it did not run.</summary>
    NeverAwaited,

    /// <summary>A cancel scope or a group was opened and not left by the coroutine that opened it.</summary>
    LeakedScope,
}
