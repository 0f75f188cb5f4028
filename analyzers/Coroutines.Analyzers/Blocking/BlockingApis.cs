using static Coroutines.Analyzers.Blocking.BlockingExemptions;
using static Coroutines.Analyzers.Blocking.BlockingKind;

namespace Coroutines.Analyzers.Blocking;

/// <summary>The table of members that block. To report one more, add its documentation ID here; nothing else changes.</summary>
internal static class BlockingApis
{
    public static readonly BlockingApi[] All =
    [
        .. Rows(Park, "use 'await Coroutine.Delay(…)'", BlockingFix.Delay, None,
            "M:System.Threading.Thread.Sleep(System.Int32)",
            "M:System.Threading.Thread.Sleep(System.TimeSpan)"),

        .. Rows(TaskWait, "await the task", BlockingFix.Await, AwaitedBefore,
            "M:System.Threading.Tasks.Task.Wait",
            "P:System.Threading.Tasks.Task`1.Result",
            "P:System.Threading.Tasks.ValueTask`1.Result",
            "M:System.Runtime.CompilerServices.TaskAwaiter.GetResult",
            "M:System.Runtime.CompilerServices.TaskAwaiter`1.GetResult",
            "M:System.Runtime.CompilerServices.ValueTaskAwaiter.GetResult",
            "M:System.Runtime.CompilerServices.ValueTaskAwaiter`1.GetResult",
            "M:System.Runtime.CompilerServices.ConfiguredTaskAwaitable.ConfiguredTaskAwaiter.GetResult",
            "M:System.Runtime.CompilerServices.ConfiguredTaskAwaitable`1.ConfiguredTaskAwaiter.GetResult",
            "M:System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter.GetResult",
            "M:System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable`1.ConfiguredValueTaskAwaiter.GetResult"),

        .. Rows(TaskWait, "use 'await task.WaitAsync(…)'", BlockingFix.AwaitWithToken, AwaitedBefore,
            "M:System.Threading.Tasks.Task.Wait(System.Threading.CancellationToken)"),

        // Task.WaitAsync throws where these return false, so there is no replacement that means the same.
        .. Rows(TaskWait, "use 'await task.WaitAsync(…)'", BlockingFix.None, AwaitedBefore | ZeroTimeout,
            "M:System.Threading.Tasks.Task.Wait(System.Int32)",
            "M:System.Threading.Tasks.Task.Wait(System.Int32,System.Threading.CancellationToken)",
            "M:System.Threading.Tasks.Task.Wait(System.TimeSpan)",
            "M:System.Threading.Tasks.Task.Wait(System.TimeSpan,System.Threading.CancellationToken)"),

        .. Rows(TaskWait, "use 'await Task.WhenAll(…)'", BlockingFix.AwaitAll, None,
            "M:System.Threading.Tasks.Task.WaitAll(System.Threading.Tasks.Task[])",
            "M:System.Threading.Tasks.Task.WaitAll(System.ReadOnlySpan{System.Threading.Tasks.Task})"),

        .. Rows(TaskWait, "use 'await Task.WhenAll(…)'", BlockingFix.None, ZeroTimeout,
            "M:System.Threading.Tasks.Task.WaitAll(System.Collections.Generic.IEnumerable{System.Threading.Tasks.Task},System.Threading.CancellationToken)",
            "M:System.Threading.Tasks.Task.WaitAll(System.Threading.Tasks.Task[],System.Int32)",
            "M:System.Threading.Tasks.Task.WaitAll(System.Threading.Tasks.Task[],System.Int32,System.Threading.CancellationToken)",
            "M:System.Threading.Tasks.Task.WaitAll(System.Threading.Tasks.Task[],System.Threading.CancellationToken)",
            "M:System.Threading.Tasks.Task.WaitAll(System.Threading.Tasks.Task[],System.TimeSpan)"),

        // Task.WhenAny gives the task where these give its index.
        .. Rows(TaskWait, "use 'await Task.WhenAny(…)'", BlockingFix.None, ZeroTimeout,
            "M:System.Threading.Tasks.Task.WaitAny(System.Threading.Tasks.Task[])",
            "M:System.Threading.Tasks.Task.WaitAny(System.Threading.Tasks.Task[],System.Int32)",
            "M:System.Threading.Tasks.Task.WaitAny(System.Threading.Tasks.Task[],System.Int32,System.Threading.CancellationToken)",
            "M:System.Threading.Tasks.Task.WaitAny(System.Threading.Tasks.Task[],System.Threading.CancellationToken)",
            "M:System.Threading.Tasks.Task.WaitAny(System.Threading.Tasks.Task[],System.TimeSpan)"),
    ];

    private static IEnumerable<BlockingApi> Rows(BlockingKind kind, string advice, BlockingFix fix, BlockingExemptions exemptions, params string[] ids) =>
        ids.Select(id => new BlockingApi(id, kind, advice, fix, exemptions));
}
