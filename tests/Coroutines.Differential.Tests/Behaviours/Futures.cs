using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

public static partial class Futures
{
    [Behaviour("1 got 5", "1 ended")]
    [Coroutine]
    public static async Coroutine A_completed_future_does_not_suspend(Trace trace)
    {
        var future = new Future<int>(trace.Loop);
        future.SetResult(5);
        trace.Add($"got {await future}");
    }

    [Behaviour("2 set", "3 a got 5", "3 b got 5", "3 c got 5", "4 ended")]
    [Coroutine]
    public static async Coroutine Many_awaiters_resume_in_the_order_in_which_they_came(Trace trace)
    {
        var future = new Future<int>(trace.Loop);
        trace.Loop.Spawn(Await(trace, "a", future));
        trace.Loop.Spawn(Await(trace, "b", future));
        var last = trace.Loop.Spawn(Await(trace, "c", future));
        await Coroutine.Yield();
        trace.Add("set");
        future.SetResult(5);
        await last;
    }

    [Behaviour("2 fail", "3 a caught InvalidOperationException: boom", "3 b caught InvalidOperationException: boom", "4 ended")]
    [Coroutine]
    public static async Coroutine An_exception_reaches_every_awaiter(Trace trace)
    {
        var future = new Future<int>(trace.Loop);
        trace.Loop.Spawn(Await(trace, "a", future));
        var last = trace.Loop.Spawn(Await(trace, "b", future));
        await Coroutine.Yield();
        trace.Add("fail");
        future.SetException(new InvalidOperationException("boom"));
        await last;
    }

    [Behaviour("2 cancel", "3 a caught OperationCanceledException", "4 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_future_throws_in_its_awaiters(Trace trace)
    {
        var future = new Future<int>(trace.Loop);
        var waiter = trace.Loop.Spawn(Await(trace, "a", future));
        await Coroutine.Yield();
        trace.Add("cancel");
        future.Cancel();
        await waiter;
    }

    [Behaviour("1 True False False", "1 got 1", "1 ended")]
    [Coroutine]
    public static async Coroutine Only_the_first_completion_counts(Trace trace)
    {
        var future = new Future<int>(trace.Loop);
        trace.Add($"{future.TrySetResult(1)} {future.TrySetResult(2)} {future.Cancel()}");
        trace.Add($"got {await future}");
    }

    [Behaviour("2 set", "3 callback 5", "3 a got 5", "3 ended")]
    [Coroutine]
    public static async Coroutine Callbacks_and_awaiters_share_one_order(Trace trace)
    {
        var future = new Future<int>(trace.Loop);
        s_trace.Value = trace;
        future.OnCompleted(static completed => s_trace.Value!.Add($"callback {completed.Result}"));
        trace.Loop.CallSoon(static state => state.Set(), new Setting(trace, future));
        await Await(trace, "a", future);
    }

    [Behaviour("2 set", "3 got 1", "3 got 2", "3 ended")]
    [Coroutine]
    public static async Coroutine Two_futures_set_in_one_turn_are_awaited_one_after_the_other(Trace trace)
    {
        var first = new Future<int>(trace.Loop);
        var second = new Future<int>(trace.Loop);
        trace.Loop.CallSoon(static state => state.First.SetResult(1), (First: first, Trace: trace));
        trace.Loop.CallSoon(static state => state.Set(2), new Setting(trace, second));
        trace.Add($"got {await first}");
        trace.Add($"got {await second}");
    }

    [Behaviour("2@10 fired", "2@10 set", "3@10 got 8", "3@10 ended")]
    [Coroutine]
    public static async Coroutine A_timer_sets_a_future(Trace trace)
    {
        var future = new Future<int>(trace.Loop);
        trace.Loop.CallLater(TimeSpan.FromMilliseconds(10), static setting => setting.Fire(8), new Setting(trace, future));
        trace.Add($"got {await future}");
    }

    [Behaviour("1 ended", "2 unhandled InvalidOperationException: nobody")]
    [Coroutine]
    public static async Coroutine An_exception_nobody_awaits_is_reported_at_the_end(Trace trace)
    {
        var future = new Future<int>(trace.Loop);
        future.SetException(new InvalidOperationException("nobody"));
    }

    [Behaviour("2@10 one", "3@20 two", "3@20 ended")]
    [Coroutine]
    public static async Coroutine A_future_is_reset_and_awaited_again(Trace trace)
    {
        var future = new Future<string>(trace.Loop);
        future.SetResult("one");
        await Milliseconds(10);
        trace.Add(await future);
        future.Reset();
        future.SetResult("two");
        await Milliseconds(10);
        trace.Add(await future);
    }

    [Coroutine]
    private static async Coroutine Await(Trace trace, string name, Future<int> future)
    {
        try
        {
            trace.Add($"{name} got {await future}");
        }
        catch (Exception exception)
        {
            trace.Add($"{name} caught {Trace.Describe(exception)}");
        }
    }

    private static readonly ThreadLocal<Trace?> s_trace = new();

    private sealed class Setting(Trace trace, Future<int> future)
    {
        public void Set() => Set(5);

        public void Set(int value)
        {
            trace.Add("set");
            future.SetResult(value);
        }

        public void Fire(int value)
        {
            trace.Add("fired");
            Set(value);
        }
    }
}
