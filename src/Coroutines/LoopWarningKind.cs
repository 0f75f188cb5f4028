namespace Coroutines;

/// <summary>The mistakes that debug mode looks for (see <see cref="EventLoopOptions.Debug"/>).</summary>
public enum LoopWarningKind
{
    /// <summary>A coroutine was called, but never awaited or spawned, so it did not run.</summary>
    NeverAwaited,

    /// <summary>A cancel scope or a group was opened and not left by the coroutine that opened it.</summary>
    LeakedScope,

    /// <summary>The loop's thread waits, for a lock, a task, a thread or a handle, longer than a step may take. Told while it waits, which may be for ever; sleeps, files and sockets are told as slow steps.</summary>
    BlockingWait,

    /// <summary>An async method that the loop awaits ended on another thread: it left the loop, by <c>ConfigureAwait(false)</c> or <c>Task.Run</c>. Each is told once by a loop; the framework's own are not.</summary>
    LeftLoop,
}
