using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Runs very many coroutines, callbacks, timers and sockets on one thread.
/// </summary>
/// <remarks>
/// <para>Belongs to the thread that made it, then to the thread that runs it. Other threads may call <see cref="CallSoonThreadSafe(Action{object?}, object?)"/> and nothing else; the rest
/// throws <see cref="InvalidOperationException"/> on a wrong thread.</para>
/// <para>Where to find what: the turn is in <c>EventLoop.Turn.cs</c>, the ways to run it in <c>EventLoop.Run.cs</c>, callbacks and timers in <c>EventLoop.Callbacks.cs</c>,
/// tasks in <c>EventLoop.Tasks.cs</c>, readiness and sockets in the files so named.</para>
/// </remarks>
[DebuggerDisplay("{Name}, tasks = {TaskCount}, ready = {Ready.Count}, timers = {Timers.Count}")]
public sealed partial class EventLoop : IWakeTarget, IDisposable
{
    [ThreadStatic]
    private static EventLoop? t_current;

    /// <summary>The loop that was entered last, by whatever thread, until it is disposed: mostly the one that is asked for.</summary>
    private static EventLoop? s_entered;

    private readonly LoopClock _clock;

    /// <summary>The clock that jumps to the next deadline when nothing can run; null if the clock does not.</summary>
    private VirtualClock? _virtualClock;
    private readonly Inbox _inbox = new();
    private readonly PostedWork _postedWork;
    private readonly int _poolCapacity;
    private readonly ReactorKind _reactorKind;
    private IReactor? _reactor;
    private string? _reactorFallback;
    private Thread _thread;

    /// <summary>Where the loop runs, while it does.</summary>
    private StackPart _stack;

    /// <summary>Where it ran last on this thread.</summary>
    private StackPart _lastStack;

    private object? _baseContextIdentity;
    private bool _isRunning;
    private bool _isDisposed;

    /// <summary>Makes a loop on the system's clock.</summary>
    public EventLoop()
        : this(new EventLoopOptions())
    {
    }

    /// <summary>Makes a loop.</summary>
    /// <param name="options">Its clock and sizes.</param>
    public EventLoop(EventLoopOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _clock = new LoopClock(options.Clock);
        _virtualClock = options.Clock is VirtualClock { AutoAdvance: true } clock ? clock : null;
        LateReports = new LateReports(isDeterministic: options.Clock is VirtualClock);
        _postedWork = new PostedWork(this, _inbox);
        _thread = Thread.CurrentThread;
        IsDebug = options.Debug;
        _reactorKind = ReactorSelection.Resolve(options.Reactor);
        Sockets = ReactorSelection.SocketCallsFor(_reactorKind);
        // Nothing is used again: so that each coroutine's object is a new one, and its end is its garbage collection.
        _poolCapacity = options.Debug ? 0 : options.PoolCapacity;
        _executorThreads = options.ExecutorThreads;
        _slowStep = (options.SlowStepThreshold ?? (options.Debug ? s_slowInDebugMode : default)).Ticks;
        Context = new LoopSynchronizationContext(this, watchesWaits: options.Debug);
        Pools = new TaskPools(_poolCapacity);
        CallbackPools = new TaskPools(_poolCapacity);
        BaseContext = ExecutionContext.Capture();
        Name = options.Name;
        Publish();
    }

    /// <summary>The loop that runs on this thread.</summary>
    /// <exception cref="InvalidOperationException">None does.</exception>
    public static EventLoop Current => CurrentOrNull ?? throw new InvalidOperationException(
        "No event loop runs on this thread. Start one with EventLoop.Run(Main()), or hand the work to a loop with CallSoonThreadSafe.");

    /// <summary>Where an exception goes that nobody else gets: thrown by a callback, or by a task that nobody awaits, which shows when the garbage collector finds it or the loop ends; on a <see cref="VirtualClock"/> when the loop ends, so that each run is like the last. Raised on the loop's thread; without a handler it is written to standard error.</summary>
    public event EventHandler<LoopExceptionEventArgs>? UnhandledException;

    /// <summary>Time on the loop's clock since the loop was made. Resolution 100 ns. Read anew at each call; loop thread only.</summary>
    public TimeSpan Now => new(_clock.Now);

    /// <summary>The clock the loop was made with.</summary>
    public TimeProvider Clock => _clock.Provider;

    /// <summary>How this loop learns that descriptors are ready: what <see cref="EventLoopOptions.Reactor"/> asked for, or what took its place. Loop thread only.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public ReactorKind ReactorKind
    {
        get
        {
            VerifyAccess();
            return Reactor.ReactorKind;
        }
    }

