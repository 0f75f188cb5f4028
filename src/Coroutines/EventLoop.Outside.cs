using Coroutines.CompilerServices;

namespace Coroutines;

// Waiting for what happens outside the loop and has no descriptor: tasks of the runtime, processes.
public sealed partial class EventLoop
{
    /// <summary>How many coroutines wait so.</summary>
    private int _outsideWaits;

    /// <summary>Suspends until <paramref name="task"/> has ended, however; does not look at how. Cancelled, it leaves the task to itself.</summary>
    [Coroutine]
    internal async Coroutine EndOf(Task task)
    {
        if (task.IsCompleted)
            return;
        var ended = new Future<Unit>(this);
        _ = task.ContinueWith(
            static (task, state) =>
            {
                // Looked at, so that nobody hears of a failure that the one who waits will see, or has left to itself.
                _ = task.Exception;
                var (loop, ended) = ((EventLoop, Future<Unit>))state!;
                loop.TryPost(static ended => ended.TrySetResult(default), ended);
            },
            (this, ended),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        using (WaitOutside())
            await ended;
    }

    /// <summary>Until the result is disposed virtual time stands still, as it does while somebody waits for a descriptor.</summary>
    internal OutsideWait WaitOutside() => new(this);

    internal readonly struct OutsideWait : IDisposable
    {
        private readonly EventLoop _loop;

        public OutsideWait(EventLoop loop)
        {
            _loop = loop;
            loop._outsideWaits++;
        }

        public void Dispose() => _loop._outsideWaits--;
    }
}
