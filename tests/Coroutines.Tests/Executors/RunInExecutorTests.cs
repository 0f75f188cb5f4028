namespace Coroutines.Tests.Executors;

public partial class RunInExecutorTests
{
    [Fact]
    public void A_call_runs_on_another_thread_and_its_result_comes_back_to_the_loops()
    {
        int here = Environment.CurrentManagedThreadId;
        EventLoop.Run(Main());

        async Coroutine Main()
        {
            int there = await EventLoop.Current.RunInExecutor(static () => Environment.CurrentManagedThreadId);
            Assert.NotEqual(here, there);
            Assert.Equal(here, Environment.CurrentManagedThreadId);
            Assert.Equal(42, await EventLoop.Current.RunInExecutor(static n => n + 1, 41));
        }
    }

    [Fact]
    public void The_calls_exception_is_thrown_where_it_is_awaited()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => EventLoop.Run(Main()));
        Assert.Equal("broken", thrown.Message);

        static async Coroutine Main() => await EventLoop.Current.RunInExecutor(static () => throw new InvalidOperationException("broken"));
    }

    [Fact]
    public void The_loop_goes_on_while_a_call_blocks()
    {
        using var gate = new ManualResetEventSlim();
        EventLoop.Run(Main());

        async Coroutine Main()
        {
            var waiting = EventLoop.Current.Spawn(EventLoop.Current.RunInExecutor(gate.Wait));
            for (int i = 0; i < 100; i++)
                await Coroutine.Yield();
            Assert.False(waiting.IsCompleted);
            gate.Set();
            await waiting;
        }
    }

    [Fact]
    public void No_more_calls_run_at_once_than_the_options_say()
    {
        int running = 0;
        int most = 0;
        using var loop = new EventLoop(new EventLoopOptions { ExecutorThreads = 2 });
        loop.RunUntilComplete(Main());
        Assert.InRange(most, 1, 2);

        async Coroutine Main() => await Coroutine.WhenAll(Enumerable.Range(0, 50).Select(_ => loop.RunInExecutor(Call)));

        void Call()
        {
            int now = Interlocked.Increment(ref running);
            lock (loop)
                most = Math.Max(most, now);
            Interlocked.Decrement(ref running);
        }
    }

    [Fact]
    public void A_wait_that_is_cancelled_ends_at_once_and_a_call_that_has_not_begun_is_not_made()
    {
        using var gate = new ManualResetEventSlim();
        int made = 0;
        using var loop = new EventLoop(new EventLoopOptions { ExecutorThreads = 1 });
        loop.RunUntilComplete(Main());
        Assert.Equal(0, made);

        async Coroutine Main()
        {
            var first = loop.Spawn(loop.RunInExecutor(gate.Wait));
            var second = loop.Spawn(loop.RunInExecutor(() => { made++; }));
            await Coroutine.Yield();
            second.Cancel();
            await Coroutine.Yield();
            await Coroutine.Yield();
            Assert.Equal(CoroutineStatus.Cancelled, second.Status);
            gate.Set();
            await first;
        }
    }

    [Fact]
    public void An_exception_that_nobody_waits_for_any_more_is_reported()
    {
        using var gate = new ManualResetEventSlim();
        var reported = new List<string>();
        using (var loop = new EventLoop())
        {
            loop.UnhandledException += (_, failure) => reported.Add(failure.Exception.Message);
            loop.RunUntilComplete(Main(loop));
        }

        Assert.Equal(["late"], reported);

        async Coroutine Main(EventLoop loop)
        {
            using var begun = new ManualResetEventSlim();
            var call = loop.Spawn(loop.RunInExecutor(() => Late(begun)));
            await loop.RunInExecutor(begun.Wait);
            call.Cancel();
            await Coroutine.Yield();
            gate.Set();
        }

        void Late(ManualResetEventSlim begun)
        {
            begun.Set();
            gate.Wait();
            throw new InvalidOperationException("late");
        }
    }

    [Fact]
    public void Virtual_time_does_not_jump_while_a_call_is_under_way()
    {
        using var gate = new ManualResetEventSlim();
        var trace = new List<string>();
        using var loop = VirtualLoop.Create();
        loop.RunUntilComplete(Main());
        Assert.Equal(["call", "hour"], trace);

        async Coroutine Main()
        {
            await Coroutine.WhenAll(Hour(), Call());
        }

        async Coroutine Hour()
        {
            await Coroutine.Delay(TimeSpan.FromHours(1));
            trace.Add("hour");
        }

        async Coroutine Call()
        {
            var call = loop.Spawn(loop.RunInExecutor(gate.Wait));
            gate.Set();
            await call;
            trace.Add("call");
        }
    }

    [Fact]
    public void Disposing_the_loop_waits_for_the_calls_under_way()
    {
        using var gate = new ManualResetEventSlim();
        bool isOver = false;
        using (var loop = new EventLoop())
        {
            loop.RunUntilComplete(Main(loop));
        }

        Assert.True(isOver);

        async Coroutine Main(EventLoop loop)
        {
            using var begun = new ManualResetEventSlim();
            _ = loop.Spawn(loop.RunInExecutor(() => Work(begun)));
            await loop.RunInExecutor(begun.Wait);
            gate.Set();
        }

        void Work(ManualResetEventSlim begun)
        {
            begun.Set();
            gate.Wait();
            Volatile.Write(ref isOver, true);
        }
    }

    [Fact]
    public void Fewer_than_one_thread_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLoopOptions { ExecutorThreads = 0 });
}
