using System.ComponentModel;
using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// A result that somebody will set: any number of coroutines can await it, before and after. Belongs to one loop; other threads use the <c>Post…</c> members.
/// </summary>
/// <remarks>
/// Awaiting it suspends unless it is completed. Cancelling an await leaves the future as it is and others waiting. Those who wait are resumed in the
/// order in which they came, in the turn after completion. An exception nobody awaits is reported once to <see cref="EventLoop.UnhandledException"/>.
/// </remarks>
/// <typeparam name="T">The result.</typeparam>
[DebuggerDisplay("{Status}")]
public sealed class Future<T> : ILoopAwaitable<T>, IWaitSource
{
    private readonly EventLoop _loop;
    private WaitQueue _waiters;
    private CoroutineStatus _status;
    private T? _result;
    private FaultRecord? _fault;

    /// <summary>Makes a future of the loop that runs on this thread.</summary>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public Future()
        : this(EventLoop.Current)
    {
    }

    /// <summary>Makes a future of <paramref name="loop"/>. Loop thread only.</summary>
    /// <param name="loop">The loop whose coroutines will await it.</param>
    public Future(EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.VerifyAccess();
        _loop = loop;
    }

    /// <summary>Whether it has a result, an exception, or was cancelled.</summary>
    public bool IsCompleted => _status != CoroutineStatus.Running;

    /// <summary>Whether and how it was completed.</summary>
    public CoroutineStatus Status => _status;

    /// <summary>The result of a completed future. Does not suspend.</summary>
    /// <exception cref="InvalidOperationException">It is not completed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public T Result => _status switch
    {
        CoroutineStatus.RanToCompletion => _result!,
        CoroutineStatus.Cancelled => throw new OperationCanceledException("The future was cancelled."),
        CoroutineStatus.Faulted => throw Fault(),
        _ => throw new InvalidOperationException("The future is not completed. Await it instead of asking for its result."),
    };

    /// <summary>Completes it with a result, unless it is completed. Does not suspend; loop thread only.</summary>
    /// <param name="result">The result.</param>
    /// <returns>False if it was completed already.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool TrySetResult(T result)
    {
        _loop.VerifyAccess();
        if (IsCompleted)
            return false;
        _result = result;
        Complete(CoroutineStatus.RanToCompletion);
        return true;
    }

