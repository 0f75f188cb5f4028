namespace Coroutines;

/// <summary>How a loop is set up. Read once, by the loop's constructor.</summary>
public sealed class EventLoopOptions
{
    /// <summary>The loop's clock: <see cref="TimeProvider.System"/> unless set; a <see cref="VirtualClock"/> for tests and simulations.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How the loop learns that sockets are ready: what is best on this system unless set. The loop's constructor throws <see cref="PlatformNotSupportedException"/> for one that this system does not have.</summary>
    public ReactorKind Reactor { get; init; }

    /// <summary>A name for the loop; unless set, it has none. The counters of a named loop are published by the meter "Coroutines", with the tag "loop".</summary>
    public string? Name { get; init; }

    /// <summary>
    /// How many finished coroutines of one kind the loop keeps for reuse; 1,048,576 unless set. More than that go to the garbage collector.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int PoolCapacity
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 1 << 20;

    /// <summary>
    /// How many calls of <see cref="EventLoop.RunInExecutor(Action)"/> run at once; unless set, four more than there are processors, but not more than 32.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than one.</exception>
    public int ExecutorThreads
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = Math.Min(32, Environment.ProcessorCount + 4);

    /// <summary>
    /// Whether the first Ctrl-C (SIGINT) or SIGTERM cancels the main coroutine of <see cref="EventLoop.Run(Coroutine, EventLoopOptions?)"/>, so that it can clean up; a second one ends the process as without this. True unless
    /// set. A signal that the program asks for with <see cref="EventLoop.OnSignal"/> is left to it.
    /// </summary>
    public bool CancelOnInterrupt { get; init; } = true;

    /// <summary>
    /// Debug mode: looks for coroutines that were called and never awaited, and for scopes and groups that nobody left, tells where they were made (<see cref="EventLoop.Warning"/>), and
    /// reports steps of 100 ms unless <see cref="SlowStepThreshold"/> is set, and waits of the same length, for a lock, a task, a thread, with the calls that led to them and while they last. It names async methods that left the loop which awaits them. It notes a stack trace for every coroutine and keeps no objects for reuse: for development, not for production. Off unless set.
    /// </summary>
    public bool Debug { get; init; }

    /// <summary>
    /// How long a step may take before <see cref="EventLoop.SlowStep"/> is raised; null, unless set, for not watching steps, which costs two looks at the clock each.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan? SlowStepThreshold
    {
        get;
        init
        {
            if (value is { } threshold)
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(threshold, TimeSpan.Zero);
            field = value;
        }
    }
}
