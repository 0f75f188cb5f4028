namespace Coroutines;

/// <summary>The state word of a <see cref="CompilerServices.LoopTask"/>. Loop thread only.</summary>
[Flags]
internal enum TaskBits : ushort
{
    None = 0,

    /// <summary>Awaited or spawned. Set once by <c>Consume</c>; cleared when the object is recycled. A second use is refused.</summary>
    Consumed = 1 << 0,

    /// <summary>Runs as a task of its own. Set by <c>Spawn</c>. Without it the object is a cold coroutine or a child of another task.</summary>
    Spawned = 1 << 1,

    /// <summary>Suspensions are refused where the task is now. Follows <see cref="CancelledAsTask"/>, the task's scopes and its group, whenever one of them changes (level-triggered).</summary>
    CancelRequested = 1 << 2,

    /// <summary>The suspension that ends now was cancelled. Set by <c>Cancel</c> or a refused suspension; cleared by the await that reports it.</summary>
    LeafCancelled = 1 << 3,

    /// <summary>Waits for a foreign awaiter, which cannot be abandoned. Set on suspending, cleared by the one wake-up.</summary>
    ForeignWait = 1 << 4,

    /// <summary>Has an <c>ExecutionContext</c> of its own, to be restored around each step.</summary>
    OwnContext = 1 << 5,

    /// <summary>Ended with a result. Excludes the other two outcomes.</summary>
    RanToCompletion = 1 << 6,

    /// <summary>Ended with an exception.</summary>
    Faulted = 1 << 7,

    /// <summary>Ended by cancellation.</summary>
    Cancelled = 1 << 8,

    /// <summary>The task as a whole should end. Set by <c>Cancel</c> on its handle or by the end of the loop, never cleared.</summary>
    CancelledAsTask = 1 << 9,

    /// <summary>Suspensions outside all of the task's own scopes are cancelled: by <see cref="CancelledAsTask"/>, or in the group it was spawned in. Kept here so that nobody has to ask group by group.</summary>
    CancelledFromOutside = 1 << 10,

    /// <summary>Any outcome.</summary>
    Ended = RanToCompletion | Faulted | Cancelled,
}
