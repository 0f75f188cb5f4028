using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Lets a fixed number of coroutines go on together, phase after phase: each waits until all have arrived. Belongs to one loop; loop thread only.
/// </summary>
/// <remarks>A participant that is cancelled while it waits takes its arrival back; the others wait for another one. A broken barrier stays broken until it is reset.</remarks>
[DebuggerDisplay("waiting = {WaitingCount} of {ParticipantCount}, phase = {CurrentPhaseNumber}, broken = {IsBroken}")]
public sealed class LoopBarrier : IWaitSource
{
    private const long Broken = -1;
    private const long WasReset = -2;

    private readonly EventLoop _loop;
    private readonly Action<LoopBarrier>? _action;
    private WaitQueue _waiters;
    private Exception? _cause;
    private bool _isActing;

    /// <summary>Makes a barrier of the loop that runs on this thread.</summary>
    /// <param name="participants">How many go on together; at least one.</param>
    /// <param name="action">Called by the last one to arrive, before any goes on. It does not suspend; if it throws, the barrier breaks, and the last one to arrive gets the exception.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="participants"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public LoopBarrier(int participants, Action<LoopBarrier>? action = null)
        : this(EventLoop.Current, participants, action)
    {
    }

    /// <summary>Makes a barrier of <paramref name="loop"/>. Loop thread only.</summary>
    /// <param name="loop">The loop whose coroutines will share it.</param>
    /// <param name="participants">How many go on together; at least one.</param>
    /// <param name="action">Called by the last one to arrive, before any goes on. It does not suspend; if it throws, the barrier breaks, and the last one to arrive gets the exception.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="participants"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public LoopBarrier(EventLoop loop, int participants, Action<LoopBarrier>? action = null)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(participants);
        loop.VerifyAccess();
        _loop = loop;
        _action = action;
        ParticipantCount = participants;
    }

    /// <summary>How many go on together.</summary>
    public int ParticipantCount { get; }

    /// <summary>How many have arrived and wait for the others.</summary>
    public int WaitingCount { get; private set; }

    /// <summary>How many phases have completed.</summary>
    public long CurrentPhaseNumber { get; private set; }

    /// <summary>Whether it was broken, and not reset since.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>
    /// Arrives and waits for the others. Suspends, unless it is the last one to arrive or the barrier is broken. Loop thread only.
    /// </summary>
    /// <remarks>
    /// Cancelled while it waits, it takes its arrival back. Once the phase has completed, it ends as usual even if it is cancelled before it goes on. All go on in the turn after the last arrival,
    /// in the order of arrival; the last one at once.
    /// </remarks>
    /// <returns>Something to await; its result is the place in the order of arrival, from 0, by which one of them can be chosen for something.</returns>
    public BarrierAwaitable SignalAndWait() => new(this);

    /// <summary>Breaks it: those who wait, and all who arrive until it is reset, get <see cref="BrokenBarrierException"/>. Does not suspend; loop thread only.</summary>
    /// <param name="cause">Becomes the inner exception.</param>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public void Break(Exception? cause = null)
    {
        _loop.VerifyAccess();
        if (IsBroken)
            return;
        IsBroken = true;
        _cause = cause;
        WakeAll(Broken);
    }

    /// <summary>Makes it new, broken or not: those who wait get <see cref="BrokenBarrierException"/>. Does not suspend; loop thread only.</summary>
    /// <exception cref="InvalidOperationException">The barrier's own action calls it, or this is not the loop's thread.</exception>
    public void Reset()
    {
        _loop.VerifyAccess();
        if (_isActing)
            throw new InvalidOperationException("The action of a barrier cannot reset it: its phase is completing. It may break it.");
        WakeAll(WasReset);
        IsBroken = false;
        _cause = null;
    }

    /// <summary>Completes the phase if only one was missing.</summary>
    /// <param name="outcome">How the await ends that does not suspend.</param>
    /// <returns>False if it must wait for others.</returns>
    internal bool TryArriveLast(out long outcome)
    {
        _loop.VerifyAccess();
        outcome = Broken;
        if (IsBroken)
            return true;
        if (_isActing)
            throw new InvalidOperationException("The action of a barrier cannot arrive at it: its phase is completing.");
        if (WaitingCount + 1 < ParticipantCount)
            return false;
        outcome = WaitingCount;
        Complete(TakeArrived(), ref outcome);
        return true;
    }

    internal bool Suspend(LoopTask task)
    {
        if (!task.TryPark(this, _loop))
            return false;
        WaitingCount++;
        _waiters.Append(task);
        return true;
    }

    /// <summary>How the wait has ended of the task that goes on.</summary>
    internal long EndedWait => _loop.EndedWait;

    internal int PlaceOf(long outcome) => outcome switch
    {
        WasReset => throw new BrokenBarrierException("The barrier was reset while this waited for the others."),
        Broken => throw new BrokenBarrierException("The barrier is broken: its phase will not complete. Reset it to use it again.", _cause),
        _ => (int)outcome,
    };

    void IWaitSource.Abandon(LoopNode node)
    {
        WaitingCount--;
        _waiters.Remove(node);
    }

    string IWaitSource.Describe(LoopNode node) => $"a LoopBarrier, at which {WaitingCount} of {ParticipantCount} have arrived";

    // All have arrived: from here on none of them can be cancelled out of the phase, whatever the action does.
    private LoopNode? TakeArrived()
    {
        WaitingCount = 0;
        var arrived = _waiters.TakeAll();
        for (var node = arrived; node is not null; node = node.Next)
            node.WaitSource = null;
        return arrived;
    }

    private void Complete(LoopNode? arrived, ref long outcome)
    {
        try
        {
            Act();
        }
        catch (Exception exception)
        {
            Break(exception);
            throw;
        }
        finally
        {
            if (IsBroken)
                outcome = Broken;
            else
                CurrentPhaseNumber++;
            Wake(arrived);
        }
    }

    private void Act()
    {
        if (_action is null)
            return;
        _isActing = true;
        try
        {
            _action(this);
        }
        finally
        {
            _isActing = false;
        }
    }

    private void Wake(LoopNode? arrived)
    {
        for (long place = 0; arrived is { } node; place++)
        {
            arrived = node.Next;
            node.Next = null;
            node.Prev = null;
            node.Tag = IsBroken ? Broken : place;
            _loop.Signal(node);
        }
    }

    private void WakeAll(long outcome)
    {
        WaitingCount = 0;
        while (_waiters.TakeFirst() is { } waiter)
        {
            waiter.Tag = outcome;
            _loop.Signal(waiter);
        }
    }
}
