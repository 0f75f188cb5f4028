namespace Coroutines.Benchmarks.Bars;

/// <summary>The bars this project set itself, as data.</summary>
internal static class BarTable
{
    /// <summary>The contender that has to reach them.</summary>
    public const string Measured = "coroutine";

    public static readonly Bar[] All =
    [
        new AtMostTimes("switch-1", 1.2, "cpp"),
        new FasterThan("switch-1", 4, "task"),
        new AtMostTimes("switch-1000", 1.2, "cpp"),
        new FasterThan("switch-1000", 4, "task"),
        new FasterThan("nested5-suspend", 12, "valuetask-pooled"),
        new FasterThan("nested5-suspend", 25, "task"),
        new FasterThan("nested5-suspend", 5, "cpp"),
        new AtMostTimes("nested5-suspend", 1.5, "rust"),
        new FasterThan("nested5-complete", 6, "valuetask-pooled"),
        new FasterThan("spawn-await", 4, "task"),
        new FasterThan("throw-16", 4, "task"),
        new FasterThan("cancel-16", 100, "task"),
        new AtMostTimes("cancel-16", 2, Measured, OfCase: "return-16"),
        new FasterThan("whenall-100", 1, "task"),
        new FasterThan("channel-pingpong", 1, "channel"),
        new FasterThan("channel-pingpong", 1, "channel-inline"),
        new FasterThan("lock-handoff", 1, "semaphoreslim"),
        new FasterThan("run-until-complete", 50, "asyncio"),
        new FasterThan("call-soon", 100, "uvloop"),
        new FasterThan("call-later", 20, "uvloop"),
        new AtMostNanoseconds("delay-100k", 100),
        new AtMostNanoseconds("delay-1m", 100),
        new AtMostBytes("delay-100k-live", 128),
        new AtMostBytes("delay-1m-live", 128),
        // The same cost, and a cache miss or two that a million timers bring with them.
        new AtMostTimes("timer-cancel-1m", 1.5, Measured, OfCase: "timer-cancel-10"),
        new FasterThan("foreach-stream", 5, "reference"),
        new FasterThan("foreach-stream-suspend", 5, "reference"),
        new AtMostBytes("foreach-stream", 0),
        new AtMostBytes("foreach-stream-suspend", 0),
        new FasterThan("agents-1000", 2, "iterator"),
        new FasterThan("post-mpsc", 1, "channel"),
        new FasterThan("echo-1", 0.95, "c-epoll"),
        new FasterThan("echo-256", 0.95, "c-epoll"),
        new FasterThan("http-plaintext", 0.95, "c-epoll"),
        new AtMostBytes("http-plaintext", 0),
        .. AllocationFree("coroutine"),
        .. AllocationFree("reference"),
    ];

    private static IEnumerable<Bar> AllocationFree(string contender) =>
        from name in (string[])
            ["switch-1", "switch-1000", "nested5-suspend", "nested5-complete", "spawn-await", "return-16", "cancel-16", "whenall-100", "channel-pingpong", "lock-handoff", "run-until-complete", "call-soon",
             "call-later", "delay-100k", "delay-1m", "timer-cancel-10", "timer-cancel-1m", "echo-1", "echo-256"]
        where contender == Measured || !(name is "return-16" or "cancel-16" or "whenall-100" || name.StartsWith("call-", StringComparison.Ordinal) || name.StartsWith("timer-", StringComparison.Ordinal))
        select new AtMostBytes(name, 0, contender);
}
