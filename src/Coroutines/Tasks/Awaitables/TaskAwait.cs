using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Waiting for a task to end.</summary>
internal static class TaskAwait
{
    public static bool Suspend(LoopTask awaited, LoopTask awaiting)
    {
        if (ReferenceEquals(awaited, awaiting) || (awaited.Details is { Pulls: not null } && PulledTask.RunsFor(awaiting, awaited)))
            throw new InvalidOperationException("A task cannot await itself: it would wait for ever.");
        if (!awaiting.TryPark(awaited, awaited.Loop!))
            return false;
        awaited.AddWaiter(awaiting);
        return true;
    }
}
