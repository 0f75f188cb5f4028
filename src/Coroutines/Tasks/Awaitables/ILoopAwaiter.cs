using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Coroutines.CompilerServices;

/// <summary>An awaiter that the builder may call with its marker. Not meant to be used in user code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMarkedAwaiter : ICriticalNotifyCompletion;

/// <summary>
/// An awaiter that suspends a task without a continuation: the loop resumes the task itself. Not meant to be used in user code.
/// </summary>
/// <remarks>
/// Beside the members below it has <c>GetResult()</c>, which reports a cancellation first. It suspends at most once, on the loop's thread, and only when not completed.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILoopAwaiter : IMarkedAwaiter
{
    /// <summary>Whether there is nothing to wait for. Read once per await.</summary>
    bool IsCompleted { get; }

    /// <summary>Registers the running task to be woken.</summary>
    /// <param name="task">The running task.</param>
    /// <returns>True if the task suspends; false if the await is cancelled at once.</returns>
    bool Suspend(LoopTask task);
}

/// <summary>A <see cref="ILoopAwaiter"/> that must be asked for its result. Not meant to be used in user code.</summary>
/// <typeparam name="T">The result; <see cref="Unit"/> for one that can only fail.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILoopAwaiter<out T> : ILoopAwaiter
{
    /// <summary>Takes the result, once, after the wait has ended and not been cancelled.</summary>
    /// <returns>The result.</returns>
    T TakeResult();
}

/// <summary>
/// A <see cref="ILoopAwaiter"/> without a result, whose <c>GetResult</c> only reports cancellation: generated code neither calls that nor keeps the
/// awaiter while it is suspended. Not meant to be used in user code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISignalAwaiter : ILoopAwaiter;
