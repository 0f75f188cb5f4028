using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// A span of a coroutine whose suspensions can be cancelled together: by <see cref="Cancel"/>, or when its deadline has passed.
/// </summary>
/// <remarks>
/// <para>Scopes nest in the task that opens them: the innermost is left first. A cancelled scope is cancelled until it is left: every suspension inside it, and inside the
/// groups opened in it, that no shield protects ends as cancelled, again and again.</para>
/// <para>This block form, <c>using (CancelScope.After(t)) { … }</c>, ends by throwing if the scope cancelled something inside: <see cref="TimeoutException"/> if its deadline
/// did, <see cref="OperationCanceledException"/> if <see cref="Cancel"/> did; nothing, if a scope further out is cancelled too, whose cancellation then goes on. C# gives
/// <see cref="Dispose"/> no other way to say so. The call forms <see cref="Coroutine.MoveOnAfter(Coroutine, TimeSpan)"/> and <see cref="Run"/> absorb
/// instead, at no exception.</para>
/// <para>Belongs to its task's loop; loop thread only.</para>
/// </remarks>
[DebuggerDisplay("cancelled = {IsCancelled}, shielded = {IsShielded}, deadline = {Deadline}")]
public sealed partial class CancelScope : IDisposable
{
    private LoopTask _task;
    private EventLoop _loop;
    private long _due = long.MaxValue;
    private bool _isShielded;
    private bool _isLeft;
    private string? _reason;

    /// <summary>In debug mode, where it was opened.</summary>
    private string? _site;

    private CancelScope(LoopTask task)
    {
        _task = task;
        _loop = task.Loop!;
        Enter();
    }

    /// <summary>Opens a scope without a deadline in the running task, in a stream the one that reads it. Does not suspend.</summary>
    /// <returns>The scope, to be disposed by the coroutine that opened it.</returns>
    /// <exception cref="InvalidOperationException">No coroutine runs here.</exception>
    public static CancelScope Open() => OpenIn(LoopAwaiters.LogicalTask);

    /// <summary>Opens a scope that is cancelled when <paramref name="timeout"/> has passed on the loop's clock. Does not suspend.</summary>
    /// <param name="timeout">How long from now; resolution 100 ns. Not negative.</param>
    /// <inheritdoc cref="Open" />
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    public static CancelScope After(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        var scope = Open();
        scope.Arm(scope._loop.DeadlineAfter(timeout));
        return scope;
    }

    /// <summary>Opens a scope that is cancelled when the loop's clock shows <paramref name="when"/>. Does not suspend.</summary>
    /// <param name="when">A time as <see cref="EventLoop.Now"/> gives it.</param>
    /// <inheritdoc cref="Open" />
    public static CancelScope At(TimeSpan when)
    {
        var scope = Open();
        scope.Arm(when.Ticks);
        return scope;
    }

    /// <summary>Opens a scope inside which cancellation from outside is not felt, so that a clean-up may suspend. Does not suspend.</summary>
    /// <inheritdoc cref="Open" />
    public static CancelScope Shielded()
    {
        var scope = Open();
        scope.IsShielded = true;
        return scope;
    }

    /// <summary>Opens a scope that is cancelled with <paramref name="token"/>. Does not suspend.</summary>
    /// <param name="token">May be cancelled on any thread; the scope then is in the loop's next turn.</param>
    /// <inheritdoc cref="Open" />
    public static CancelScope From(CancellationToken token)
    {
        var scope = Open();
        scope.LinkTo(token);
        return scope;
    }

    /// <summary>Whether the scope is cancelled, by a call or by its deadline.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Whether the scope's cancellation has ended a suspension inside it.</summary>
    public bool HasCancelled { get; internal set; }

    /// <summary>Whether cancellation from outside is kept out. May be changed at any time.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool IsShielded
    {
        get => _isShielded;
        set
        {
            _loop.VerifyAccess();
            if (_isShielded == value)
                return;
            _isShielded = value;
            Refresh();
        }
    }

    /// <summary>When the scope is cancelled, as <see cref="EventLoop.Now"/> gives times; <see cref="TimeSpan.MaxValue"/> for never. May be changed while the scope is open and not cancelled.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public TimeSpan Deadline
    {
        get => new(_due);
        set
        {
            _loop.VerifyAccess();
            if (!_isLeft && !IsCancelled)
                Arm(value.Ticks);
        }
    }

    /// <summary>Cancels the scope: what is suspended inside ends as cancelled, as does every later suspension, until the scope is left. Does not suspend.</summary>
    /// <param name="reason">Becomes part of the exception's message where there is one.</param>
    /// <returns>False if the scope is cancelled already or was left.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool Cancel(string? reason = null)
    {
        _loop.VerifyAccess();
        if (IsCancelled || _isLeft)
            return false;
        _reason = reason;
        IsCancelled = true;
        Disarm();
        Refresh();
        return true;
    }

