using System.Runtime.CompilerServices;

namespace Coroutines.Tests.Tasks;

public partial class ForeignTests
{
    private readonly Trace _trace = new();

    [Fact]
    public void A_framework_task_completed_on_another_thread_resumes_the_coroutine_on_the_loops_thread()
    {
        int thread = Environment.CurrentManagedThreadId;
        Assert.Equal((7, thread), EventLoop.Run(AwaitFromPool()));
    }

    [Fact]
    public void A_completed_framework_task_does_not_suspend()
    {
        using var loop = VirtualLoop.Create();
        var task = loop.Spawn(AwaitCompleted());
        loop.RunOnce();
        Assert.True(task.IsCompleted);
    }

    [Fact]
    public void Cancellation_waits_for_a_foreign_awaitable_and_refuses_the_next_suspension()
    {
        using var loop = VirtualLoop.Create();
        var source = new TaskCompletionSource<int>();
        var task = loop.Spawn(AwaitForeignThenDelay(source.Task));
        loop.RunOnce();
        task.Cancel();
        loop.RunOnce();
        Assert.Equal(CoroutineStatus.Running, task.Status);
        source.SetResult(5);
        for (int turn = 0; turn < 5; turn++)
            loop.RunOnce();
        _trace.AssertIs("foreign 5", "finally");
        Assert.Equal(CoroutineStatus.Cancelled, task.Status);
    }

    [Fact]
    public void An_awaiter_that_continues_twice_resumes_once()
    {
        using var loop = VirtualLoop.Create();
        var awaitable = new Twice();
        loop.Spawn(AwaitTwice(awaitable));
        loop.RunOnce();
        awaitable.Continue();
        awaitable.Continue();
        for (int turn = 0; turn < 5; turn++)
            loop.RunOnce();
        _trace.AssertIs("resumed", "ended");
    }

    [Fact]
    public async Task Ordinary_async_code_awaits_everything_of_the_loop()
    {
        using var loop = VirtualLoop.Create();
        Task<string>? ordinary = null;
        loop.CallSoon(() => ordinary = Ordinary(loop));
        loop.RunOnce();
        while (!ordinary!.IsCompleted)
            loop.RunOnce(TimeSpan.FromSeconds(10));
        Assert.Equal("1 2 3", await ordinary);
        Assert.Equal(TimeSpan.FromSeconds(3), loop.Now);
        Assert.Equal(0, loop.TaskCount);
    }

    [Fact]
    public void A_refused_await_in_ordinary_async_code_is_an_exception_it_can_catch()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<int>(loop);
        Task? ordinary = null;
        var thread = new Thread(() =>
        {
            using var other = VirtualLoop.Create();
            other.CallSoon(() => ordinary = AwaitForeignFuture(future));
            other.RunOnce();
            other.RunOnce();
        });
        thread.Start();
        thread.Join();
        Assert.IsType<InvalidOperationException>(ordinary!.Exception!.InnerException);
    }

    [Fact]
    public void AsyncLocal_values_flow_into_a_task_stay_with_it_and_leak_nowhere()
    {
        var local = new AsyncLocal<string>();
        using var loop = VirtualLoop.Create();
        local.Value = "outer";
        loop.Spawn(Tell("a", local));
        local.Value = "changed";
        loop.Spawn(Tell("b", local));
        local.Value = null!;
        loop.Spawn(Tell("c", local));
        for (int i = 0; i < 3; i++)
            loop.RunOnce();
        _trace.AssertIs("a outer", "b changed", "c nothing", "a set by a", "b set by b", "c set by c");
        Assert.Null(local.Value);
    }

    [Fact]
    public void An_AsyncLocal_value_that_a_task_takes_back_stays_taken_back()
    {
        var local = new AsyncLocal<string?>();
        using var loop = VirtualLoop.Create();
        loop.Spawn(SetAndTakeBack(local));
        for (int turn = 0; turn < 4; turn++)
            loop.RunOnce();
        _trace.AssertIs("nothing", "set", "nothing");
    }

    [Coroutine]
    private async Coroutine SetAndTakeBack(AsyncLocal<string?> local)
    {
        _trace.Add(local.Value ?? "nothing");
        local.Value = "set";
        await Coroutine.Yield();
        _trace.Add(local.Value ?? "nothing");
        local.Value = null;
        await Coroutine.Yield();
        _trace.Add(local.Value ?? "nothing");
    }

    [Coroutine]
    private async Coroutine Tell(string who, AsyncLocal<string> local)
    {
        _trace.Add($"{who} {local.Value ?? "nothing"}");
        local.Value = $"set by {who}";
        await Coroutine.Yield();
        _trace.Add($"{who} {local.Value}");
    }

    private static async Task AwaitForeignFuture(Future<int> future) => await future;

    private static async Task<string> Ordinary(EventLoop loop)
    {
        await Coroutine.Yield();
        int one = await One();
        int two = await loop.Spawn(One()) + 1;
        await Coroutine.Delay(TimeSpan.FromSeconds(1));
        var future = new Future<int>();
        loop.CallSoon(() => future.SetResult(3));
        return $"{one} {two} {await future}";
    }

    [Coroutine]
    private static async Coroutine<int> One()
    {
        await Coroutine.Delay(TimeSpan.FromSeconds(1));
        return 1;
    }

    [Coroutine]
    private static async Coroutine<(int Result, int Thread)> AwaitFromPool()
    {
        int result = await Task.Run(() => 7);
        return (result, Environment.CurrentManagedThreadId);
    }

    [Coroutine]
    private static async Coroutine AwaitCompleted()
    {
        await Task.CompletedTask;
        await new ValueTask<int>(1);
    }

    [Coroutine]
    private async Coroutine AwaitForeignThenDelay(Task<int> foreign)
    {
        try
        {
            _trace.Add($"foreign {await foreign}");
            await Coroutine.Delay(TimeSpan.FromSeconds(1));
            _trace.Add("not reached");
        }
        finally
        {
            _trace.Add("finally");
        }
    }

    [Coroutine]
    private async Coroutine AwaitTwice(Twice awaitable)
    {
        await awaitable;
        _trace.Add("resumed");
        await Coroutine.Yield();
        _trace.Add("ended");
    }

    private sealed class Twice : INotifyCompletion
    {
        private Action? _continuation;

        public bool IsCompleted => false;

        public Twice GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => _continuation = continuation;

        public void Continue() => _continuation!();
    }
}