    /// <summary>Completes it with an exception, unless it is completed. Does not suspend; loop thread only.</summary>
    /// <param name="exception">The exception that those who await it get.</param>
    /// <returns>False if it was completed already.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool TrySetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        _loop.VerifyAccess();
        if (IsCompleted)
            return false;
        _fault = new FaultRecord(exception, _loop);
        Complete(CoroutineStatus.Faulted);
        return true;
    }

    /// <summary>Cancels it, unless it is completed: those who await it get <see cref="OperationCanceledException"/>. Does not suspend; loop thread only.</summary>
    /// <returns>False if it was completed already.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool Cancel()
    {
        _loop.VerifyAccess();
        if (IsCompleted)
            return false;
        Complete(CoroutineStatus.Cancelled);
        return true;
    }

    /// <summary>Completes it with a result. Does not suspend; loop thread only.</summary>
    /// <param name="result">The result.</param>
    /// <exception cref="InvalidOperationException">It is completed already, or this is not the loop's thread.</exception>
    public void SetResult(T result)
    {
        if (!TrySetResult(result))
            ThrowCompleted();
    }

    /// <summary>Completes it with an exception. Does not suspend; loop thread only.</summary>
    /// <param name="exception">The exception that those who await it get.</param>
    /// <exception cref="InvalidOperationException">It is completed already, or this is not the loop's thread.</exception>
    public void SetException(Exception exception)
    {
        if (!TrySetException(exception))
            ThrowCompleted();
    }

    /// <summary>Does what <see cref="TrySetResult"/> does, in the loop's next turn. From any thread; wakes a blocked loop.</summary>
    /// <param name="result">The result.</param>
    /// <exception cref="ObjectDisposedException">The loop is disposed.</exception>
    public void PostResult(T result) => _loop.Post(static state => state.Future.TrySetResult(state.Result), (Future: this, Result: result));

    /// <summary>Does what <see cref="TrySetException"/> does, in the loop's next turn. From any thread; wakes a blocked loop.</summary>
    /// <param name="exception">The exception that those who await it get.</param>
    /// <exception cref="ObjectDisposedException">The loop is disposed.</exception>
    public void PostException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        _loop.Post(static state => state.Future.TrySetException(state.Exception), (Future: this, Exception: exception));
    }

    /// <summary>Calls <paramref name="callback"/> in the turn after completion; if it is completed, in the next turn. Loop thread only.</summary>
    /// <remarks>With a callback that captures nothing this allocates nothing. <c>AsyncLocal</c> values flow into it.</remarks>
    /// <param name="callback">Called on the loop's thread with this future; what it throws goes to <see cref="EventLoop.UnhandledException"/>.</param>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    /// <exception cref="ObjectDisposedException">The loop is disposed.</exception>
    public void OnCompleted(Action<Future<T>> callback)
    {
        var node = _loop.NewCallback(callback, this, comesBack: false);
        if (IsCompleted)
            _loop.Ready.Enqueue(node);
        else
            _waiters.Append(node);
    }

    /// <summary>
    /// Makes a completed future usable for another result, so that a hot path need not make one each time. Loop thread only.
    /// Awaits that have not been resumed yet would see the new state: call it only when nobody is using the old result.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not completed, or this is not the loop's thread.</exception>
    public void Reset()
    {
        _loop.VerifyAccess();
        if (!IsCompleted)
            throw new InvalidOperationException("Only a completed future can be reset.");
        _status = CoroutineStatus.Running;
        _result = default;
        _fault = null;
    }

    /// <summary>Used by <c>await</c>.</summary>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Awaiter GetAwaiter() => new(this);

    Coroutine ILoopAwaitable.AsCoroutine() => AwaitFrame.Of<Awaiter, T>(GetAwaiter());

    Coroutine ILoopAwaitable<T>.AsCoroutine(Action<T> result) => AwaitFrame.Of(GetAwaiter(), result);

    void IWaitSource.Abandon(LoopNode node) => _waiters.Remove(node);

    string IWaitSource.Describe(LoopNode node) => $"a Future<{typeof(T).Name}>";

    private void Complete(CoroutineStatus status)
    {
        _status = status;
        while (_waiters.TakeFirst() is { } waiter)
            _loop.Signal(waiter);
    }

    [StackTraceHidden]
    private UnreachableException Fault()
    {
        _fault!.Throw();
        return new UnreachableException();
    }

    private static void ThrowCompleted() =>
        throw new InvalidOperationException("The future is completed already. Use a TrySet… member where several may complete it.");

    /// <summary>Used by <c>await</c>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct Awaiter : ILoopAwaiter<T>
    {
        private readonly Future<T> _future;

        internal Awaiter(Future<T> future) => _future = future;

        /// <inheritdoc />
        public bool IsCompleted => _future.IsCompleted;

        /// <inheritdoc />
        public bool Suspend(LoopTask task)
        {
            if (!task.TryPark(_future, _future._loop))
                return false;
            _future._waiters.Append(task);
            return true;
        }

        /// <summary>Ends the await.</summary>
        /// <returns>The result.</returns>
        /// <exception cref="OperationCanceledException">The await was cancelled, or the future was.</exception>
        [StackTraceHidden]
        public T GetResult()
        {
            LoopAwaiters.EndAwait();
            return TakeResult();
        }

        /// <summary>Ends the await in generated code.</summary>
        /// <returns>The result.</returns>
        [StackTraceHidden]
        public T TakeResult() => _future.Result;

        /// <inheritdoc />
        public void OnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);

        /// <inheritdoc />
        public void UnsafeOnCompleted(Action continuation) => LoopAwaiters.OnCompleted(this, continuation);
    }
}
