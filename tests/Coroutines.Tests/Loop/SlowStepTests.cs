namespace Coroutines.Tests.Loop;

/// <summary>Steps are measured on the loop's clock, so a virtual one that is moved by hand makes a step slow.</summary>
public partial class SlowStepTests
{
    private static readonly TimeSpan s_slow = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void A_slow_step_is_told_with_its_task_and_the_line_it_came_to()
    {
        var told = Run(static clock => Slow(clock));
        var step = Assert.Single(told);
        Assert.Equal(TimeSpan.FromMilliseconds(70), step.Elapsed);
        Assert.Equal("slow", step.TaskName);
        Assert.Matches(@"^Coroutines\.Tests\.Loop\.SlowStepTests\.Slow in SlowStepTests\.cs:\d+$", Assert.Single(step.Calls));
        Assert.StartsWith("A step of task \"slow\" took 70 ms, before Coroutines.Tests.Loop.SlowStepTests.Slow", step.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_below_the_threshold_are_not_told() => Assert.Empty(Run(static clock => Quick(clock)));

    [Fact]
    public void A_step_that_ends_the_task_is_told_without_a_line()
    {
        var step = Assert.Single(Run(static clock => EndsSlowly(clock)));
        Assert.Empty(step.Calls);
        Assert.Equal("slow", step.TaskName);
    }

    [Fact]
    public void A_slow_callback_is_told()
    {
        var clock = new VirtualClock();
        using var loop = new EventLoop(new EventLoopOptions { Clock = clock, SlowStepThreshold = s_slow });
        var told = new List<string>();
        loop.SlowStep += (_, step) => told.Add(step.ToString());
        loop.CallSoon(static clock => clock.Advance(s_slow), clock);
        loop.RunOnce();
        Assert.Equal(["A step of a callback took 50 ms. Nothing else ran on the loop meanwhile."], told);
    }

    [Fact]
    public void A_handler_that_fails_is_reported_and_the_loop_goes_on()
    {
        var clock = new VirtualClock();
        using var loop = new EventLoop(new EventLoopOptions { Clock = clock, SlowStepThreshold = s_slow });
        var reported = new List<string>();
        loop.UnhandledException += (_, failure) => reported.Add(failure.Exception.Message);
        loop.SlowStep += static (_, _) => throw new InvalidOperationException("handler");
        loop.RunUntilComplete(Slow(clock));
        Assert.Equal(["handler"], reported);
    }

    [Fact]
    public void A_handler_runs_for_no_task_and_what_runs_next_does_not_see_its_AsyncLocal_values()
    {
        var clock = new VirtualClock();
        using var loop = new EventLoop(new EventLoopOptions { Clock = clock, SlowStepThreshold = s_slow });
        var local = new AsyncLocal<string>();
        var trace = new Trace();
        loop.SlowStep += (_, _) =>
        {
            trace.Add(Record.Exception(static () => CoroutineTask.Current)?.GetType().Name ?? "a task");
            local.Value = "handler";
        };
        loop.CallSoon(static clock => clock.Advance(s_slow), clock);
        loop.Spawn(Slow(clock), "next");
        loop.CallSoon(() => trace.Add($"beside {local.Value ?? "nothing"}"));
        loop.RunOnce();
        loop.RunOnce();
        trace.AssertIs("InvalidOperationException", "beside nothing", "InvalidOperationException");
    }

    [Fact]
    public void A_threshold_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => new EventLoopOptions { SlowStepThreshold = TimeSpan.Zero });

    [Fact]
    public void A_frame_driven_coroutine_goes_on_once_a_turn()
    {
        using var loop = VirtualLoop.Create();
        var frames = new List<int>();
        loop.Spawn(Frames(frames));
        for (int frame = 0; frame < 3; frame++)
            loop.RunOnce();
        Assert.Equal([0, 1, 2], frames);
    }

    private static List<SlowStepEventArgs> Run(Func<VirtualClock, Coroutine> body)
    {
        var clock = new VirtualClock();
        using var loop = new EventLoop(new EventLoopOptions { Clock = clock, SlowStepThreshold = s_slow });
        var told = new List<SlowStepEventArgs>();
        loop.SlowStep += (_, step) => told.Add(step);
        var task = loop.Spawn(body(clock), "slow");
        while (!task.IsCompleted)
            loop.RunOnce(TimeSpan.FromHours(1));
        return told;
    }

    [Coroutine]
    internal static async Coroutine Slow(VirtualClock clock)
    {
        await Coroutine.Yield();
        clock.Advance(TimeSpan.FromMilliseconds(70));
        await Coroutine.Delay(TimeSpan.FromSeconds(1));
    }

    [Coroutine]
    internal static async Coroutine Quick(VirtualClock clock)
    {
        clock.Advance(TimeSpan.FromMilliseconds(30));
        await Coroutine.Yield();
        clock.Advance(TimeSpan.FromMilliseconds(30));
    }

    [Coroutine]
    internal static async Coroutine EndsSlowly(VirtualClock clock)
    {
        await Coroutine.Yield();
        clock.Advance(s_slow);
    }

    [Coroutine]
    internal static async Coroutine Frames(List<int> frames)
    {
        for (int frame = 0; ; frame++)
        {
            frames.Add(frame);
            await Coroutine.NextTurn();
        }
    }
}
