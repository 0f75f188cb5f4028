namespace Coroutines;

/// <summary>Brings continuations of ordinary async code back to the loop that awaited. Any thread.</summary>
/// <remarks>A loop does not wait for ordinary async code that nothing on it awaits. What comes back to a loop that has ended goes on in the thread pool, so that its <c>finally</c> blocks run.</remarks>
internal class LoopSynchronizationContext : SynchronizationContext
{
    /// <summary>What the runtime's wait returns when the time is over.</summary>
    private const int TimedOut = 0x102;

    [ThreadStatic]
    private static bool t_tells;

    /// <param name="loop">Where continuations go.</param>
    /// <param name="watchesWaits">Whether the runtime asks here before it waits.</param>
    public LoopSynchronizationContext(EventLoop loop, bool watchesWaits)
    {
        Loop = loop;
        if (watchesWaits)
            SetWaitNotificationRequired();
    }

    /// <summary>Whether code that waits here may be called on that loop instead of being posted to it.</summary>
    public virtual bool MayBeCalledOn(EventLoop loop) => ReferenceEquals(Loop, loop);

    protected EventLoop Loop { get; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Loop.IsDebug && !ReferenceEquals(EventLoop.CurrentOrNull, Loop))
            Loop.WarnOfLeaving();
        // What a stream answers goes to its reader by way of here: it still runs for the task that reads.
        if (ReferenceEquals(EventLoop.CurrentOrNull, Loop) && Loop.PullOwner is { } task)
            Loop.Post(static work => work.Loop.RunFor(work.Task, work.Version, work.Callback, work.State), (Loop: Loop, Task: task, task.Version, Callback: d, State: state));
        else if (!Loop.TryPost(static work => work.Callback(work.State), (Callback: d, State: state)))
            base.Post(d, state);
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        // Also between two runs: what waits for the next one here keeps it from coming.
        if (Loop.IsOfThisThread)
        {
            d(state);
            return;
        }

        var done = new TaskCompletionSource();
        Post(
            _ =>
            {
                try
                {
                    d(state);
                    done.SetResult();
                }
                catch (Exception exception)
                {
                    done.SetException(exception);
                }
            },
            null);
        done.Task.GetAwaiter().GetResult();
    }

    /// <summary>A wait of this thread. One that lasts is told while it lasts, for it may never end.</summary>
    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        int patience = Loop.WaitPatience;
        // Telling may wait itself, for the lock of the console. A negative time-out has no end.
        if (t_tells || (uint)millisecondsTimeout <= (uint)patience || !ReferenceEquals(EventLoop.CurrentOrNull, Loop))
            return WaitHelper(waitHandles, waitAll, millisecondsTimeout);

        int signalled = WaitHelper(waitHandles, waitAll, patience);
        if (signalled != TimedOut)
            return signalled;

        t_tells = true;
        try
        {
            Loop.WarnOfWait();
        }
        finally
        {
            t_tells = false;
        }

        return WaitHelper(waitHandles, waitAll, millisecondsTimeout < 0 ? millisecondsTimeout : millisecondsTimeout - patience);
    }

    public override SynchronizationContext CreateCopy() => this;
}
