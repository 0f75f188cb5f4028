using System.Runtime.CompilerServices;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>Awaiting what knows nothing of loops.</summary>
public static partial class Foreign
{
    [Behaviour("1 before", "1 after", "1 ended")]
    [Coroutine]
    public static async Coroutine A_completed_task_does_not_suspend(Trace trace)
    {
        trace.Add("before");
        await Task.CompletedTask;
        trace.Add("after");
    }

    [Behaviour("1 5 6", "1 ended")]
    [Coroutine]
    public static async Coroutine Completed_tasks_and_value_tasks_give_their_results_at_once(Trace trace) =>
        trace.Add($"{await Task.FromResult(5)} {await new ValueTask<int>(6)}");

    [Behaviour("2 set", "3 got 7", "3 ended")]
    [Coroutine]
    public static async Coroutine A_task_completed_on_the_loop_resumes_in_the_next_turn(Trace trace)
    {
        var source = new TaskCompletionSource<int>();
        trace.Loop.CallSoon(static setting => setting.Set(7), new Setting<int>(trace, source));
        trace.Add($"got {await source.Task}");
    }

    [Behaviour("2 set", "3 got x", "3 ended")]
    [Coroutine]
    public static async Coroutine A_value_task_over_a_task_resumes_in_the_next_turn(Trace trace)
    {
        var source = new TaskCompletionSource<string>();
        trace.Loop.CallSoon(static setting => setting.Set("x"), new Setting<string>(trace, source));
        trace.Add($"got {await new ValueTask<string>(source.Task)}");
    }

