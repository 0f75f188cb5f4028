using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Lets a coroutine that holds a lock wait until another one, which holds it meanwhile, says that something has changed. Belongs to the lock's loop; loop thread only.
/// </summary>
/// <remarks>
/// <para>First come, first served. Who is notified joins those who wait for the lock at once, before anybody who asks for it later, and goes on when it has it.</para>
/// <para>The state that is waited for may have changed again by then: test it in a loop, as <see cref="WaitUntil"/> does.</para>
/// </remarks>
[DebuggerDisplay("lock held = {Lock.IsHeld}")]
public sealed partial class LoopCondition : IWaitSource
{
    private readonly LoopLock _mutex;
    private WaitQueue _waiters;

    /// <summary>Makes a condition of what <paramref name="mutex"/> protects. A lock may have several conditions. Loop thread only.</summary>
    /// <param name="mutex">The lock that is held around waiting and notifying.</param>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public LoopCondition(LoopLock mutex)
    {
        ArgumentNullException.ThrowIfNull(mutex);
        mutex.Loop.VerifyAccess();
        _mutex = mutex;
    }

    /// <summary>The lock that is held around waiting and notifying.</summary>
    public LoopLock Lock => _mutex;

    /// <summary>
    /// Releases the lock, waits to be notified, and gets the lock back before it ends, however it ends. Suspends. Loop thread only.
    /// </summary>
    /// <remarks>
    /// Cancelled while it waits, it takes no notification, and ends as cancelled when it has the lock back: that wait cannot be cancelled. Once notified, it ends as usual even if it is
    /// cancelled before it goes on, so no notification is lost. The holder with which the caller acquired the lock stays valid. The caller must be the one who holds the
    /// lock; that somebody does is checked when the coroutine is awaited.
    /// </remarks>
    /// <returns>A cold coroutine.</returns>
    /// <exception cref="InvalidOperationException">Nobody holds the lock, or this is not the loop's thread.</exception>
    [Coroutine]
    public async Coroutine Wait()
    {
        long acquisition = HeldBy();
        try
        {
            await new ConditionWait(this, acquisition);
        }
        finally
        {
            // Who was notified was handed the lock, and who was refused has never let go of it: only the cancelled must still get it.
            if (_mutex.HeldBy != acquisition)
                await new LockReturn(_mutex, acquisition);
        }
    }

    /// <summary>Waits, as <see cref="Wait"/> does, until <paramref name="predicate"/> holds. Suspends unless it holds at once. Loop thread only.</summary>
    /// <param name="predicate">Called with the lock held: before the first wait, and after each notification.</param>
    /// <returns>A cold coroutine.</returns>
    /// <inheritdoc cref="Wait" path="/remarks" />
    /// <exception cref="InvalidOperationException">Nobody holds the lock, or this is not the loop's thread.</exception>
    [Coroutine]
    public async Coroutine WaitUntil(Func<bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        HeldBy();
        while (!predicate())
            await Wait();
    }

    /// <summary>Lets those who wait longest go on, once the lock is released. Does not suspend; loop thread only.</summary>
    /// <param name="count">How many at most; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">Nobody holds the lock, or this is not the loop's thread.</exception>
    public void Notify(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        HeldBy();
        // They cannot be abandoned from here on: a notification that nobody gets would be lost.
        for (; count > 0 && _waiters.TakeFirst() is { } waiter; count--)
            _mutex.AppendReturning(waiter, waiter.Tag);
    }

    /// <summary>Lets the one who waits longest go on, once the lock is released. Does not suspend; loop thread only.</summary>
    /// <exception cref="InvalidOperationException">Nobody holds the lock, or this is not the loop's thread.</exception>
    public void NotifyOne() => Notify(1);

    /// <summary>Lets all who wait go on, one after the other, once the lock is released. Does not suspend; loop thread only.</summary>
    /// <exception cref="InvalidOperationException">Nobody holds the lock, or this is not the loop's thread.</exception>
    public void NotifyAll() => Notify(int.MaxValue);

    internal bool Suspend(LoopTask task, long acquisition)
    {
        // Refused, the task keeps the lock.
        if (!task.TryPark(this, _mutex.Loop))
            return false;
        task.Tag = acquisition;
        _waiters.Append(task);
        _mutex.LetGo();
        return true;
    }

    void IWaitSource.Abandon(LoopNode node) => _waiters.Remove(node);

    string IWaitSource.Describe(LoopNode node) => "a LoopCondition";

    private long HeldBy()
    {
        _mutex.Loop.VerifyAccess();
        if (!_mutex.IsHeld)
            throw new InvalidOperationException("The condition's lock is not held. Wait and notify between acquiring the lock and releasing it.");
        return _mutex.HeldBy;
    }
}
