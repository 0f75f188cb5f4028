using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// A signal that coroutines wait for. Reset by hand, it lets everybody pass while it is set; resetting itself, it lets one pass each time it is set. Belongs to one loop; loop thread only.
/// </summary>
/// <remarks>
/// Those who wait are resumed in the order in which they came, in the turn after <see cref="Set"/>; what happens in between, a <see cref="Reset"/> or a cancellation, does not take
/// the signal from them. Another thread sets it through <see cref="EventLoop.CallSoonThreadSafe(Action)"/>.
/// </remarks>
[DebuggerDisplay("set = {IsSet}")]
public sealed class LoopEvent : IWaitSource
{
    private readonly EventLoop _loop;
    private readonly EventResetMode _mode;
    private WaitQueue _waiters;

    /// <summary>Makes an event of the loop that runs on this thread.</summary>
    /// <param name="mode">Reset by hand, or by the one who passes.</param>
    /// <param name="isSet">Whether it is set at first.</param>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public LoopEvent(EventResetMode mode = EventResetMode.ManualReset, bool isSet = false)
        : this(EventLoop.Current, mode, isSet)
    {
    }

    /// <summary>Makes an event of <paramref name="loop"/>. Loop thread only.</summary>
    /// <param name="loop">The loop whose coroutines will share it.</param>
    /// <param name="mode">Reset by hand, or by the one who passes.</param>
    /// <param name="isSet">Whether it is set at first.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mode"/> is neither.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public LoopEvent(EventLoop loop, EventResetMode mode = EventResetMode.ManualReset, bool isSet = false)
    {
        ArgumentNullException.ThrowIfNull(loop);
        if (mode is not (EventResetMode.ManualReset or EventResetMode.AutoReset))
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "An event is reset manually or automatically.");
        loop.VerifyAccess();
        _loop = loop;
        _mode = mode;
        IsSet = isSet;
    }

    /// <summary>Whether the next <see cref="Wait"/> passes without suspending.</summary>
    public bool IsSet { get; private set; }

    /// <summary>Waits for the signal. Suspends unless the event is set; if it resets itself, passing resets it. Loop thread only.</summary>
    /// <remarks>Cancelled while it waits, it gives up its place and takes no signal. Once it was signalled, it ends as usual even if it is cancelled before it goes on.</remarks>
    /// <returns>Something to await.</returns>
    public EventAwaitable Wait() => new(this);

    /// <summary>
    /// Sets it. Reset by hand, it resumes all who wait; resetting itself, the one who waits longest, and stays set only if nobody waits. Setting it again does nothing. Does not
    /// suspend; loop thread only.
    /// </summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public void Set()
    {
        _loop.VerifyAccess();
        if (_mode == EventResetMode.AutoReset)
        {
            if (_waiters.TakeFirst() is { } next)
                _loop.Signal(next);
            else
                IsSet = true;
            return;
        }

        IsSet = true;
        while (_waiters.TakeFirst() is { } waiter)
            _loop.Signal(waiter);
    }

    /// <summary>Takes the signal back, as far as nobody has got it. Does not suspend; loop thread only.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public void Reset()
    {
        _loop.VerifyAccess();
        IsSet = false;
    }

    internal bool TryPass()
    {
        _loop.VerifyAccess();
        if (!IsSet)
            return false;
        if (_mode == EventResetMode.AutoReset)
            IsSet = false;
        return true;
    }

    internal bool Suspend(LoopTask task)
    {
        if (!task.TryPark(this, _loop))
            return false;
        _waiters.Append(task);
        return true;
    }

    void IWaitSource.Abandon(LoopNode node) => _waiters.Remove(node);

    string IWaitSource.Describe(LoopNode node) => "a LoopEvent";
}
