using Coroutines.CompilerServices;

namespace Coroutines;

// The ways to run turns.
public sealed partial class EventLoop
{
    // Why turns do not just go on: the loop should return to its caller, or has something to do first. They end the row of turns that runs, which so has one test.
    [Flags]
    private enum Leave : byte
    {
        Nothing = 0,

        /// <summary><see cref="Stop"/> was called; until <see cref="RunForever"/> has returned for it.</summary>
        Stopped = 1,

        /// <summary>The task that <see cref="RunUntilComplete(Coroutine)"/> waits for has ended.</summary>
        RootEnded = 2,

        /// <summary>Something is to be done when this turn ends; until it is done.</summary>
        TurnEnd = 4,
    }

    private Leave _leave;

    // The number of turns after which this row of turns ends. A field, as a step that throws interrupts the row.
    private long _rowEnd;

    /// <summary>The task that <see cref="RunUntilComplete(Coroutine)"/> waits for.</summary>
    private LoopTask? _root;

    /// <summary>The execution context of the one who runs the loop, while that is not <see cref="BaseContext"/>.</summary>
    private ExecutionContext? _callersContext;

    /// <summary>
    /// Makes a loop, runs <paramref name="main"/> on it, cancels and awaits the tasks that are left, and disposes the loop. Blocks the calling thread.
    /// Ctrl-C cancels <paramref name="main"/> (see <see cref="EventLoopOptions.CancelOnInterrupt"/>).
    /// </summary>
    /// <param name="main">The coroutine to run.</param>
    /// <param name="options">The loop's clock and sizes.</param>
    /// <exception cref="InvalidOperationException">A loop runs on this thread already, or the coroutine has been used.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="main"/> was cancelled.</exception>
    public static void Run(Coroutine main, EventLoopOptions? options = null)
    {
        options ??= new EventLoopOptions();
        using var loop = new EventLoop(options);
        using var interrupts = options.CancelOnInterrupt ? new InterruptHandling(loop) : null;
        loop.RunUntilComplete(main);
    }

    /// <inheritdoc cref="Run(Coroutine, EventLoopOptions?)" />
    /// <typeparam name="T">The result.</typeparam>
    /// <returns>What <paramref name="main"/> returned.</returns>
    public static T Run<T>(Coroutine<T> main, EventLoopOptions? options = null)
    {
        options ??= new EventLoopOptions();
        using var loop = new EventLoop(options);
        using var interrupts = options.CancelOnInterrupt ? new InterruptHandling(loop) : null;
        return loop.RunUntilComplete(main);
    }

    /// <summary>
    /// Runs <paramref name="coroutine"/> as a task, with everything else on the loop, until it has ended; other tasks stay. Blocks the calling thread, which becomes the loop's.
    /// </summary>
    /// <param name="coroutine">The coroutine to run.</param>
    /// <exception cref="InvalidOperationException">A loop runs on this thread already, or the coroutine has been used.</exception>
    /// <exception cref="OperationCanceledException">The task was cancelled.</exception>
    public void RunUntilComplete(Coroutine coroutine)
    {
        using var running = Enter();
        var body = coroutine.Consume();
        int version = body.Version;
        RunToEnd(body);
        body.TakeOutcome(version);
    }

    /// <inheritdoc cref="RunUntilComplete(Coroutine)" />
    /// <typeparam name="T">The result.</typeparam>
    /// <returns>What the coroutine returned.</returns>
    public T RunUntilComplete<T>(Coroutine<T> coroutine)
    {
        using var running = Enter();
        var body = coroutine.Consume();
        int version = body.Version;
        body.AddTaker();
        RunToEnd(body);
        return body.TakeOutcome(version);
    }

    /// <summary>Runs turns until <see cref="Stop"/>. Blocks the calling thread, which becomes the loop's; uses no CPU while nothing is to do.</summary>
    /// <exception cref="InvalidOperationException">A loop runs on this thread already.</exception>
    public void RunForever()
    {
        using var running = Enter();
        while ((_leave & Leave.Stopped) == 0)
            Turn(WithoutLimit, BatchesInARow);
        _leave &= ~Leave.Stopped;
    }

    /// <summary>Runs one turn without blocking: timers that are due, I/O that is ready, and what was ready when the turn began. For loops driven by a frame or by other code.</summary>
    /// <exception cref="InvalidOperationException">A loop runs on this thread already.</exception>
    public void RunOnce()
    {
        using var running = Enter();
        Turn(0, batches: 1);
    }

