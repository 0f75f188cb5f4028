using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Coroutines.Tests.Diagnostics;

/// <summary>What a watch window shows: the expressions of the attributes, evaluated as a debugger does.</summary>
public partial class DebuggerDisplayTests
{
    [Fact]
    public void Every_object_a_user_holds_says_how_it_is()
    {
        var shown = VirtualLoop.Run(All());
        Assert.Equal(
            [
                "CancelScope: cancelled = False, shielded = True, deadline = 10675199.02:48:05.4775807",
                "CoroutineTask: task \"waiting\" waits for a Future<Int32>",
                "CoroutineTask`1: task is ready",
                "EventLoop: , tasks = 3, ready = 2, timers = 1",
                "Future`1: Running",
                "LoopBarrier: waiting = 0 of 2, phase = 0, broken = False",
                "LoopChannel`1: items = 1, completed = False",
                "LoopCondition: lock held = True",
                "LoopEvent: set = False",
                "LoopHandle: pending = True",
                "LoopLock: held = True",
                "LoopSemaphore: permits = 3",
                "TaskGroup: children = 0, cancelled = False",
            ],
            shown);
    }

    [Fact]
    public void A_task_whose_object_was_used_again_has_succeeded()
    {
        string shown = VirtualLoop.Run(All());
        Assert.Equal("CoroutineTask: RanToCompletion", shown);

        static async Coroutine<string> All()
        {
            var task = EventLoop.Current.Spawn(Nothing());
            await task;
            return Show(task);
        }
    }

    [Coroutine]
    private static async Coroutine<List<string>> All()
    {
        var loop = EventLoop.Current;
        var future = new Future<int>();
        var waiting = loop.Spawn(Wait(future), "waiting");
        await Coroutine.Yield();
        var fresh = loop.Spawn(Seven());
        var mutex = new LoopLock();
        using var held = await mutex.Acquire();
        var channel = LoopChannel.CreateUnbounded<int>();
        channel.TryWrite(1);
        var handle = loop.CallLater(TimeSpan.FromSeconds(1), static () => { });
        using var scope = CancelScope.Shielded();
        await using var group = new TaskGroup();
        var shown = new List<string>();
        foreach (object value in new object[]
        {
            scope, waiting, fresh, loop, future, new LoopBarrier(2), channel, new LoopCondition(mutex), new LoopEvent(), handle, mutex, new LoopSemaphore(3), group,
        })
        {
            shown.Add(Show(value));
        }

        waiting.Cancel();
        await group.Join();
        return shown;
    }

    private static string Show(object value)
    {
        string text = value.GetType().GetCustomAttribute<DebuggerDisplayAttribute>()!.Value;
        return $"{value.GetType().Name}: {Expression().Replace(text, match => Evaluate(value, match.Groups["path"].Value))}";
    }

    private static string Evaluate(object? value, string path)
    {
        foreach (string member in path.Split('.'))
        {
            const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
            var type = value!.GetType();
            value = type.GetProperty(member, Any) is { } property ? property.GetValue(value) : type.GetField(member, Any)!.GetValue(value);
        }

        return $"{value}";
    }

    [Coroutine]
    private static async Coroutine Wait(Future<int> future) => await future;

    [Coroutine]
    private static async Coroutine<int> Seven() => 7;

    [Coroutine]
    private static async Coroutine Nothing()
    {
    }

    [GeneratedRegex(@"\{(?<path>[\w.]+)(,nq)?\}")]
    private static partial Regex Expression();
}
