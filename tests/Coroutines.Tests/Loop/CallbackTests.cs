namespace Coroutines.Tests.Loop;

public class CallbackTests
{
    private readonly Trace _trace = new();

    [Fact]
    public void Callbacks_run_in_the_order_they_were_scheduled_and_new_ones_wait_for_the_next_turn()
    {
        using var loop = VirtualLoop.Create();
        loop.CallSoon(() =>
        {
            _trace.Add("first");
            loop.CallSoon(() => _trace.Add("scheduled by first"));
        });
        loop.CallSoon(() => _trace.Add("second"));
        loop.RunOnce();
        _trace.Add("turn");
        loop.RunOnce();
        _trace.AssertIs("first", "second", "turn", "scheduled by first");
    }

    [Fact]
    public void Timers_fire_in_order_of_deadline_then_of_scheduling()
    {
        using var loop = VirtualLoop.Create();
        loop.CallLater(TimeSpan.FromSeconds(2), () => _trace.AddAt(loop, "a"));
        loop.CallLater(TimeSpan.FromSeconds(1), () => _trace.AddAt(loop, "b"));
        loop.CallAt(TimeSpan.FromSeconds(2), () => _trace.AddAt(loop, "c"));
        loop.CallLater(TimeSpan.FromSeconds(3), loop.Stop);
        loop.RunForever();
        _trace.AssertIs("t=1 b", "t=2 a", "t=2 c");
    }

    [Fact]
    public void A_long_batch_goes_on_in_its_order_after_a_callback_that_throws()
    {
        const int Count = 5_000;
        using var loop = VirtualLoop.Create();
        var calls = new List<int>();
        var failures = new List<string>();
        loop.UnhandledException += (_, arguments) => failures.Add($"{arguments.Exception.Message} after {calls.Count}");
        for (int i = 0; i < Count; i++)
            loop.CallSoon(Call, i);
        loop.CallSoon(calls.Add, Count);
        loop.RunOnce();
        Assert.Equal(Enumerable.Range(0, Count + 1), calls);
        Assert.Equal(["0 after 1", "2500 after 2501", "4999 after 5000"], failures);

        void Call(int number)
        {
            calls.Add(number);
            if (number is 0 or 2_500 or 4_999)
                throw new InvalidOperationException($"{number}");
        }
    }

    [Fact]
    public void State_is_passed_to_the_callback()
    {
        using var loop = VirtualLoop.Create();
        loop.CallSoon(static trace => trace.Add("soon"), _trace);
        loop.CallLater(TimeSpan.Zero, static trace => trace.Add("later"), _trace);
        loop.CallAt(TimeSpan.Zero, static trace => trace.Add("at"), _trace);
        loop.RunOnce();
        _trace.AssertIs("soon", "later", "at");
    }

    [Fact]
    public void A_cancelled_callback_is_not_called_and_a_second_cancel_says_so()
    {
        using var loop = VirtualLoop.Create();
        var soon = loop.CallSoon(() => _trace.Add("soon"));
        var later = loop.CallLater(TimeSpan.FromSeconds(1), () => _trace.Add("later"));
        Assert.True(soon.IsPending);
        Assert.True(soon.Cancel());
        Assert.True(later.Cancel());
        Assert.False(soon.Cancel());
        Assert.False(later.IsPending);
        loop.RunOnce(TimeSpan.FromSeconds(2));
        _trace.AssertIs();
    }

    [Fact]
    public void A_handle_of_a_callback_that_ran_does_not_cancel_the_one_that_reuses_its_object()
    {
        using var loop = VirtualLoop.Create();
        var old = loop.CallSoon(() => _trace.Add("old"));
        loop.RunOnce();
        loop.CallSoon(() => _trace.Add("new"));
        Assert.False(old.Cancel());
        loop.RunOnce();
        _trace.AssertIs("old", "new");
    }

    [Fact]
    public void A_callback_of_a_loop_that_has_ended_is_not_going_to_be_called()
    {
        var loop = VirtualLoop.Create();
        var handle = loop.CallLater(TimeSpan.FromSeconds(1), () => _trace.Add("never"));
        Assert.True(handle.IsPending);
        loop.Dispose();
        Assert.False(handle.IsPending);
        _trace.AssertIs();
    }

    [Fact]
    public void A_callback_can_cancel_another_one_of_the_same_turn()
    {
        using var loop = VirtualLoop.Create();
        LoopHandle second = default;
        loop.CallSoon(() => _trace.Add($"cancelled {second.Cancel()}"));
        second = loop.CallSoon(() => _trace.Add("second"));
        loop.RunOnce();
        _trace.AssertIs("cancelled True");
    }

    [Fact]
    public void An_exception_in_a_callback_is_reported_and_the_rest_of_the_turn_runs()
    {
        using var loop = VirtualLoop.Create();
        loop.UnhandledException += (_, args) => _trace.Add($"reported {args.Exception.Message}");
        loop.CallSoon(() => throw new InvalidOperationException("one"));
        loop.CallSoon(() => _trace.Add("goes on"));
        loop.CallLater(TimeSpan.Zero, () => throw new InvalidOperationException("two"));
        loop.RunOnce();
        loop.RunOnce();
        _trace.AssertIs("reported one", "goes on", "reported two");
    }

