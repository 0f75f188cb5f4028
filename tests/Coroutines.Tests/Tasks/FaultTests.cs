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
        using var loop = Loop();
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
        // The collector may report some of them first, in an order of its own.
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"reported {i}").Order(), _trace.Lines.Order());
    }

    private EventLoop Loop()
    {
        var loop = VirtualLoop.Create();
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
