using Coroutines.Benchmarks.Cases;
using Coroutines.Benchmarks.Measuring;

namespace Coroutines.Benchmarks;

/// <summary>Every case the quick runner knows, in the order in which it prints them.</summary>
internal static class CaseTable
{
    public static readonly Case[] Timed =
    [
        new("switch-1", Operations: 500_000, Rounds: 25,
            new("coroutine", ops => Switch.Generated(1, ops)),
            new("reference", ops => Switch.Reference(1, ops)),
            new("task", ops => Switch.Tasks(1, ops)),
            new("valuetask-pooled", ops => Switch.Pooled(1, ops))),
        new("switch-1000", Operations: 500_000, Rounds: 25,
            new("coroutine", ops => Switch.Generated(1_000, ops)),
            new("reference", ops => Switch.Reference(1_000, ops)),
            new("task", ops => Switch.Tasks(1_000, ops)),
            new("valuetask-pooled", ops => Switch.Pooled(1_000, ops))),
        new("nested5-suspend", Operations: 50_000, Rounds: 20,
            new("coroutine", NestedSuspend.Generated),
            new("reference", NestedSuspend.Reference),
            new("task", NestedSuspend.Tasks),
            new("valuetask-pooled", NestedSuspend.Pooled)),
        new("nested5-complete", Operations: 200_000, Rounds: 20,
            new("coroutine", NestedComplete.Generated),
            new("reference", NestedComplete.Reference),
            new("task", NestedComplete.Tasks),
            new("valuetask-pooled", NestedComplete.Pooled)),
        new("spawn-await", Operations: 100_000, Rounds: 20,
            new("coroutine", SpawnAwait.Generated),
            new("reference", SpawnAwait.Reference),
            new("task", SpawnAwait.Tasks),
            new("valuetask-pooled", SpawnAwait.Pooled)),
        new("run-until-complete", Operations: 100_000, Rounds: 20,
            new("coroutine", RunUntilComplete.Generated),
            new("reference", RunUntilComplete.Reference)),
        new("call-soon", Operations: 500_000, Rounds: 20,
            new Contender("coroutine", ops => CallSoon.Loop(1, ops))),
        new("call-soon-1000", Operations: 500_000, Rounds: 20,
            new Contender("coroutine", ops => CallSoon.Loop(1_000, ops))),
        new("call-later", Operations: 100_000, Rounds: 15,
            new Contender("coroutine", CallLater.Loop)),
        new("delay-100k", Operations: 100_000, Rounds: 10,
            new("coroutine", Delays.Generated),
            new("reference", Delays.Reference)),
        new("delay-1m", Operations: 1_000_000, Rounds: 3,
            new("coroutine", Delays.Generated),
            new("reference", Delays.Reference)),
        new("timer-cancel-10", Operations: 100_000, Rounds: 20,
            new Contender("coroutine", ops => TimerCancel.Loop(10, ops))),
        new("timer-cancel-1m", Operations: 100_000, Rounds: 20,
            new Contender("coroutine", ops => TimerCancel.Loop(1_000_000, ops))),
        new("post-mpsc", Operations: 1_000_000, Rounds: 5,
            new Contender("coroutine", PostMpsc.Loop),
            new Contender("channel", PostMpsc.UnboundedChannel)),
        new("echo-1", Operations: 10_000, Rounds: 4,
            new("coroutine", ops => EchoLoop.Generated(1, ops)),
            new("reference", ops => EchoLoop.Reference(1, ops)),
            new("task", ops => EchoTask.Run(1, ops))),
        new("echo-256", Operations: 256 * 100, Rounds: 4,
            new("coroutine", ops => EchoLoop.Generated(256, ops)),
            new("reference", ops => EchoLoop.Reference(256, ops)),
            new("task", ops => EchoTask.Run(256, ops))),
    ];

    public static readonly LiveCase[] Live =
    [
        new("delay-100k-live", 100_000, new("coroutine", Delays.GeneratedLiveBytes), new("reference", Delays.ReferenceLiveBytes)),
        new("delay-1m-live", 1_000_000, new("coroutine", Delays.GeneratedLiveBytes), new("reference", Delays.ReferenceLiveBytes)),
    ];
}
