namespace Coroutines;

/// <summary>Where a task is in its life.</summary>
public enum CoroutineStatus
{
    /// <summary>It has not ended: it is ready, running or suspended.</summary>
    Running,

    /// <summary>It ran to its end.</summary>
    RanToCompletion,

    /// <summary>An exception left its body.</summary>
    Faulted,

    /// <summary>It was cancelled: <see cref="OperationCanceledException"/> left its body, or would have.</summary>
    Cancelled,
}
