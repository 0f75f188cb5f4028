namespace Coroutines.Analyzers.Blocking;

/// <summary>What a member of the table does to the thread: decides which rule reports it, and how severely.</summary>
internal enum BlockingKind
{
    /// <summary>Puts the thread to sleep until somebody else acts: sleep, join, wait.</summary>
    Park,

    /// <summary>Waits for the system: a file, a socket, another process.</summary>
    InputOutput,

    /// <summary>Takes a lock, and waits for it if another thread holds it.</summary>
    Lock,

    /// <summary>May wait, but rarely does for long: output to the console, a value made once.</summary>
    Minor,

    /// <summary>Waits for a task, which the coroutine could await.</summary>
    TaskWait,

    /// <summary>Spreads work over threads and waits for all of them.</summary>
    ForkJoin,

    /// <summary>Computes for long.</summary>
    Computation,

    /// <summary>Hands a callback to another thread, where nothing of the loop may be touched.</summary>
    LeavesLoop,

    /// <summary>Starts a thread, which says plainly that its code runs elsewhere.</summary>
    OwnThread,

    /// <summary>Returns an awaitable, but may do the work before it returns.</summary>
    FakeAsync,

    /// <summary>Waits by the thread pool, though the loop has a wait of its own that means the same.</summary>
    Foreign,

    /// <summary>Calls something that blocks, as far as a scan of its code can tell. Nobody has looked at it.</summary>
    Scanned,
}
