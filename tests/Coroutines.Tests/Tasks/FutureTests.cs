using System.Runtime.CompilerServices;

namespace Coroutines.Tests.Tasks;

public partial class FutureTests
{
    private readonly Trace _trace = new();

    [Fact]
    public void Those_who_wait_resume_in_their_order_in_the_turn_after_completion()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<string>(loop);
        for (int i = 0; i < 3; i++)
            loop.Spawn(Await($"{i}", future));
        loop.RunOnce();
        future.SetResult("done");
        _trace.Add("set");
        loop.RunOnce();
        loop.Spawn(Await("late", future));
        loop.RunOnce();
        _trace.AssertIs("set", "0 done", "1 done", "2 done", "late done");
    }

    [Fact]
    public void It_is_completed_once()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<int>(loop);
        Assert.Throws<InvalidOperationException>(() => future.Result);
        Assert.True(future.TrySetResult(1));
        Assert.False(future.TrySetResult(2));
        Assert.False(future.TrySetException(new InvalidOperationException()));
        Assert.False(future.Cancel());
        Assert.Throws<InvalidOperationException>(() => future.SetResult(3));
        Assert.Equal(1, future.Result);
        Assert.Equal(CoroutineStatus.RanToCompletion, future.Status);
    }

    [Fact]
    public void An_exception_reaches_everybody_who_awaits()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<string>(loop);
        loop.Spawn(Await("a", future));
        loop.Spawn(Await("b", future));
        loop.RunOnce();
        future.SetException(new InvalidOperationException("broken"));
        loop.RunOnce();
        Assert.Throws<InvalidOperationException>(() => future.Result);
        _trace.AssertIs("a InvalidOperationException broken", "b InvalidOperationException broken");
    }

    [Fact]
    public void Cancelling_it_cancels_those_who_await()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<string>(loop);
        loop.Spawn(Await("a", future));
        loop.RunOnce();
        Assert.True(future.Cancel());
        loop.RunOnce();
        _trace.AssertIs("a OperationCanceledException The future was cancelled.");
    }

    [Fact]
    public void A_cancelled_waiter_is_gone_and_the_others_are_served()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<string>(loop);
        var first = loop.Spawn(Await("first", future));
        loop.Spawn(Await("second", future));
        loop.RunOnce();
        first.Cancel();
        future.SetResult("done");
        loop.RunOnce();
        _trace.AssertIs("first OperationCanceledException The coroutine's task was cancelled.", "second done");
    }

    [Fact]
    public void A_waiter_that_was_woken_keeps_its_result_when_it_is_cancelled_in_the_same_turn()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<string>(loop);
        var task = loop.Spawn(Await("a", future));
        loop.RunOnce();
        future.SetResult("done");
        Assert.True(task.Cancel());
        loop.RunOnce();
        _trace.AssertIs("a done");
    }

    [Fact]
    public void Callbacks_are_called_in_the_turn_after_completion()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<string>(loop);
        future.OnCompleted(completed => _trace.Add($"before {completed.Result}"));
        future.SetResult("done");
        future.OnCompleted(completed => _trace.Add($"after {completed.Result}"));
        _trace.Add("set");
        loop.RunOnce();
        _trace.AssertIs("set", "before done", "after done");
    }

    [Fact]
    public void Callbacks_and_coroutines_are_served_in_the_order_in_which_they_came()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<string>(loop);
        future.OnCompleted(completed => _trace.Add($"first {completed.Result}"));
        loop.Spawn(Await("second", future));
        loop.RunOnce();
        future.OnCompleted(completed => _trace.Add($"third {completed.Result}"));
        future.SetResult("done");
        loop.RunOnce();
        _trace.AssertIs("first done", "second done", "third done");
    }

    [Fact]
    public void A_callback_that_throws_is_reported_and_the_next_one_is_called()
    {
        using var loop = VirtualLoop.Create();
        loop.UnhandledException += (_, failure) => _trace.Add($"unhandled {failure.Exception.Message}");
        var future = new Future<string>(loop);
        future.OnCompleted(completed => throw new InvalidOperationException(completed.Result));
        future.OnCompleted(completed => _trace.Add($"called {completed.Result}"));
        future.SetResult("done");
        loop.RunOnce();
        _trace.AssertIs("unhandled done", "called done");
    }

    [Fact]
    public void A_callback_runs_with_the_AsyncLocal_values_it_was_given_with()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<string>(loop);
        loop.RunUntilComplete(CallBackWith("mine", future));
        future.SetResult("done");
        loop.RunOnce();
        future.OnCompleted(_ => _trace.Add($"outside {s_local.Value}"));
        loop.RunOnce();
        _trace.AssertIs("mine done", "outside ");
    }

    [Fact]
    public void A_callback_of_a_future_that_nobody_completes_any_more_is_not_kept()
    {
        using var loop = VirtualLoop.Create();
        Complete(loop);
        loop.RunOnce();
        var held = Drop(loop);
        loop.RunOnce();
        GC.Collect();
        Assert.False(held.TryGetTarget(out _));

        // Its node goes back to the pool.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Complete(EventLoop loop)
        {
            var future = new Future<int>(loop);
            future.OnCompleted(static _ => { });
            future.SetResult(1);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference<object> Drop(EventLoop loop)
        {
            object held = new();
            new Future<int>(loop).OnCompleted(_ => GC.KeepAlive(held));
            return new WeakReference<object>(held);
        }
    }

    [Fact]
    public void A_callback_may_wait_for_the_same_future_again()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<string>(loop);
        Again(future);
        foreach (string result in (string[])["a", "b", "c"])
        {
            future.SetResult(result);
            loop.RunOnce();
        }

        _trace.AssertIs("a", "b", "c");

        void Again(Future<string> completed)
        {
            if (completed.IsCompleted)
            {
                _trace.Add(completed.Result);
                completed.Reset();
            }

            completed.OnCompleted(Again);
        }
    }

    private static readonly AsyncLocal<string> s_local = new();

    [Coroutine]
    private async Coroutine CallBackWith(string value, Future<string> future)
    {
        s_local.Value = value;
        future.OnCompleted(completed => _trace.Add($"{s_local.Value} {completed.Result}"));
    }

    [Fact]
    public void A_reset_future_takes_another_result()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<string>(loop);
        Assert.Throws<InvalidOperationException>(future.Reset);
        future.SetResult("first");
        future.Reset();
        Assert.False(future.IsCompleted);
        future.SetResult("second");
        loop.RunUntilComplete(Await("a", future));
        _trace.AssertIs("a second");
    }

    [Coroutine]
    private async Coroutine Await(string who, Future<string> future)
    {
        try
        {
            _trace.Add($"{who} {await future}");
        }
        catch (Exception exception)
        {
            _trace.Add($"{who} {exception.GetType().Name} {exception.Message}");
        }
    }
}
