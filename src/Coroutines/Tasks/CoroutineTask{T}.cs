using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>The handle of a spawned coroutine: await it, cancel it, ask how it is.</summary>
/// <remarks>
/// Everybody who awaits it while it runs gets the result; after it has ended it can be awaited once more, which takes the result: then the task's
/// object is used again. A fault or a cancellation stays available to any number of awaits.
/// Belongs to its loop: other threads use <see cref="AsTask"/>'s result, or <see cref="EventLoop.CallSoonThreadSafe(Action{object?}, object?)"/>.
/// </remarks>
/// <typeparam name="T">The result.</typeparam>
[DebuggerDisplay("{DebuggerText,nq}")]
public readonly struct CoroutineTask<T> : ILoopAwaitable<T>, IEquatable<CoroutineTask<T>>
{
    private readonly LoopTask<T>? _task;
    private readonly int _version;

    internal CoroutineTask(LoopTask<T> task, int version)
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

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of<Awaiter, T>(GetAwaiter());

    Coroutine ILoopAwaitable<T>.AsCoroutine(Action<T> result) => AwaitFrame.Of(GetAwaiter(), result);

    /// <summary>A <see cref="Task{TResult}"/> with the same outcome, for code that knows nothing of loops. Loop thread only; the result may be awaited on any thread.</summary>
    /// <returns>The task.</returns>
    public async Task<T> AsTask() => await this;

    /// <inheritdoc cref="AsTask" />
    public ValueTask<T> AsValueTask() => new(AsTask());

    /// <inheritdoc />
    public bool Equals(CoroutineTask<T> other) => ReferenceEquals(_task, other._task) && _version == other._version;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is CoroutineTask<T> other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_task is null ? 0 : RuntimeHelpers.GetHashCode(_task), _version);

    /// <summary>Whether both are handles of the same task.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">Another.</param>
    public static bool operator ==(CoroutineTask<T> left, CoroutineTask<T> right) => left.Equals(right);

    /// <summary>Whether the handles are of different tasks.</summary>
    /// <param name="left">One handle.</param>
    /// <param name="right">Another.</param>
    public static bool operator !=(CoroutineTask<T> left, CoroutineTask<T> right) => !left.Equals(right);

    /// <summary>The same task, seen without its result.</summary>
    /// <param name="task">The handle.</param>
    public static implicit operator CoroutineTask(CoroutineTask<T> task) => task.ToCoroutineTask();

    /// <summary>The same task, seen without its result.</summary>
    /// <returns>A handle whose await gives no result.</returns>
    public CoroutineTask ToCoroutineTask() => new(Task, _version);

    private string DebuggerText => _task is null ? "none" : _task.Is(_version) ? _task.ToString() : nameof(CoroutineStatus.RanToCompletion);

    private LoopTask<T> Task => _task ?? throw new InvalidOperationException("This is default(CoroutineTask<T>), not a task. Spawn a coroutine to get one.");

    /// <summary>Used by <c>await</c>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : ILoopAwaiter<T>
    {
        private readonly LoopTask<T> _task;
        private readonly int _version;

        internal Awaiter(LoopTask<T> task, int version)
        {
            _task = task;
            _version = version;
        }

        /// <inheritdoc />
        public bool IsCompleted => _task.IsEndedForTaker(_version);

        /// <inheritdoc />
        public bool Suspend(LoopTask task) => TaskAwait.Suspend(_task, task);

        /// <summary>Ends the await.</summary>
        /// <returns>The result.</returns>
        /// <exception cref="OperationCanceledException">The await was cancelled, or the task was.</exception>
        [StackTraceHidden]
        public T GetResult()
        {
            LoopAwaiters.EndAwait();
            return TakeResult();
        }

        /// <summary>Ends the await in generated code.</summary>
        /// <returns>The result.</returns>
        [StackTraceHidden]
        public T TakeResult() => _task.TakeOutcome(_version);

        /// <inheritdoc />
        public void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        /// <inheritdoc />
        public void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
