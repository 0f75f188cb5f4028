namespace Coroutines.Tests.Tasks;

public partial class MisuseTests
{
    private readonly Trace _trace = new();

    [Fact]
    public void Awaiting_a_coroutine_twice_says_that_it_runs_once()
    {
        VirtualLoop.Run(AwaitTwice());
        _trace.AssertIs("first 1", "refused: This coroutine has been awaited or spawned before.", "cleaned up");
    }

    [Fact]
    public void Spawning_an_awaited_coroutine_and_awaiting_a_spawned_one_are_refused()
    {
        using var loop = VirtualLoop.Create();
        var one = One();
        loop.Spawn(one);
        Assert.Throws<InvalidOperationException>(() => loop.Spawn(one));
        Assert.Throws<InvalidOperationException>(() => loop.RunUntilComplete(one));
    }

    [Fact]
    public void A_coroutine_kept_after_its_run_never_reads_the_object_that_another_one_reuses()
    {
        using var loop = VirtualLoop.Create();
        var old = One();
        loop.RunUntilComplete(old);
        var young = One();
        Assert.Throws<InvalidOperationException>(() => loop.Spawn(old));
        Assert.Equal(1, loop.RunUntilComplete(young));
    }

    [Fact]
    public void The_default_values_say_what_they_are()
    {
        using var loop = VirtualLoop.Create();
        Assert.Contains("default(Coroutine)", Assert.Throws<InvalidOperationException>(() => loop.Spawn(default(Coroutine))).Message, StringComparison.Ordinal);
        Assert.Contains("default(Coroutine<T>)", Assert.Throws<InvalidOperationException>(() => loop.Spawn(default(Coroutine<int>))).Message, StringComparison.Ordinal);
        Assert.Contains("default(CoroutineTask)", Assert.Throws<InvalidOperationException>(() => default(CoroutineTask).IsCompleted).Message, StringComparison.Ordinal);
        Assert.False(default(LoopHandle).Cancel());
    }

    [Fact]
    public void A_negative_delay_is_refused_where_it_is_made()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => Coroutine.Delay(TimeSpan.FromTicks(-1)));
        Assert.Contains("negative", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_timeout_does_not_use_the_coroutine_up()
    {
        using var loop = VirtualLoop.Create();
        var one = One();
        Assert.Throws<ArgumentOutOfRangeException>(() => one.WithTimeout(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Coroutine.MoveOnAfter(one, TimeSpan.FromTicks(-1)));
        Assert.Equal(1, loop.RunUntilComplete(one));
    }

    [Fact]
    public void A_task_that_awaits_itself_is_refused()
    {
        using var loop = VirtualLoop.Create();
        var self = new CoroutineTask[1];
        self[0] = loop.Spawn(AwaitOther(self));
        loop.RunOnce();
        _trace.AssertIs("refused: A task cannot await itself: it would wait for ever.");
    }

    [Fact]
    public void What_belongs_to_another_loop_of_the_same_thread_is_not_waited_for()
    {
        using var loop = VirtualLoop.Create();
        using var other = VirtualLoop.Create();
        var future = new Future<int>(other);
        loop.Spawn(AwaitOther([future]));
        loop.Spawn(AwaitOther([other.Spawn(One())]));
        loop.RunOnce();
        string refused = "refused: This belongs to another event loop of this thread than the task that awaits it. Await it on its own loop, and hand the outcome over with the Post… members of a Future<T>, or with AsTask().";
        _trace.AssertIs(refused, refused);
    }

    [Fact]
    public void Current_task_outside_a_task_is_refused()
    {
        using var loop = VirtualLoop.Create();
        loop.UnhandledException += (_, args) => _trace.Add(args.Exception.GetType().Name);
        loop.CallSoon(() => _ = CoroutineTask.Current);
        loop.RunOnce();
        _trace.AssertIs("InvalidOperationException");
    }

    [Fact]
    public void Runaway_recursion_is_an_exception_and_not_the_end_of_the_process()
    {
        Assert.Throws<InsufficientExecutionStackException>(() => VirtualLoop.Run(Recurse(0)));
    }

    [Fact]
    public void Runaway_recursion_is_an_exception_in_the_reference_lowering_too()
    {
        // A small stack: the rethrows that bring an exception up through async methods cost more the deeper it came from.
        Exception? thrown = null;
        var runner = new Thread(() => thrown = Record.Exception(() => VirtualLoop.Run(RecurseByReference(0))), maxStackSize: 512 << 10);
        runner.Start();
        runner.Join();
        Assert.IsType<InsufficientExecutionStackException>(thrown);
    }

    [Coroutine]
    private static async Coroutine<int> Recurse(int depth) => await Recurse(depth + 1) + 1;

    // Without the attribute nothing is generated.
    private static async Coroutine<int> RecurseByReference(int depth) => await RecurseByReference(depth + 1) + 1;

    [Coroutine]
    private static async Coroutine<int> One()
    {
        await Coroutine.Yield();
        return 1;
    }

    [Coroutine]
    private async Coroutine AwaitTwice()
    {
        var one = One();
        _trace.Add($"first {await one}");
        try
        {
            _trace.Add($"second {await one}");
        }
        catch (InvalidOperationException exception)
        {
            _trace.Add($"refused: {exception.Message.Split(". ")[0]}.".Replace("..", ".", StringComparison.Ordinal));
        }
        finally
        {
            _trace.Add("cleaned up");
        }
    }

    [Coroutine]
    private async Coroutine AwaitOther(ILoopAwaitable[] other)
    {
        try
        {
            await other[0];
        }
        catch (InvalidOperationException exception)
        {
            _trace.Add($"refused: {exception.Message}");
        }
    }

    [Coroutine]
    private async Coroutine AwaitOther(CoroutineTask[] other)
    {
        try
        {
            await other[0];
        }
        catch (InvalidOperationException exception)
        {
            _trace.Add($"refused: {exception.Message}");
        }
    }
}
