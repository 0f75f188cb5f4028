namespace Coroutines.Tests.Loop;

public partial class RunTests
{
    private readonly Trace _trace = new();

    [Fact]
    public void Run_returns_the_result_of_the_coroutine() => Assert.Equal(42, VirtualLoop.Run(Answer()));

    [Fact]
    public void Run_throws_what_the_coroutine_threw()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => VirtualLoop.Run(Fail("broken")));
        Assert.Equal("broken", exception.Message);
    }

    [Fact]
    public void Run_cancels_and_awaits_the_tasks_that_are_left()
    {
        VirtualLoop.Run(SpawnAndLeave());
        _trace.AssertIs("started", "main ends", "cleaned up");
    }

    [Fact]
    public void A_loop_that_ends_moves_a_clock_that_is_moved_by_hand()
    {
        var clock = new VirtualClock { AutoAdvance = false };
        using (var loop = new EventLoop(new EventLoopOptions { Clock = clock }))
        {
            loop.Spawn(CleanUpSlowly());
            loop.RunOnce();
            Assert.Equal(TimeSpan.Zero, clock.Elapsed);
        }

        Assert.Equal(TimeSpan.FromSeconds(2), clock.Elapsed);

        static async Coroutine CleanUpSlowly()
        {
            try
            {
                await Coroutine.Delay(TimeSpan.FromHours(1));
            }
            finally
            {
                using (CancelScope.Shielded())
                    await Coroutine.Delay(TimeSpan.FromSeconds(2));
            }
        }
    }

    [Fact]
    public void A_task_that_is_spawned_while_the_loop_ends_is_cancelled_in_the_next_turn()
    {
        VirtualLoop.Run(SpawnAndLeave(depth: 2));
        _trace.AssertIs("main ends", "started 2", "cancelled 2", "started 1", "cancelled 1", "started 0", "cancelled 0");
    }

    [Fact]
    public void A_task_that_is_spawned_by_the_last_callback_is_cancelled_and_awaited_too()
    {
        var loop = VirtualLoop.Create();
        loop.CallSoon(() => loop.Spawn(Sleeper()));
        loop.Dispose();
        _trace.AssertIs("started", "cleaned up");
    }

    [Fact]
    public void A_task_that_ordinary_code_spawns_when_the_last_one_has_ended_is_cancelled_and_awaited_too()
    {
        var loop = VirtualLoop.Create();
        loop.CallSoon(() => _ = Follow(loop.Spawn(Pause(TimeSpan.FromHours(1)))));
        loop.RunOnce();
        loop.Dispose();
        _trace.AssertIs("started", "cleaned up");

        async Task Follow(CoroutineTask task)
        {
            try
            {
                await task;
            }
            finally
            {
                loop.Spawn(Sleeper());
            }
        }
    }

    [Fact]
    public void RunUntilComplete_leaves_other_tasks_for_the_next_run()
    {
        using var loop = VirtualLoop.Create();
        loop.Spawn(Count(3));
        loop.RunUntilComplete(Pause(TimeSpan.FromSeconds(1.5)));
        _trace.AssertIs("t=1 counted 1");
        loop.RunUntilComplete(Pause(TimeSpan.FromSeconds(10)));
        _trace.AssertIs("t=1 counted 1", "t=2 counted 2", "t=3 counted 3");
    }

    [Fact]
    public void Stop_ends_RunForever_after_the_turn()
    {
        using var loop = VirtualLoop.Create();
        loop.CallSoon(() =>
        {
            loop.Stop();
            loop.CallSoon(() => _trace.Add("next turn"));
        });
        loop.CallSoon(() => _trace.Add("same turn"));
        loop.RunForever();
        _trace.AssertIs("same turn");
        loop.RunOnce();
        _trace.AssertIs("same turn", "next turn");
    }

    [Fact]
    public void RunOnce_never_jumps_the_virtual_clock_but_runs_what_is_due()
    {
        var clock = new VirtualClock();
        using var loop = new EventLoop(new EventLoopOptions { Clock = clock });
        loop.CallLater(TimeSpan.FromSeconds(1), () => _trace.AddAt(loop, "fired"));
        loop.RunOnce();
        clock.Advance(TimeSpan.FromSeconds(0.5));
        loop.RunOnce();
        clock.Advance(TimeSpan.FromSeconds(0.5));
        loop.RunOnce();
        _trace.AssertIs("t=1 fired");
    }

    [Fact]
    public void RunOnce_with_a_limit_jumps_no_further_than_the_limit()
    {
        using var loop = VirtualLoop.Create();
        loop.CallLater(TimeSpan.FromSeconds(5), () => _trace.AddAt(loop, "fired"));
        loop.RunOnce(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(2), loop.Now);
        loop.RunOnce(TimeSpan.FromSeconds(60));
        _trace.AssertIs("t=5 fired");
    }

    [Fact]
    public void A_clock_that_does_not_advance_by_itself_waits_for_its_owner()
    {
        var clock = new VirtualClock { AutoAdvance = false };
        using var loop = new EventLoop(new EventLoopOptions { Clock = clock });
        loop.CallLater(TimeSpan.FromSeconds(1), () => _trace.AddAt(loop, "fired"));
        loop.RunOnce();
        _trace.AssertIs();
        clock.Advance(TimeSpan.FromSeconds(3));
        loop.RunOnce();
        _trace.AssertIs("t=3 fired");
    }

    [Fact]
    public void A_nested_run_is_refused()
    {
        using var loop = VirtualLoop.Create();
        loop.CallSoon(() =>
        {
            var exception = Assert.Throws<InvalidOperationException>(() => EventLoop.Run(Answer()));
            _trace.Add(exception.Message);
            Assert.Throws<InvalidOperationException>(loop.RunOnce);
        });
        loop.RunOnce();
        _trace.AssertIs("An event loop runs on this thread already. Inside it, await a coroutine or spawn it instead of running a loop.");
    }

    [Fact]
    public void A_disposed_loop_refuses_everything()
    {
        var loop = VirtualLoop.Create();
        loop.Dispose();
        loop.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loop.CallSoon(() => { }));
        Assert.Throws<ObjectDisposedException>(() => loop.Spawn(Answer()));
        Assert.Throws<ObjectDisposedException>(loop.RunOnce);
        Assert.Throws<ObjectDisposedException>(() => loop.CallSoonThreadSafe(() => { }));
    }

    [Fact]
    public void A_loop_cannot_be_disposed_while_it_runs()
    {
        using var loop = VirtualLoop.Create();
        loop.UnhandledException += (_, args) => _trace.Add(args.Exception.GetType().Name);
        loop.CallSoon(loop.Dispose);
        loop.RunOnce();
        _trace.AssertIs("InvalidOperationException");
    }

    [Fact]
    public void The_wrong_thread_is_told_what_to_do()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<int>(loop);
        var task = loop.Spawn(Answer());
        var messages = new List<string>();
        var thread = new Thread(() =>
        {
            foreach (var action in new Action[]
            {
                () => loop.CallSoon(() => { }), () => loop.CallLater(TimeSpan.Zero, () => { }), () => loop.Spawn(Answer()),
                () => future.SetResult(1), () => task.Cancel(), loop.Stop, () => _ = loop.Tasks, () => _ = new Future<int>(loop),
            })
            {
                messages.Add(Assert.Throws<InvalidOperationException>(action).Message);
            }
        });
        thread.Start();
        thread.Join();
        Assert.Equal(8, messages.Count);
        Assert.All(messages, message => Assert.Contains("CallSoonThreadSafe", message, StringComparison.Ordinal));
    }

    [Fact]
    public void Current_is_the_running_loop_and_nothing_outside()
    {
        using var loop = VirtualLoop.Create();
        EventLoop? seen = null;
        loop.CallSoon(() => seen = EventLoop.Current);
        loop.RunOnce();
        Assert.Same(loop, seen);
        var exception = Assert.Throws<InvalidOperationException>(() => EventLoop.Current);
        Assert.Contains("EventLoop.Run", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_synchronization_context_is_the_loops_while_it_runs_and_the_callers_afterwards()
    {
        var outer = SynchronizationContext.Current;
        using var loop = VirtualLoop.Create();
        SynchronizationContext? inner = null;
        loop.CallSoon(() => inner = SynchronizationContext.Current);
        loop.RunOnce();
        Assert.IsType<LoopSynchronizationContext>(inner);
        Assert.Same(outer, SynchronizationContext.Current);
        inner.Post(_ => _trace.Add("posted"), null);
        loop.RunOnce();
        _trace.AssertIs("posted");
    }

    [Fact]
    public void A_coroutine_can_be_made_where_no_loop_runs_but_not_awaited_there()
    {
        var answer = Answer();
        async Task Await() => await answer;
        var exception = Assert.Throws<InvalidOperationException>(() => Await().GetAwaiter().GetResult());
        Assert.Contains("No event loop runs on this thread", exception.Message, StringComparison.Ordinal);
        async Task AwaitDelay() => await Coroutine.Delay(TimeSpan.Zero);
        Assert.Throws<InvalidOperationException>(() => AwaitDelay().GetAwaiter().GetResult());
        Assert.Equal(42, VirtualLoop.Run(answer));
    }

    [Coroutine]
    private static async Coroutine<int> Answer()
    {
        await Coroutine.Delay(TimeSpan.FromSeconds(1));
        return 42;
    }

    [Coroutine]
    private static async Coroutine Fail(string message)
    {
        await Coroutine.Yield();
        throw new InvalidOperationException(message);
    }

    [Coroutine]
    private static async Coroutine Pause(TimeSpan time) => await Coroutine.Delay(time);

    [Coroutine]
    private async Coroutine Count(int to)
    {
        for (int i = 1; i <= to; i++)
        {
            await Coroutine.Delay(TimeSpan.FromSeconds(1));
            _trace.AddAt(EventLoop.Current, $"counted {i}");
        }
    }

    [Coroutine]
    private async Coroutine SpawnAndLeave()
    {
        EventLoop.Current.Spawn(Sleeper());
        await Coroutine.Delay(TimeSpan.FromSeconds(1));
        _trace.Add("main ends");
    }

    [Coroutine]
    private async Coroutine SpawnAndLeave(int depth)
    {
        EventLoop.Current.Spawn(SpawnerThatYields(depth));
        _trace.Add("main ends");
    }

    // Left alone, each of them would yield a few times and end as usual.
    [Coroutine]
    private async Coroutine SpawnerThatYields(int depth)
    {
        try
        {
            _trace.Add($"started {depth}");
            for (int i = 0; i < 5; i++)
                await Coroutine.Yield();
            _trace.Add($"not cancelled {depth}");
        }
        catch (OperationCanceledException)
        {
            _trace.Add($"cancelled {depth}");
            if (depth > 0)
                EventLoop.Current.Spawn(SpawnerThatYields(depth - 1));
        }
    }

    [Coroutine]
    private async Coroutine Sleeper()
    {
        try
        {
            _trace.Add("started");
            await Coroutine.Delay(TimeSpan.FromHours(1));
            _trace.Add("not reached");
        }
        finally
        {
            _trace.Add("cleaned up");
        }
    }
}
