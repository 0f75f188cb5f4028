using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

// Steps that keep everybody else waiting.
public sealed partial class EventLoop
{
    /// <summary>What <see cref="EventLoopOptions.SlowStepThreshold"/> says, in ticks; 0 if steps are not watched.</summary>
    private readonly long _slowStep;

    /// <summary>
    /// Raised on the loop's thread after a step of a task or callback that took at least <see cref="EventLoopOptions.SlowStepThreshold"/>. Without a handler it is written to standard error.
    /// </summary>
    public event EventHandler<SlowStepEventArgs>? SlowStep;

    // Any batch, with a look at the clock around each step. A step that throws is reported by its exception only.
    [StackTraceHidden]
    private void RunBatchWatched()
    {
        do
        {
            var node = Ready.First;
            // What ends in the step is forgotten after it.
            var task = node as LoopTask;
            string? name = task?.Details?.Name;
            int version = task?.Version ?? 0;
            long began = _clock.Now;
            node.Run();
            long took = _clock.Now - began;
            if (IsContextChanged)
                LeaveContext(node);
            if (IsDebug && task is { IsSpawned: true, IsEnded: false } && task.Is(version))
                (task.Details ??= new TaskDetails()).SuspendedAt = new TimeSpan(began + took);
            if (took < _slowStep)
                continue;
            // Who is told is neither in this step any more nor in the next one yet.
            Ready.ReplaceFirst(_postedWork);
            Tell(SlowStep, new SlowStepEventArgs(new TimeSpan(took), name, task is not null, CallsOf(task, version)));
        }
        while (Ready.Advance());

        _turns++;
    }

    private static IReadOnlyList<string> CallsOf(LoopTask? task, int version)
    {
        if (task is not { IsSpawned: true, IsEnded: false } || !task.Is(version))
            return [];
        var chain = new CallChain();
        task.Describe(chain);
        return chain.Calls;
    }
}
