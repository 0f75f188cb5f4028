namespace Coroutines;

/// <summary>Brings continuations of ordinary async code back to the loop that awaited. Any thread.</summary>
/// <remarks>A loop does not wait for ordinary async code that nothing on it awaits. What comes back to a loop that has ended goes on in the thread pool, so that its <c>finally</c> blocks run.</remarks>
internal sealed class LoopSynchronizationContext(EventLoop loop) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
    {
        // What a stream answers goes to its reader by way of here: it still runs for the task that reads.
        if (ReferenceEquals(EventLoop.CurrentOrNull, loop) && loop.PullOwner is { } task)
            loop.Post(static work => work.Loop.RunFor(work.Task, work.Version, work.Callback, work.State), (Loop: loop, Task: task, task.Version, Callback: d, State: state));
        else if (!loop.TryPost(static work => work.Callback(work.State), (Callback: d, State: state)))
            base.Post(d, state);
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (ReferenceEquals(EventLoop.CurrentOrNull, loop))
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

    public override SynchronizationContext CreateCopy() => this;
}