    [Fact]
    public void An_exception_in_the_handler_of_exceptions_does_not_stop_the_loop()
    {
        using var loop = VirtualLoop.Create();
        loop.UnhandledException += (_, _) => throw new InvalidOperationException("the handler fails");
        loop.CallSoon(() => throw new InvalidOperationException("one"));
        loop.CallSoon(() => _trace.Add("goes on"));
        loop.RunOnce();
        _trace.AssertIs("goes on");
    }

    [Fact]
    public void AsyncLocal_values_flow_into_a_callback_and_do_not_leak_out_of_it()
    {
        using var loop = VirtualLoop.Create();
        var local = new AsyncLocal<string>();
        loop.CallSoon(() =>
        {
            local.Value = "inner";
            loop.CallSoon(() => _trace.Add($"flowed {local.Value}"));
        });
        loop.CallSoon(() => _trace.Add($"beside {local.Value ?? "nothing"}"));
        loop.RunOnce();
        loop.RunOnce();
        _trace.AssertIs("beside nothing", "flowed inner");
        Assert.Null(local.Value);
    }

    [Fact]
    public void AsyncLocal_values_of_a_handler_of_exceptions_do_not_leak_out_of_it()
    {
        using var loop = VirtualLoop.Create();
        var local = new AsyncLocal<string>();
        loop.UnhandledException += (_, _) => local.Value = "handler";
        loop.CallSoon(static () => throw new InvalidOperationException());
        loop.CallSoon(() => _trace.Add($"beside {local.Value ?? "nothing"}"));
        loop.CallSoonThreadSafe(static () => throw new InvalidOperationException());
        loop.CallSoonThreadSafe(() => _trace.Add($"posted {local.Value ?? "nothing"}"));
        loop.RunOnce();
        _trace.AssertIs("beside nothing", "posted nothing");
        Assert.Null(local.Value);
    }

    [Fact]
    public void AsyncLocal_values_of_who_runs_the_loop_do_not_leak_into_what_was_begun_before()
    {
        using var loop = VirtualLoop.Create();
        var local = new AsyncLocal<string> { Value = "first" };
        loop.RunOnce();
        loop.Spawn(Print("task"));
        loop.CallSoon(() => _trace.Add($"callback {local.Value}"));
        local.Value = "second";
        loop.RunOnce();
        local.Value = "third";
        loop.RunUntilComplete(Print("root"));
        _trace.AssertIs("task first", "callback first", "task later first", "root third", "root later third");
        Assert.Equal("third", local.Value);

        async Coroutine Print(string who)
        {
            _trace.Add($"{who} {local.Value}");
            await Coroutine.Yield();
            _trace.Add($"{who} later {local.Value}");
        }
    }

    [Fact]
    public void With_nothing_begun_the_loop_takes_the_context_of_who_runs_it()
    {
        using var loop = VirtualLoop.Create();
        var local = new AsyncLocal<string> { Value = "first" };
        loop.RunOnce();
        local.Value = "second";
        loop.CallSoonThreadSafe(() => _trace.Add($"posted {local.Value}"));
        loop.RunOnce();
        _trace.AssertIs("posted second");
    }

    [Fact]
    public void Times_that_have_passed_are_due_in_the_order_of_the_calls_also_if_no_timer_has_fired_yet()
    {
        using var loop = VirtualLoop.Create();
        ((VirtualClock)loop.Clock).Advance(TimeSpan.FromSeconds(1));
        loop.CallAt(TimeSpan.FromMilliseconds(500), () => _trace.Add("a"));
        loop.CallAt(TimeSpan.FromMilliseconds(200), () => _trace.Add("b"));
        loop.CallLater(TimeSpan.Zero, () => _trace.Add("c"));
        loop.RunOnce();
        _trace.AssertIs("a", "b", "c");
    }

    [Fact]
    public void Advancing_by_the_longest_time_ends()
    {
        using var loop = new EventLoop(new EventLoopOptions { Clock = new VirtualClock { AutoAdvance = false } });
        loop.CallLater(TimeSpan.FromDays(1), () => _trace.Add("a day"));
        var advancing = loop.Spawn(loop.Advance(TimeSpan.MaxValue));
        for (int i = 0; i < 6; i++)
            loop.RunOnce();
        Assert.True(advancing.IsCompleted);
        _trace.AssertIs("a day");
    }

    [Fact]
    public void A_negative_delay_is_refused()
    {
        using var loop = VirtualLoop.Create();
        Assert.Throws<ArgumentOutOfRangeException>(() => loop.CallLater(TimeSpan.FromTicks(-1), () => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => loop.CallAt(TimeSpan.FromTicks(-1), () => { }));
        Assert.Throws<ArgumentNullException>(() => loop.CallSoon(null!));
    }

    [Fact]
    public void The_longest_delay_never_fires_and_does_no_harm()
    {
        using var loop = VirtualLoop.Create();
        var handle = loop.CallLater(TimeSpan.MaxValue, () => _trace.Add("never"));
        loop.RunOnce(TimeSpan.FromDays(10_000));
        Assert.True(handle.Cancel());
        _trace.AssertIs();
    }
}
