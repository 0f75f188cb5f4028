using System.Runtime.CompilerServices;

namespace Coroutines.Tests.Loop;

public class StackDepthTests
{
    // Several times as deep as what the loop looks at.
    private const int Deep = 4 * 64;

    [Fact]
    public void A_loop_is_known_however_deep_the_stack()
    {
        using var loop = new EventLoop();
        var found = new List<bool>();
        loop.CallSoon(() => At(Deep, () =>
        {
            found.Add(ReferenceEquals(EventLoop.Current, loop));
            loop.CallSoon(loop.Stop);
        }));
        loop.RunForever();
        Assert.Equal([true], found);
    }

    [Fact]
    public void A_loop_that_is_entered_deep_down_is_known_above_as_well()
    {
        using var loop = new EventLoop();
        At(Deep, loop.RunOnce);
        loop.CallSoon(() => Assert.Same(loop, EventLoop.Current));
        loop.RunOnce();
        Assert.Null(EventLoop.CurrentOrNull);
    }

    [Fact]
    public void Another_thread_is_refused_while_the_loop_runs()
    {
        using var loop = new EventLoop();
        var refused = new List<Exception?>();
        loop.CallSoon(() =>
        {
            var thread = new Thread(() =>
            {
                refused.Add(Record.Exception(() => loop.CallSoon(static () => { })));
                refused.Add(Record.Exception(static () => EventLoop.Current));
            });
            thread.Start();
            thread.Join();
        });
        loop.RunOnce();
        Assert.Equal(2, refused.Count);
        Assert.All(refused, static exception => Assert.IsType<InvalidOperationException>(exception));
    }

    [Fact]
    public void Two_loops_that_run_at_once_know_their_own_threads()
    {
        using var outer = new EventLoop();
        var seen = new List<bool>();
        outer.CallSoon(() =>
        {
            var thread = new Thread(() =>
            {
                using var inner = new EventLoop();
                inner.CallSoon(() => seen.Add(ReferenceEquals(EventLoop.Current, inner)));
                inner.RunOnce();
            });
            thread.Start();
            thread.Join();
            seen.Add(ReferenceEquals(EventLoop.Current, outer));
        });
        outer.RunOnce();
        Assert.Equal([true, true], seen);
    }

    /// <summary>Calls <paramref name="action"/> so many kilobytes further down.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static void At(int kilobytes, Action action)
    {
        Span<byte> frame = stackalloc byte[1024];
        if (kilobytes == 0)
            action();
        else
            At(kilobytes - 1, action);
        GC.KeepAlive(frame[0]);
    }
}
