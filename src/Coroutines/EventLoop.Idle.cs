using Coroutines.CompilerServices;

namespace Coroutines;

// Waiting until nothing else can run, and moving virtual time by hand.
public sealed partial class EventLoop
{
    internal IdleWaiters Idle { get; } = new();

    /// <summary>
    /// Moves the loop's <see cref="VirtualClock"/> forward, from one deadline to the next: what is due runs, with all that follows from it, before the clock moves on. Suspends until the whole time
    /// has passed and nothing can run any more.
    /// </summary>
    /// <remarks>
    /// For tests and simulations with <see cref="VirtualClock.AutoAdvance"/> switched off, whose time moves only when they say so. Calls under way in <see cref="RunInExecutor(Action)"/> are waited for.
    /// Cancelled, it leaves the clock where it is. Loop thread only.
    /// </remarks>
    /// <param name="by">How far. Not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative: time does not run backwards.</exception>
    /// <exception cref="InvalidOperationException">The loop's clock is not a virtual one, or this is not the loop's thread.</exception>
    /// <exception cref="OperationCanceledException">The await was cancelled.</exception>
    [Coroutine]
    public async Coroutine Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        VerifyAccess();
        if (Clock is not VirtualClock clock)
            throw new InvalidOperationException("Only virtual time can be moved. Make the loop with EventLoopOptions { Clock = new VirtualClock() }.");
        long target = DeadlineAfter(by);
        await Coroutine.UntilIdle();
        // The last of all times stands for no timer.
        while (Timers.NextDeadline() is var next and not long.MaxValue && next <= target)
        {
            clock.Advance(new TimeSpan(Math.Max(0, next - _clock.Now)));
            await Coroutine.UntilIdle();
        }

        // It may have been moved by somebody else meanwhile.
        clock.Advance(new TimeSpan(Math.Max(0, target - _clock.Now)));
    }

    /// <summary>With nothing ready: wakes those who wait for that, unless work comes back from other threads first.</summary>
    private void EndIdleWaits()
    {
        if (_reactor is { HasInterest: true } reactor)
            reactor.Poll(0);
        if (!Ready.IsEmpty || _executorWork > 0 || !_inbox.IsEmpty)
            return;
        while (Idle.Queue.TakeFirst() is { } waiter)
            Signal(waiter);
    }

    /// <summary>Those who wait until nothing else can run.</summary>
    internal sealed class IdleWaiters : IWaitSource
    {
        public WaitQueue Queue;

        public void Abandon(LoopNode node) => Queue.Remove(node);

        public string Describe(LoopNode node) => "nothing else to run";
    }
}
