namespace Coroutines;

// Calls that would block, on other threads.
public sealed partial class EventLoop
{
    private readonly int _executorThreads;
    private TaskFactory? _executor;

    /// <summary>Calls that were handed to other threads and whose end has not come back.</summary>
    private int _executorWork;

    /// <summary>
    /// Calls <paramref name="call"/> on a thread of the pool, for what blocks or computes for long. Suspends until it has returned; the loop goes on meanwhile.
    /// </summary>
    /// <remarks>
    /// At most <see cref="EventLoopOptions.ExecutorThreads"/> calls of this loop run at once, the others wait their turn. Cancelling the wait leaves a call that has begun to itself: its result is dropped,
    /// its exception goes to <see cref="UnhandledException"/>; a call that has not begun is not made. A loop that is disposed waits for the calls under way.
    /// Loop thread only; <paramref name="call"/> must not touch what belongs to the loop.
    /// </remarks>
    /// <typeparam name="TState">The type of the argument.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="call">What to call.</param>
    /// <param name="state">Passed to it, so that it need not capture anything.</param>
    /// <returns>What the call returned; its exception is thrown here.</returns>
    /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
    [Coroutine]
    public async Coroutine<TResult> RunInExecutor<TState, TResult>(Func<TState, TResult> call, TState state)
    {
        ArgumentNullException.ThrowIfNull(call);
        VerifyAccess();
        // A task that is cancelled already makes no call, whatever the other threads do.
        await Coroutine.Checkpoint();
        var work = new ExecutorWork<TState, TResult>(this, call, state);
        _executorWork++;
        _ = Executor.StartNew(static work => ((ExecutorWork<TState, TResult>)work!).Run(), work);
        try
        {
            return await work.Result;
        }
        finally
        {
            work.GiveUp();
        }
    }

    /// <inheritdoc cref="RunInExecutor{TState, TResult}(Func{TState, TResult}, TState)" />
    public Coroutine<TResult> RunInExecutor<TResult>(Func<TResult> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return RunInExecutor(static call => call(), call);
    }

    /// <inheritdoc cref="RunInExecutor{TState, TResult}(Func{TState, TResult}, TState)" />
    /// <returns>A cold coroutine; the call's exception is thrown where it is awaited.</returns>
    [Coroutine]
    public async Coroutine RunInExecutor(Action call)
    {
        ArgumentNullException.ThrowIfNull(call);
        await RunInExecutor(
            static call =>
            {
                call();
                return true;
            },
            call);
    }

    internal void EndExecutorWork() => _executorWork--;

    // The runtime's own thread pool, of which this loop uses so many threads at once.
    private TaskFactory Executor => _executor ??= new TaskFactory(
        CancellationToken.None,
        TaskCreationOptions.DenyChildAttach,
        TaskContinuationOptions.None,
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, _executorThreads).ConcurrentScheduler);
}
