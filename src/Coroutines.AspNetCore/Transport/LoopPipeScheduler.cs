using System.IO.Pipelines;

namespace Coroutines.AspNetCore;

/// <summary>Lets what waits for a pipe go on on a loop. Any thread.</summary>
internal sealed class LoopPipeScheduler(EventLoop loop) : PipeScheduler
{
    public override void Schedule(Action<object?> action, object? state)
    {
        if (ReferenceEquals(EventLoop.CurrentOrNull, loop))
            loop.CallSoon(static work => work.Action(work.State), (Action: action, State: state));
        else if (!loop.TryPostUntyped(action, state))
            // The loop has ended; whoever waits has to hear of the end somewhere.
            ThreadPool.Schedule(action, state);
    }
}
