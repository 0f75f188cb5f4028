using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>The handle of a spawned coroutine: await it, cancel it, ask how it is.</summary>
/// <remarks>
/// It can be awaited any number of times, before and after it ended. Name and status of a task that succeeded are forgotten once its
/// object is used again: then it has no name, and its status is <see cref="CoroutineStatus.RanToCompletion"/>.
/// Belongs to its loop: other threads use <see cref="AsTask"/>'s result, or <see cref="EventLoop.CallSoonThreadSafe(Action{object?}, object?)"/>.
/// </remarks>
[DebuggerDisplay("{DebuggerText,nq}")]
public readonly partial struct CoroutineTask : ILoopAwaitable, IEquatable<CoroutineTask>
{
    private readonly LoopTask? _task;
    private readonly int _version;

    internal CoroutineTask(LoopTask task, int version)
    {
        _task = task;
        _version = version;
    }

    /// <summary>Whether the task has ended, however. Loop thread only.</summary>
    public bool IsCompleted => !Task.Is(_version) || Task.IsEnded;

    /// <summary>Whether and how the task has ended. Loop thread only.</summary>
    public CoroutineStatus Status => Task.StatusOf(_version);

    /// <summary>The name given when it was spawned, or null.</summary>
    public string? Name => Task.Is(_version) ? Task.Details?.Name : null;

    /// <summary>
    /// Asks the task to end: its current suspension, and every later one, is cancelled. A suspension that has its result already, or that
    /// waits for a foreign awaitable such as <see cref="System.Threading.Tasks.Task"/>, ends as usual first. A task that has not started runs up to its first suspension.
    /// Does not suspend; await the task to know that it has ended. Loop thread only.
    /// </summary>
    /// <returns>False if it has ended already or was asked before.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool Cancel()
    {
        var task = Task;
        task.Loop!.VerifyAccess();
        return task.Is(_version) && task.RequestCancel();
    }

    /// <summary>Used by <c>await</c>, which suspends until the task has ended. Cancelling the await leaves the task running.</summary>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Awaiter GetAwaiter() => new(Task, _version);

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of<Awaiter, Unit>(GetAwaiter());

    /// <summary>A <see cref="Task"/> with the same outcome, for code that knows nothing of loops. Loop thread only; the result may be awaited on any thread.</summary>
    /// <returns>The task.</returns>
    public async Task AsTask() => await this;

    /// <inheritdoc cref="AsTask" />
    public ValueTask AsValueTask() => new(AsTask());

    /// <inheritdoc />
    public bool Equals(CoroutineTask other) => ReferenceEquals(_task, other._task) && _version == other._version;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is CoroutineTask other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_task is null ? 0 : RuntimeHelpers.GetHashCode(_task), _version);

    /// <summary>Whether both are handles of the same task.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">Another.</param>
    public static bool operator ==(CoroutineTask left, CoroutineTask right) => left.Equals(right);

    /// <summary>Whether the handles are of different tasks.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">Another.</param>
    public static bool operator !=(CoroutineTask left, CoroutineTask right) => !left.Equals(right);

    private string DebuggerText => _task is null ? "none" : _task.Is(_version) ? _task.ToString() : nameof(CoroutineStatus.RanToCompletion);

    private LoopTask Task => _task ?? throw new InvalidOperationException("This is default(CoroutineTask), not a task. Spawn a coroutine to get one.");

    /// <summary>Used by <c>await</c>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : ILoopAwaiter<Unit>
    {
        private readonly LoopTask _task;
        private readonly int _version;

        internal Awaiter(LoopTask task, int version)
        {
            _task = task;
            _version = version;
        }

        /// <inheritdoc />
        public bool IsCompleted => !_task.Is(_version) || _task.IsEnded;

        /// <inheritdoc />
        public bool Suspend(LoopTask task) => TaskAwait.Suspend(_task, task);

        /// <summary>Ends the await.</summary>
        /// <exception cref="OperationCanceledException">The await was cancelled, or the task was.</exception>
        [StackTraceHidden]
        public void GetResult()
        {
            LoopAwaiters.EndAwait();
            TakeResult();
        }

        Unit ILoopAwaiter<Unit>.TakeResult()
        {
            TakeResult();
            return default;
        }

        /// <summary>Ends the await in generated code.</summary>
        [StackTraceHidden]
        public void TakeResult() => _task.ObserveOutcome(_version);

        /// <inheritdoc />
        public void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        /// <inheritdoc />
        public void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
