using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Lets a number of coroutines at a time past: <c>using (await semaphore.Acquire()) { … }</c>, also across suspensions. Belongs to one loop; loop thread only.
/// </summary>
/// <remarks>
/// First come, first served: a permit that is released goes to the one who waits longest, so nobody can take it in between. With a maximum, a release too many is
/// refused; without one, it adds a permit.
/// </remarks>
[DebuggerDisplay("permits = {CurrentCount}")]
public sealed class LoopSemaphore : IWaitSource
{
    private readonly EventLoop _loop;
    private readonly int _maximum;
    private WaitQueue _waiters;

    /// <summary>Makes a semaphore of the loop that runs on this thread.</summary>
    /// <param name="initial">How many permits there are at first; not negative.</param>
    /// <param name="maximum">How many there may be, at least one and not fewer than at first; null for no limit but that of an <see cref="int"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, the maximum is 0 or smaller than <paramref name="initial"/>.</exception>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public LoopSemaphore(int initial, int? maximum = null)
        : this(EventLoop.Current, initial, maximum)
    {
    }

    /// <summary>Makes a semaphore of <paramref name="loop"/>. Loop thread only.</summary>
    /// <param name="loop">The loop whose coroutines will share it.</param>
    /// <param name="initial">How many permits there are at first; not negative.</param>
    /// <param name="maximum">How many there may be, at least one and not fewer than at first; null for no limit but that of an <see cref="int"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, the maximum is 0 or smaller than <paramref name="initial"/>.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public LoopSemaphore(EventLoop loop, int initial, int? maximum = null)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentOutOfRangeException.ThrowIfNegative(initial);
        int most = maximum ?? int.MaxValue;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most, nameof(maximum));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initial, most);
        loop.VerifyAccess();
        _loop = loop;
        _maximum = most;
        CurrentCount = initial;
    }

    /// <summary>How many permits can be acquired without waiting. While somebody waits, none.</summary>
    public int CurrentCount { get; private set; }

    /// <summary>Acquires a permit. Suspends while there is none. Loop thread only.</summary>
    /// <remarks>
    /// Cancelled while it waits, it gives up its place and nothing else. Once it was handed a permit, it has it, and the await ends as usual even if it is cancelled before it goes on.
    /// </remarks>
    /// <returns>Something to await; its result releases the permit when disposed. The place in the queue is that of the <c>await</c>.</returns>
    public SemaphoreAwaitable Acquire() => new(this);

    /// <summary>Acquires a permit if there is one. Does not suspend; loop thread only.</summary>
    /// <param name="permit">Releases the permit when disposed; the default value if there was none, which must not be disposed.</param>
    /// <returns>False if there was none.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool TryAcquire(out Permit permit)
    {
        bool taken = TryTake();
        permit = taken ? new Permit(this) : default;
        return taken;
    }

    /// <summary>Gives permits: back, for who acquired them without keeping the <see cref="Permit"/>, or new ones. Does not suspend; loop thread only.</summary>
    /// <param name="count">How many; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    /// <exception cref="SemaphoreFullException">There would be more than the maximum. None is given then.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public void Release(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _loop.VerifyAccess();
        // Those who wait hold nothing yet: what they are handed was in nobody's hands but the one's who releases.
        if (count > _maximum - CurrentCount)
            ThrowFull();
        for (; count > 0; count--)
        {
            if (_waiters.TakeFirst() is { } next)
            {
                _loop.Signal(next);
            }
            else
            {
                CurrentCount += count;
                return;
            }
        }
    }

    internal bool TryTake()
    {
        _loop.VerifyAccess();
        if (CurrentCount == 0)
            return false;
        CurrentCount--;
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

    string IWaitSource.Describe(LoopNode node) => "a LoopSemaphore";

    private void ThrowFull() => throw new SemaphoreFullException(
        $"The semaphore has at most {_maximum} permits, and this release would give it more. Something released a permit that it had not acquired, or released one twice.");

    /// <summary>A permit of a <see cref="LoopSemaphore"/>: dispose it, once, to give it back. May be handed to another task of the loop.</summary>
    public readonly struct Permit : IDisposable
    {
        private readonly LoopSemaphore? _semaphore;

        internal Permit(LoopSemaphore semaphore) => _semaphore = semaphore;

        /// <summary>Gives the permit back, to who waits longest. Does not suspend; loop thread only. Permits are alike: a second call gives one that somebody else has.</summary>
        /// <exception cref="SemaphoreFullException">The semaphore has all its permits already.</exception>
        /// <exception cref="InvalidOperationException">This is the default value; or not the loop's thread.</exception>
        public void Dispose()
        {
            if (_semaphore is null)
                throw new InvalidOperationException("This is default(LoopSemaphore.Permit), which permits nothing. Dispose what await Acquire() gave, or what TryAcquire gave if it returned true.");
            _semaphore.Release();
        }
    }
}
