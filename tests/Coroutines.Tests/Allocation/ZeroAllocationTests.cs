namespace Coroutines.Tests.Allocation;

/// <summary>Not one byte over a million operations, once pools and code are warm. The same bodies run in both lowerings.</summary>
public partial class ZeroAllocationTests
{
    public static TheoryData<string> Cases => [.. s_cases.Select(entry => entry.Name)];

    private static readonly (string Name, Func<int, Coroutine> Generated, Func<int, Coroutine> Reference)[] s_cases =
    [
        ("yield", n => Generated.Yields(n), n => Reference.Yields(n)),
        ("five nested suspending calls", n => Generated.NestedSuspending(n), n => Reference.NestedSuspending(n)),
        ("five nested completing calls", n => Generated.NestedCompleting(n), n => Reference.NestedCompleting(n)),
        ("spawn and await", n => Generated.SpawnsAndAwaits(n), n => Reference.SpawnsAndAwaits(n)),
        ("spawn and await a result", n => Generated.SpawnsAndAwaitsResults(n), n => Reference.SpawnsAndAwaitsResults(n)),
        ("delay", n => Generated.Delays(n), n => Reference.Delays(n)),
        ("future completion", n => Generated.CompletesFutures(t_future!, n), n => Reference.CompletesFutures(t_future!, n)),
    ];

    [ThreadStatic]
    private static Future<int>? t_future;

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_generated_lowering_allocates_nothing(string name)
    {
        using var loop = VirtualLoop.Create();
        t_future = new Future<int>(loop);
        var body = s_cases.Single(entry => entry.Name == name).Generated;
        Allocations.AssertNone(n => loop.RunUntilComplete(body(n)));
    }

    [Theory]
    [InlineData("elements")]
    [InlineData("streams")]
    [InlineData("recursion")]
    public void Reading_a_stream_allocates_nothing(string what)
    {
        using var loop = VirtualLoop.Create();
        Allocations.AssertNone(n => loop.RunUntilComplete(what switch
        {
            "elements" => Generated.ReadsStream(n),
            "streams" => Generated.ReadsManyStreams(n),
            _ => Generated.ReadsRecursiveStream(n),
        }));
    }

    [Theory]
    [InlineData("turns")]
    [InlineData("delays")]
    [InlineData("nested")]
    [InlineData("awaited")]
    [InlineData("coroutines")]
    [InlineData("spawned")]
    [InlineData("futures")]
    [InlineData("interfaces")]
    public void A_generator_style_coroutine_allocates_nothing_however_often_it_suspends(string what)
    {
        using var loop = VirtualLoop.Create();
        t_future = new Future<int>(loop);
        Allocations.AssertNone(n => loop.RunUntilComplete(Drive(what, n)));
    }

    [Coroutine]
    private static async Coroutine Drive(string what, int n)
    {
        switch (what)
        {
            case "turns": await Iterators.Turns(n); break;
            case "delays": await Iterators.Delays(n); break;
            case "nested": await Iterators.Nested(n / 5); break;
            case "awaited": await Iterators.Awaits(n); break;
            case "coroutines": await Iterators.Coroutines(n); break;
            case "spawned": await Iterators.Spawns(n); break;
            case "futures": await Iterators.Futures(t_future!, n); break;
            case "interfaces": await Iterators.Interfaces(n); break;
            default: throw new ArgumentException(what);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_reference_lowering_allocates_nothing(string name)
    {
        using var loop = VirtualLoop.Create();
        t_future = new Future<int>(loop);
        var body = s_cases.Single(entry => entry.Name == name).Reference;
        Allocations.AssertNone(n => loop.RunUntilComplete(body(n)));
    }

    [Fact]
    public void Callbacks_with_state_allocate_nothing()
    {
        using var loop = VirtualLoop.Create();
        Allocations.AssertNone(n =>
        {
            for (int i = 0; i < n; i++)
            {
                loop.CallSoon(static counter => counter[0]++, s_counter);
                if (i % 1_000 == 0)
                    loop.RunOnce();
            }

            loop.RunOnce();
        });
    }

    [Fact]
    public void Timers_with_state_allocate_nothing_whether_they_fire_or_are_cancelled()
    {
        using var loop = VirtualLoop.Create();
        Allocations.AssertNone(n =>
        {
            for (int i = 0; i < n; i++)
            {
                var handle = loop.CallLater(TimeSpan.FromTicks(i % 10_000), static counter => counter[0]++, s_counter);
                if (i % 2 == 0)
                    handle.Cancel();
                if (i % 1_000 == 999)
                    Drain(loop);
            }
        });
    }

    [Fact]
    public void Callbacks_of_futures_allocate_nothing_whether_they_wait_or_not()
    {
        using var loop = VirtualLoop.Create();
        var future = new Future<int>(loop);
        Allocations.AssertNone(n =>
        {
            for (int i = 0; i < n; i++)
            {
                future.OnCompleted(static completed => s_balance[0] += completed.Result);
                future.SetResult(i);
                future.OnCompleted(static completed => s_balance[0] -= completed.Result);
                loop.RunOnce();
                future.Reset();
            }
        });
        Assert.Equal(0, s_balance[0]);
    }

    [Fact]
    public void A_task_keeps_nothing_alive_once_it_has_ended()
    {
        using var loop = VirtualLoop.Create();
        var weak = RunWithArgument(loop);
        GC.Collect();
        Assert.False(weak.TryGetTarget(out _));
    }

    private static readonly int[] s_counter = new int[1];

    private static readonly int[] s_balance = new int[1];

    private static void Drain(EventLoop loop)
    {
        while (loop.Timers.Count > 0)
            loop.RunOnce(TimeSpan.FromSeconds(1));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference<object> RunWithArgument(EventLoop loop)
    {
        object argument = new();
        loop.RunUntilComplete(Generated.Keeps(argument));
        loop.RunUntilComplete(Reference.Keeps(argument));
        return new WeakReference<object>(argument);
    }
}
