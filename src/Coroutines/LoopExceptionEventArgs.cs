namespace Coroutines;

/// <summary>An exception that nobody but <see cref="EventLoop.UnhandledException"/> gets.</summary>
/// <param name="exception">The exception.</param>
public sealed class LoopExceptionEventArgs(Exception exception) : EventArgs
{
    /// <summary>The exception.</summary>
    public Exception Exception { get; } = exception;
}
