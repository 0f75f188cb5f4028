namespace Coroutines;

// What a coroutine can wait for without anybody else.
public readonly partial struct Coroutine
{
    /// <summary>
    /// Waits for <paramref name="delay"/> on the loop's clock. Suspends, also for a delay of zero, until a later turn. The time begins when the result is awaited.
    /// </summary>
    /// <remarks>
    /// Delays end in the order of their deadlines, then of their beginnings. Cancellation ends the wait at once and leaves no timer behind. May be called on any thread.
    /// </remarks>
    /// <param name="delay">How long; resolution 100 ns. Not negative.</param>
    /// <returns>Something to await, in a coroutine or in async code that a loop runs.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative.</exception>
    public static DelayAwaitable Delay(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero)
            ThrowNegative(delay);
        return new DelayAwaitable(delay);
    }

    /// <summary>
    /// Lets everything else that is ready run first: goes to the back of the ready queue. Suspends until the next turn. A task whose cancellation was requested
    /// is cancelled here; once it is in the queue, it comes back as usual. May be called on any thread.
    /// </summary>
    /// <returns>Something to await, in a coroutine or in async code that a loop runs.</returns>
    public static YieldAwaitable Yield() => default;

    /// <summary>
    /// Waits for the next turn of the loop: in a program that calls <see cref="EventLoop.RunOnce()"/> once a frame, for the next frame. Another name for <see cref="Yield"/>.
    /// </summary>
    /// <returns>Something to await, in a coroutine or in async code that a loop runs.</returns>
    public static YieldAwaitable NextTurn() => Yield();

    /// <summary>
    /// Waits until nothing else can run: every other task waits for time, for I/O, or for one another. For tests, which then know that everything that follows from what they did has happened.
    /// Suspends, and lets no virtual time pass. Calls under way in <see cref="EventLoop.RunInExecutor(Action)"/> are waited for. Cancellation ends the wait at once.
    /// </summary>
    /// <returns>Something to await, in a coroutine or in async code that a loop runs.</returns>
    public static IdleAwaitable UntilIdle() => default;

    /// <summary>
    /// Ends as cancelled if the running task's suspensions are cancelled here, and completes at once if not: for long computations. Never suspends. Loop thread only.
    /// </summary>
    /// <returns>Something to await in a coroutine.</returns>
    public static CheckpointAwaitable Checkpoint() => default;

    private static void ThrowNegative(TimeSpan delay) => throw new ArgumentOutOfRangeException(
        nameof(delay), delay, "A delay cannot be negative. To wait without end, await a Future<T> that nobody completes.");
}