    /// <summary>Why <see cref="ReactorKind"/> is not what <see cref="EventLoopOptions.Reactor"/> asked for, for people; null if it is. Loop thread only.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public string? ReactorFallback
    {
        get
        {
            VerifyAccess();
            _ = Reactor;
            return _reactorFallback;
        }
    }

    internal bool IsDisposed => _isDisposed;

    /// <summary>The synchronization context of whatever the loop runs that is no stream being read.</summary>
    internal LoopSynchronizationContext Context { get; }

    internal static EventLoop? CurrentOrNull => EnteredHere ?? FindCurrent();

    /// <summary>The loop that runs on this thread; null if none does, or if that is not to be told without looking the thread up.</summary>
    internal static EventLoop? EnteredHere
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_entered is { } loop && loop._stack.HoldsCaller ? loop : null;
    }

    // A method of its own: where the compiler takes the look for rare, it makes it a slow one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static EventLoop? FindCurrent() => t_current;

    /// <summary>The task whose step runs, if a task's step runs: what runs is at the front of the ready queue.</summary>
    internal LoopTask? CurrentTask => Ready.RunningNode is LoopTask { IsSpawned: true } task ? task : null;

    /// <summary>How the wait of the node that runs has ended: what its source left there when it signalled. For an awaiter that ends in that step, before it suspends again.</summary>
    internal long EndedWait => Ready.First.Tag;

    /// <summary>A coroutine that the compiler's lowering has just awaited and that its caller is about to run in place.</summary>
    internal LoopTask? AwaitedChild;

    /// <summary>Why an await that has just been tried may not suspend, until its <c>GetResult</c> throws it.</summary>
    internal ExceptionDispatchInfo? RefusedAwait;

    internal ReadyQueue Ready = new(256);

    internal TimerWheel Timers { get; } = new();

    internal TaskPools Pools { get; private set; }

    /// <summary>Those of callbacks, which stay with the loop whatever thread it runs on: no other one takes from them.</summary>
    internal TaskPools CallbackPools { get; }

    internal LateReports LateReports { get; }

    /// <summary>The execution context of tasks that have none of their own.</summary>
    internal ExecutionContext? BaseContext { get; private set; }

    /// <summary>Whether the step that just ran has changed the thread's execution context.</summary>
    internal bool IsContextChanged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ThreadContext.Identity(_thread) != _baseContextIdentity;
    }

    /// <summary>Made on first use: a loop without I/O that never blocks needs no descriptors.</summary>
    /// <remarks>Tests put another one in its place, before.</remarks>
    internal IReactor Reactor
    {
        get => _reactor ??= ReactorSelection.Create(_reactorKind, this, out _reactorFallback);
        set => _reactor = value;
    }

    /// <summary>The socket calls that go with the reactor.</summary>
    internal SocketCalls Sockets { get; }

    /// <summary>Makes <paramref name="node"/>, which waited, ready to run.</summary>
    internal void Signal(LoopNode node)
    {
        node.WaitSource = null;
        Ready.Enqueue(node);
    }

    void IWakeTarget.Signal(LoopNode node) => Signal(node);

    /// <summary>Whether this is the thread to which the loop belongs, running or not, and it has not ended.</summary>
    internal bool IsOfThisThread => !_isDisposed && Thread.CurrentThread == _thread;

    /// <summary>Throws unless this is the thread to which the loop belongs.</summary>
    internal void VerifyAccess()
    {
        if (!_stack.HoldsCaller)
            VerifyThread();
    }

    internal void RestoreBaseContext()
    {
        // There is none where the thread's owner has suppressed the flow.
        if (BaseContext is { } context)
            ExecutionContext.Restore(context);
    }

    internal void ReportUnhandled(Exception exception)
    {
        var context = ExecutionContext.Capture();
        try
        {
            if (UnhandledException is { } handlers)
                handlers(this, new LoopExceptionEventArgs(exception));
            else
                Console.Error.WriteLine($"Unhandled exception in an event loop: {exception}");
        }
        catch (Exception inHandler)
        {
            Console.Error.WriteLine($"An UnhandledException handler failed: {inHandler}{Environment.NewLine}It was called for: {exception}");
        }
        finally
        {
            LeaveHandler(context);
        }
    }

    /// <summary>What a handler has set of <c>AsyncLocal</c> values is its own: what runs next must not see it.</summary>
    private static void LeaveHandler(ExecutionContext? before)
    {
        if (before is not null)
            ExecutionContext.Restore(before);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void VerifyThread()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!IsOfThisThread)
        {
            throw new InvalidOperationException(
                "This belongs to an event loop of another thread. Only CallSoonThreadSafe and members named Post… may be used from here: hand the call to the loop's thread with them.");
        }
    }
}
