namespace Coroutines.Analyzers.Blocking;

/// <summary>What a member of the table does to the thread: decides which rule reports it.</summary>
internal enum BlockingKind
{
    /// <summary>Puts the thread to sleep until somebody else acts: sleep, join, wait.</summary>
    Park,

    /// <summary>Waits for a task, which the coroutine could await.</summary>
    TaskWait,
}