    /// <summary>Leaves the scope. Does not suspend. A second call does nothing.</summary>
    /// <exception cref="TimeoutException">The deadline has cancelled a suspension inside.</exception>
    /// <exception cref="OperationCanceledException"><see cref="Cancel"/> has.</exception>
    /// <exception cref="InvalidOperationException">This is not the innermost scope of the running task.</exception>
    public void Dispose()
    {
        if (_isLeft)
            return;
        _loop.VerifyAccess();
        VerifyInnermost();
        if (Leave())
            throw CreateException();
    }

    internal CancelScope? Outer { get; private set; }

    /// <summary>The tasks that live in this scope beside the one that opened it, if it is a group's.</summary>
    internal TaskParent? Children { get; set; }

    internal LoopTask Task => _task;

    internal static CancelScope OpenIn(LoopTask task) => new(task);

    /// <summary>Makes a scope that was left, and that nobody else has seen, a scope of another task.</summary>
    internal void Reopen(LoopTask task)
    {
        _task = task;
        _loop = task.Loop!;
        _isShielded = false;
        _isLeft = false;
        _reason = null;
        _due = long.MaxValue;
        IsCancelled = false;
        IsExpired = false;
        HasCancelled = false;
        Enter();
    }

    internal ScopeDeadline? Timer { get; set; }

    internal void Arm(long due)
    {
        Disarm();
        _due = due;
        if (due == long.MaxValue)
            return;
        // One that has fired is in the ready queue, and cannot be armed again before it has run.
        if (Timer is not { IsArmed: false })
            Timer = new ScopeDeadline(this);
        Timer.Deadline = due;
        Timer.IsArmed = true;
        _loop.ArmTimer(Timer);
    }

    internal void Expire(ScopeDeadline timer)
    {
        // It may have been in the ready queue already when the deadline was moved or taken away, or the scope left.
        if (timer != Timer || _due == long.MaxValue || IsCancelled || _isLeft)
            return;
        IsCancelled = true;
        IsExpired = true;
        Refresh();
    }

    /// <summary>Whether it was the deadline that cancelled the scope.</summary>
    internal bool IsExpired { get; private set; }

    internal bool IsLeft => _isLeft;

    /// <summary>Throws unless this is the innermost scope of the running task.</summary>
    internal void VerifyInnermost()
    {
        if (_loop.LogicalTask != _task)
            throw new InvalidOperationException("A cancel scope, or a group, is left by the coroutine that opened it, in the same task.");
        if (_task.Details!.Scope != this)
            throw new InvalidOperationException("Cancel scopes and groups nest: leave the inner ones first. What is opened in a block belongs to that block.");
    }

    /// <summary>Takes the scope off its task, and with it scopes that were left open inside. True if what was cancelled inside ends here: no scope further out asks for it.</summary>
    internal bool Leave()
    {
        if (_isLeft)
            return false;
        while (_task.Details!.Scope is { } inner && inner != this)
            inner.LeaveBehind();
        _isLeft = true;
        Disarm();
        Unlink();
        var outer = Outer;
        Outer = null;
        _task.Details.Scope = outer;
        _task.RefreshOwnCancellation();
        if ((_task.Bits & TaskBits.CancelRequested) == 0)
            return HasCancelled;
        // What ended here goes on outside, to a scope that was cancelled later and has done nothing of its own yet.
        if (HasCancelled)
            LoopTask.MarkScopes(outer);
        return false;
    }

    /// <summary>Ends a scope that its task has not left. What lives in it, if it is a group's, is cancelled.</summary>
    internal void LeaveBehind()
    {
        if (_site is not null)
            _loop.Warn(LoopWarningKind.LeakedScope, $"The {(Children is null ? "cancel scope" : "group")} opened at {_site} was not left by the coroutine that opened it. Open it with using, or await using.");
        IsCancelled = true;
        Children?.LeaveBehind();
        Leave();
    }

    /// <summary>What a block form ends with.</summary>
    internal Exception CreateException() => IsExpired
        ? new TimeoutException("The operation did not finish before its deadline.")
        : new OperationCanceledException(_reason is null ? "The cancel scope was cancelled." : $"The cancel scope was cancelled: {_reason}");

    private void Enter()
    {
        var details = _task.Details ??= new TaskDetails();
        Outer = details.Scope;
        details.Scope = this;
        if (_loop.IsDebug)
            _site = CreationSite.Here();
    }

    private void Refresh()
    {
        if (!_isLeft)
            _task.RefreshCancellation(this);
    }

    private void Disarm()
    {
        if (Timer is not { WaitSource: { } source } timer)
            return;
        source.Abandon(timer);
        timer.WaitSource = null;
        timer.IsArmed = false;
    }
}