    /// <summary>Runs one turn; if nothing is ready, blocks until something is, but not longer than <paramref name="maxWait"/>.</summary>
    /// <param name="maxWait">The longest wait on the loop's clock.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxWait"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">A loop runs on this thread already.</exception>
    public void RunOnce(TimeSpan maxWait)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxWait, TimeSpan.Zero);
        using var running = Enter();
        Turn(maxWait.Ticks, batches: 1);
    }

    /// <summary>Makes <see cref="RunForever"/> return after the current turn, or at once if it is called later. Does not suspend; loop thread only: from others, post it.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public void Stop()
    {
        VerifyAccess();
        LeaveFor(Leave.Stopped);
    }

    /// <summary>
    /// Cancels the tasks that are left, runs them to their end, reports exceptions nobody looked at, and frees the descriptors. Blocks while that lasts.
    /// </summary>
    /// <exception cref="InvalidOperationException">The loop runs, or this is not its thread.</exception>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        if (_isRunning)
            throw new InvalidOperationException("A loop cannot be disposed while it runs. Call Stop, and dispose it after RunForever has returned.");
        VerifyAccess();
        do
            EndTasks();
        while (!_inbox.TryClose());
        LateReports.TellAll(this);
        _isDisposed = true;
        Withdraw();
        if (TaskPools.OfThread == Pools)
            TaskPools.OfThread = null;
        Interlocked.CompareExchange(ref s_entered, null, this);
        _reactor?.Dispose();
    }

    private void LeaveFor(Leave reason)
    {
        _leave |= reason;
        EndRow();
    }

    private void RunToEnd(LoopTask root)
    {
        _root = root;
        _leave &= ~Leave.RootEnded;
        try
        {
            root.Spawn(this, name: null);
            if (_callersContext is { } context)
                root.KeepContext(context);
            while ((_leave & Leave.RootEnded) == 0)
                Turn(WithoutLimit, BatchesInARow);
        }
        finally
        {
            _root = null;
            _leave &= ~Leave.RootEnded;
        }
    }

    private void EndTasks()
    {
        if (TaskCount == 0 && Ready.IsEmpty && _inbox.IsEmpty && _executorWork == 0)
            return;
        using var running = Enter();
        // While this blocks nobody moves a clock by hand, and a finally block may wait for it.
        _virtualClock ??= _clock.Provider as VirtualClock;
        _hasNewTasks = true;
        do
        {
            while (TaskCount > 0 || !_inbox.IsEmpty || _executorWork > 0)
            {
                // Level-triggered: a task that goes on is cancelled at its next suspension, and tasks spawned meanwhile get their turn here.
                if (_hasNewTasks)
                    CancelTasks();
                Turn(WithoutLimit, batches: 1);
            }

            // Ordinary async code that awaited the last of them hears of its end, and callbacks are called: either may spawn.
            if (!Ready.IsEmpty)
                Turn(0, batches: 1);
        }
        while (TaskCount > 0);
    }

    private void CancelTasks()
    {
        _hasNewTasks = false;
        for (int i = 0; i < TaskCount; i++)
            _tasks[i].Task!.RequestCancel();
    }

    private Running Enter()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        // Looked up once.
        ref var current = ref t_current;
        if (current is not null)
        {
            throw new InvalidOperationException(
                "An event loop runs on this thread already. Inside it, await a coroutine or spawn it instead of running a loop.");
        }

        if (_isRunning)
            throw new InvalidOperationException("This event loop runs on another thread.");
        _isRunning = true;
        MoveTo(Thread.CurrentThread);
        // Mostly they are what they were, and a store costs more than the look.
        var context = ExecutionContext.Capture();
        if (BaseContext != context)
            EnterFrom(context);
        object? identity = ThreadContext.Identity(_thread);
        if (_baseContextIdentity != identity)
            _baseContextIdentity = identity;
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Context);
        current = this;
        if (s_entered != this)
            s_entered = this;
        _stack = _lastStack = StackPart.BelowCaller(_lastStack);
        return new Running(this, outer, ref current);
    }

    // What lives has begun in the context of the loop, and goes on there; if nothing does, the loop takes the caller's.
    private void EnterFrom(ExecutionContext? context)
    {
        bool isAlive = TaskCount > 0 || Timers.Count > 0 || !Ready.IsEmpty || _reactor is { HasInterest: true };
        if (!isAlive || context is null || BaseContext is not { } own)
        {
            BaseContext = context;
            return;
        }

        _callersContext = context;
        ExecutionContext.Restore(own);
    }

    private void MoveTo(Thread thread)
    {
        if (_thread != thread)
        {
            // The thread before may still take objects from the pools it knows, so they stay with it.
            Pools = new TaskPools(_poolCapacity);
            _thread = thread;
            _lastStack = default;
        }

        TaskPools.OfThread = Pools;
    }

    /// <summary>The span in which this thread belongs to the loop.</summary>
    private readonly ref struct Running(EventLoop loop, SynchronizationContext? outer, ref EventLoop? current) : IDisposable
    {
        private readonly ref EventLoop? _current = ref current;

        public void Dispose()
        {
            _current = null;
            loop._stack = default;
            loop._isRunning = false;
            SynchronizationContext.SetSynchronizationContext(outer);
            if (loop._callersContext is { } context)
            {
                loop._callersContext = null;
                ExecutionContext.Restore(context);
            }
        }
    }
}
