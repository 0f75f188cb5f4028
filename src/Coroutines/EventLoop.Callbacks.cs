using System.Runtime.CompilerServices;

namespace Coroutines;

// Callbacks: soon, later, and from other threads.
public sealed partial class EventLoop
{
    /// <summary>Calls <paramref name="callback"/> in the next turn, after what is ready already. Does not suspend; loop thread only.</summary>
    /// <remarks>What it throws goes to <see cref="UnhandledException"/>; the loop goes on. <c>AsyncLocal</c> values flow into it.</remarks>
    /// <param name="callback">What to call.</param>
    /// <returns>A handle that cancels it.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    /// <exception cref="ObjectDisposedException">The loop is disposed.</exception>
    public LoopHandle CallSoon(Action callback) => CallSoon(s_invoke, Checked(callback));

    /// <inheritdoc cref="CallSoon(Action)" />
    /// <remarks>With a callback that captures nothing this allocates nothing.</remarks>
    /// <typeparam name="TState">The type of what is passed to the callback.</typeparam>
    /// <param name="callback">What to call.</param>
    /// <param name="state">Passed to the callback.</param>
    public LoopHandle CallSoon<TState>(Action<TState> callback, TState state)
    {
        var node = NewCallback(callback, state);
        Ready.Enqueue(node);
        return new LoopHandle(node, node.Version);
    }

    /// <summary>Calls <paramref name="callback"/> when <paramref name="delay"/> has passed on the loop's clock. Does not suspend; loop thread only.</summary>
    /// <remarks>Callbacks and delays are due in the order of their deadlines, then of their scheduling. What it throws goes to <see cref="UnhandledException"/>.</remarks>
    /// <param name="delay">How long from now; resolution 100 ns. Not negative.</param>
    /// <param name="callback">What to call.</param>
    /// <returns>A handle that cancels it, at any time in O(1).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public LoopHandle CallLater(TimeSpan delay, Action callback) => CallLater(delay, s_invoke, Checked(callback));

    /// <inheritdoc cref="CallLater(TimeSpan, Action)" />
    /// <typeparam name="TState">The type of what is passed to the callback.</typeparam>
    /// <param name="delay">How long from now; resolution 100 ns. Not negative.</param>
    /// <param name="callback">What to call.</param>
    /// <param name="state">Passed to the callback.</param>
    public LoopHandle CallLater<TState>(TimeSpan delay, Action<TState> callback, TState state)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return Arm(DeadlineAfter(delay), callback, state);
    }

    /// <summary>Calls <paramref name="callback"/> when the loop's clock shows <paramref name="when"/>; if it does so already, in the next turn, and several such in the order of the calls. Does not suspend; loop thread only.</summary>
    /// <param name="when">A time as <see cref="Now"/> gives it.</param>
    /// <param name="callback">What to call.</param>
    /// <returns>A handle that cancels it, at any time in O(1).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="when"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public LoopHandle CallAt(TimeSpan when, Action callback) => CallAt(when, s_invoke, Checked(callback));

    /// <inheritdoc cref="CallAt(TimeSpan, Action)" />
    /// <typeparam name="TState">The type of what is passed to the callback.</typeparam>
    /// <param name="when">A time as <see cref="Now"/> gives it.</param>
    /// <param name="callback">What to call.</param>
    /// <param name="state">Passed to the callback.</param>
    public LoopHandle CallAt<TState>(TimeSpan when, Action<TState> callback, TState state)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(when, TimeSpan.Zero);
        // Those that are due already would else come in the order of their times, unless the wheel is past these.
        return Arm(Math.Max(when.Ticks, _clock.Now), callback, state);
    }

    /// <summary>
    /// Calls <paramref name="callback"/> on the loop's thread in its next turn. From any thread; wakes a loop that is blocked, and costs no system call otherwise.
    /// The order of calls from one thread is kept.
    /// </summary>
    /// <param name="callback">What to call; what it throws goes to <see cref="UnhandledException"/>.</param>
    /// <param name="state">Passed to the callback.</param>
    /// <exception cref="ObjectDisposedException">The loop is disposed.</exception>
    public void CallSoonThreadSafe(Action<object?> callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        PostUntyped(callback, state);
    }

    /// <inheritdoc cref="CallSoonThreadSafe(Action{object?}, object?)" />
    /// <param name="callback">What to call; what it throws goes to <see cref="UnhandledException"/>.</param>
    public void CallSoonThreadSafe(Action callback) => PostUntyped(static action => ((Action)action!)(), Checked(callback));

    internal void PostUntyped(Action<object?> callback, object? state) =>
        ObjectDisposedException.ThrowIf(!TryPostUntyped(callback, state), this);

    /// <summary>As <see cref="CallSoonThreadSafe(Action{object?}, object?)"/>.</summary>
    /// <returns>False if the loop has ended, and the callback is never called.</returns>
    internal bool TryPostUntyped(Action<object?> callback, object? state)
    {
        if (!_inbox.TryPost(callback, state, out bool mustWake))
            return false;
        if (mustWake)
            _reactor!.Wake();
        return true;
    }

    internal void Post<TState>(Action<TState> callback, TState state) => ObjectDisposedException.ThrowIf(!TryPost(callback, state), this);

    internal bool TryPost<TState>(Action<TState> callback, TState state) =>
        TryPostUntyped(static boxed => ((Posted<TState>)boxed!).Call(), new Posted<TState>(callback, state));

    private static readonly Action<Action> s_invoke = static callback => callback();

    private static Action Checked(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return callback;
    }

    private LoopHandle Arm<TState>(long deadline, Action<TState> callback, TState state)
    {
        var node = NewCallback(callback, state);
        node.Deadline = deadline;
        ArmTimer(node);
        return new LoopHandle(node, node.Version);
    }

    /// <summary>A callback that is nowhere yet: the caller makes it ready, or lets it wait for something.</summary>
    /// <param name="callback">What to call.</param>
    /// <param name="state">Passed to the callback.</param>
    /// <param name="comesBack">False for one that may be dropped with what it waits for: its pool must not keep it.</param>
    internal CallbackNode NewCallback<TState>(Action<TState> callback, TState state, bool comesBack = true)
    {
        ArgumentNullException.ThrowIfNull(callback);
        VerifyAccess();
        // For all reference types there is one kind of node, as the runtime would have to look up which one it is. A delegate is called the same way for each of them.
        CallbackNode node = typeof(TState).IsValueType
            ? CallbackNode<TState>.Rent(this, callback, state, comesBack)
            : CallbackNode<object?>.Rent(this, Unsafe.As<Action<object?>>(callback), state, comesBack);
        if (IsContextChanged)
            node.KeepContext();
        return node;
    }

    private sealed class Posted<TState>(Action<TState> callback, TState state)
    {
        public void Call() => callback(state);
    }
}