    [Behaviour("2 fail", "3 caught InvalidOperationException: boom", "3 ended")]
    [Coroutine]
    public static async Coroutine The_exception_of_a_task_is_thrown_by_its_await(Trace trace)
    {
        var source = new TaskCompletionSource<int>();
        trace.Loop.CallSoon(static setting => setting.Fail("boom"), new Setting<int>(trace, source));
        try
        {
            trace.Add($"got {await source.Task}");
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 caught OperationCanceledException", "1 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_task_throws(Trace trace)
    {
        try
        {
            await Task.FromCanceled(new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 ended cancelled")]
    [Coroutine]
    public static async Coroutine A_cancelled_foreign_task_cancels_the_coroutine_that_lets_it_pass(Trace trace) =>
        await Task.FromCanceled(new CancellationToken(canceled: true));

    [Behaviour("2 called back", "3 got 3", "3 ended")]
    [Coroutine]
    public static async Coroutine A_custom_awaiter_resumes_in_the_turn_after_its_callback(Trace trace) =>
        trace.Add($"got {await new Custom(trace, 3, isCompleted: false)}");

    [Behaviour("1 got 3", "1 ended")]
    [Coroutine]
    public static async Coroutine A_completed_custom_awaiter_does_not_suspend(Trace trace) =>
        trace.Add($"got {await new Custom(trace, 3, isCompleted: true)}");

    [Behaviour("2 called back", "2 called back again", "3 got 4", "4 after", "4 ended")]
    [Coroutine]
    public static async Coroutine A_custom_awaiter_that_calls_back_twice_resumes_once(Trace trace)
    {
        trace.Add($"got {await new Twice(trace, 4)}");
        await Coroutine.Yield();
        trace.Add("after");
    }

    [Behaviour("1 called in place", "2 got 5", "2 ended")]
    [Coroutine]
    public static async Coroutine A_custom_awaiter_may_call_back_in_place(Trace trace) => trace.Add($"got {await new InPlace(trace, 5)}");

    [Behaviour("1 extended", "3@7 after", "3@7 ended")]
    [Coroutine]
    public static async Coroutine An_extension_makes_anything_awaitable(Trace trace)
    {
        trace.Add("extended");
        await TimeSpan.FromMilliseconds(7);
        trace.Add("after");
    }

    [Behaviour("2 set", "3 caught KeyNotFoundException: none", "3 finally", "3 ended")]
    [Coroutine]
    public static async Coroutine A_foreign_await_stands_in_a_try(Trace trace)
    {
        var source = new TaskCompletionSource<int>();
        trace.Loop.CallSoon(static setting => setting.Set(1), new Setting<int>(trace, source));
        try
        {
            if (await source.Task == 1)
                throw new KeyNotFoundException("none");
        }
        catch (KeyNotFoundException exception)
        {
            trace.Caught(exception);
        }
        finally
        {
            trace.Add("finally");
        }
    }

    [Behaviour("2 set", "3 first", "3 second", "3 ended")]
    [Coroutine]
    public static async Coroutine ConfigureAwait_still_resumes_on_the_loop(Trace trace)
    {
        var source = new TaskCompletionSource<int>();
        trace.Loop.CallSoon(static setting => setting.Set(1), new Setting<int>(trace, source));
        await source.Task.ConfigureAwait(true);
        trace.Add("first");
        await source.Task.ConfigureAwait(false);
        trace.Add("second");
    }

    [Behaviour("1 inside 1", "2 set", "2 inside 2", "3 outside 2", "3 ended")]
    [Coroutine]
    public static async Coroutine An_async_method_is_awaited(Trace trace)
    {
        var source = new TaskCompletionSource<int>();
        trace.Loop.CallSoon(static setting => setting.Set(2), new Setting<int>(trace, source));
        trace.Add($"outside {await Ordinary(trace, source.Task)}");
    }

    [Behaviour("2@10 slept", "2@10 True", "2@10 ended")]
    [Coroutine]
    public static async Coroutine A_cancellation_token_passed_to_foreign_code_works(Trace trace)
    {
        using var cancel = new CancellationTokenSource();
        var source = new TaskCompletionSource<int>();
        using var registration = cancel.Token.Register(static state => ((TaskCompletionSource<int>)state!).TrySetCanceled(), source);
        await Milliseconds(10);
        trace.Add("slept");
        cancel.Cancel();
        trace.Add($"{source.Task.IsCanceled}");
    }

    private static async Task<int> Ordinary(Trace trace, Task<int> task)
    {
        trace.Add("inside 1");
        int result = await task;
        trace.Add($"inside {result}");
        return result;
    }

    private static YieldingDelay GetAwaiter(this TimeSpan delay) => new(Coroutine.Delay(delay).GetAwaiter());

    private sealed class Setting<T>(Trace trace, TaskCompletionSource<T> source)
    {
        public void Set(T value)
        {
            trace.Add("set");
            source.SetResult(value);
        }

        public void Fail(string message)
        {
            trace.Add("fail");
            source.SetException(new InvalidOperationException(message));
        }
    }

    private readonly struct YieldingDelay(DelayAwaitable.Awaiter awaiter) : ICriticalNotifyCompletion
    {
        private readonly DelayAwaitable.Awaiter _awaiter = awaiter;

        public bool IsCompleted => false;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => _awaiter.OnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation) => _awaiter.UnsafeOnCompleted(continuation);
    }

    private sealed class Custom(Trace trace, int value, bool isCompleted) : INotifyCompletion
    {
        private Action? _continuation;

        public bool IsCompleted => isCompleted;

        public Custom GetAwaiter() => this;

        public int GetResult() => value;

        public void OnCompleted(Action continuation)
        {
            _continuation = continuation;
            trace.Loop.CallSoon(static custom => custom.CallBack(), this);
        }

        private void CallBack()
        {
            trace.Add("called back");
            _continuation!();
        }
    }

    private sealed class Twice(Trace trace, int value) : INotifyCompletion
    {
        private Action? _continuation;

        public bool IsCompleted => false;

        public Twice GetAwaiter() => this;

        public int GetResult() => value;

        public void OnCompleted(Action continuation)
        {
            _continuation = continuation;
            trace.Loop.CallSoon(static twice => twice.CallBack("called back"), this);
            trace.Loop.CallSoon(static twice => twice.CallBack("called back again"), this);
        }

        private void CallBack(string line)
        {
            trace.Add(line);
            _continuation!();
        }
    }

    private readonly struct InPlace(Trace trace, int value) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public InPlace GetAwaiter() => this;

        public int GetResult() => value;

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation)
        {
            trace.Add("called in place");
            continuation();
        }
    }
}
