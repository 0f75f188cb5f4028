using System.Runtime.CompilerServices;

namespace Coroutines.Tests.Tasks;

public partial class FaultTests
{
    private readonly Trace _trace = new();

    [Fact]
    public void A_fault_nobody_awaits_is_reported_once_when_the_loop_ends()
    {
        var loop = Loop();
        loop.Spawn(Fail("lost"));
        loop.RunOnce();
        loop.RunOnce();
        _trace.AssertIs();
        loop.Dispose();
        loop.Dispose();
        _trace.AssertIs("reported lost");
    }

    [Fact]
    public void A_fault_nobody_can_await_any_more_is_reported_once_by_the_collector()
    {
        using var loop = Loop(TimeProvider.System);
        SpawnAndForget(loop);
        // A finalizer posts the report; it may take several collections until it has run.
        for (int i = 0; i < 100 && loop.TaskCount == 0 && _trace.Lines.Count == 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            loop.RunOnce();
        }

        _trace.AssertIs("reported lost");
        loop.Dispose();
        _trace.AssertIs("reported lost");
    }

    [Fact]
    public void On_a_virtual_clock_the_collector_reports_nothing_so_that_each_run_is_like_the_last()
    {
        using (var loop = Loop())
        {
            SpawnAndForget(loop);
            SpawnAndForget(loop);
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            // A post would have a turn of its own, and time would move in the next one.
            loop.CallLater(TimeSpan.FromSeconds(1), () => _trace.Add("a second later"));
            loop.RunOnce(TimeSpan.FromHours(1));
        }

        _trace.AssertIs("a second later", "reported lost", "reported lost");
    }

    [Fact]
    public void On_a_virtual_clock_what_was_looked_at_is_not_kept()
    {
        using var loop = Loop();
        var seen = Seen(loop);
        // The loop looks for what it need not keep any more as often as faults double.
        for (int i = 0; i < 64; i++)
            SpawnAndForget(loop);
        GC.Collect();
        Assert.False(seen.TryGetTarget(out _));

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference<Exception> Seen(EventLoop loop)
        {
            var fault = new InvalidOperationException("seen");
            var future = new Future<int>(loop);
            future.SetException(fault);
            Assert.Throws<InvalidOperationException>(() => future.Result);
            return new WeakReference<Exception>(fault);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_the_reference_lowering_the_stack_trace_names_every_coroutine_once_from_the_inside_out(bool later)
    {
        using var loop = Loop();
        var thrown = Assert.Throws<InvalidOperationException>(() => loop.RunUntilComplete(OuterByReference(later)));
        var names = thrown.StackTrace!.Split('\n').SelectMany(line => (string[])["InnerByReference", "MiddleByReference", "OuterByReference"], (line, name) => (line, name))
            .Where(entry => entry.line.Contains(entry.name, StringComparison.Ordinal)).Select(entry => entry.name);
        Assert.Equal(["InnerByReference", "MiddleByReference", "OuterByReference"], names);
    }

    // Without the attribute nothing is generated.
    private static async Coroutine OuterByReference(bool later) => await MiddleByReference(later);

    private static async Coroutine<int> MiddleByReference(bool later) => await InnerByReference(later) + 1;

    private static async Coroutine<int> InnerByReference(bool later)
    {
        if (later)
            await Coroutine.Yield();
        throw new InvalidOperationException("deep");
    }

    [Fact]
    public void A_fault_that_was_awaited_is_not_reported()
    {
        var loop = Loop();
        var task = loop.Spawn(Fail("seen"));
        loop.RunUntilComplete(Catch(task));
        loop.Dispose();
        _trace.AssertIs("caught seen", "caught seen");
    }

    [Fact]
    public void The_exception_of_a_future_nobody_awaits_is_reported_once()
    {
        var loop = Loop();
        new Future<int>(loop).SetException(new InvalidOperationException("lost"));
        loop.RunOnce();
        loop.Dispose();
        _trace.AssertIs("reported lost");
    }

    [Fact]
    public void A_thousand_faults_are_all_reported_once()
    {
        var loop = Loop();
        for (int i = 0; i < 1000; i++)
            loop.Spawn(Fail($"{i}"));
        loop.RunOnce();
        loop.RunOnce();
        loop.Dispose();
        _trace.AssertIs([.. Enumerable.Range(0, 1000).Select(i => $"reported {i}")]);
    }

    [Fact]
    public void What_is_lost_by_those_who_are_told_when_the_loop_ends_is_told_as_well()
    {
        var loop = Loop();
        var spare = new Future<int>(loop);
        loop.UnhandledException += (_, _) => spare.TrySetException(new InvalidOperationException("in the handler"));
        loop.Spawn(Fail("one"));
        loop.Spawn(Fail("two"));
        loop.RunOnce();
        loop.RunOnce();
        loop.Dispose();
        _trace.AssertIs("reported one", "reported two", "reported in the handler");
    }

    [Fact]
    public void On_a_virtual_clock_what_was_looked_at_does_not_take_the_place_of_what_is_kept()
    {
        using (var loop = Loop())
        {
            for (int i = 0; i < 600; i++)
                Complete(loop, isSeen: false);
            for (int i = 0; i < 880; i++)
                Complete(loop, isSeen: true);
            Complete(loop, isSeen: false);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            loop.RunOnce();
            _trace.AssertIs();
        }

        Assert.Equal(601, _trace.Lines.Count);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Complete(EventLoop loop, bool isSeen)
        {
            var future = new Future<int>(loop);
            future.SetException(new InvalidOperationException("lost"));
            if (isSeen)
                Assert.Throws<InvalidOperationException>(() => future.Result);
        }
    }

    private EventLoop Loop(TimeProvider? clock = null)
    {
        var loop = new EventLoop(new EventLoopOptions { Clock = clock ?? new VirtualClock() });
        loop.UnhandledException += (_, args) => _trace.Add($"reported {args.Exception.Message}");
        return loop;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SpawnAndForget(EventLoop loop)
    {
        loop.Spawn(Fail("lost"));
        loop.RunOnce();
        loop.RunOnce();
    }

    [Coroutine]
    private static async Coroutine Fail(string message)
    {
        await Coroutine.Yield();
        throw new InvalidOperationException(message);
    }

    [Coroutine]
    private async Coroutine Catch(CoroutineTask task)
    {
        for (int i = 0; i < 2; i++)
        {
            try
            {
                await task;
            }
            catch (InvalidOperationException exception)
            {
                _trace.Add($"caught {exception.Message}");
            }
        }
    }
}
