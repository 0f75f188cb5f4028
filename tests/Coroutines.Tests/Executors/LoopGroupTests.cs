namespace Coroutines.Tests.Executors;

public class LoopGroupTests
{
    [Fact]
    public async Task Every_loop_has_a_thread_of_its_own()
    {
        using var group = new LoopGroup(3);
        int[] threads = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => group.Spawn(i, ThreadId)));
        Assert.Equal(3, threads.Distinct().Count());
        Assert.Equal(threads[1], await group.Spawn(1, ThreadId));

        static async Coroutine<int> ThreadId()
        {
            await Coroutine.Yield();
            return Environment.CurrentManagedThreadId;
        }
    }

    [Fact]
    public async Task The_least_loaded_loop_gets_the_next_coroutine()
    {
        using var group = new LoopGroup(2);
        var gates = new Future<int>?[2];
        var first = group.Spawn(() => Wait(0));
        var second = group.Spawn(() => Wait(1));
        EventLoop[] loops = await Task.WhenAll(group.Spawn(0, Current), group.Spawn(1, Current));
        Assert.Equal(group.Loops, loops);
        // One each, so either may come next; when the first has ended its loop does.
        Volatile.Read(ref gates[0])!.PostResult(0);
        var emptied = await first;
        Assert.Same(emptied, await group.Spawn(Current));
        Volatile.Read(ref gates[1])!.PostResult(0);
        Assert.NotSame(emptied, await second);

        async Coroutine<EventLoop> Wait(int index)
        {
            Volatile.Write(ref gates[index], new Future<int>());
            await gates[index]!;
            return EventLoop.Current;
        }

        static async Coroutine<EventLoop> Current()
        {
            await Coroutine.Yield();
            return EventLoop.Current;
        }
    }

    [Fact]
    public async Task A_coroutine_of_one_loop_awaits_one_of_another_and_comes_back()
    {
        using var group = new LoopGroup(2);
        Assert.True(await group.Spawn(0, Across));

        async Coroutine<bool> Across()
        {
            var here = EventLoop.Current;
            var there = await group.Spawn(1, Remote);
            return here == EventLoop.Current && there == group.Loops[1];
        }

        static async Coroutine<EventLoop> Remote()
        {
            await Coroutine.Yield();
            return EventLoop.Current;
        }
    }

    [Fact]
    public async Task Failures_arrive_where_the_coroutine_is_awaited()
    {
        using var group = new LoopGroup(1);
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => group.Spawn(Fail));
        Assert.Equal("broken", failed.Message);
        var unmade = await Assert.ThrowsAsync<InvalidOperationException>(() => group.Spawn(Coroutine () => throw new InvalidOperationException("unmade")));
        Assert.Equal("unmade", unmade.Message);

        static async Coroutine Fail()
        {
            await Coroutine.Yield();
            throw new InvalidOperationException("broken");
        }
    }

    [Fact]
    public async Task Disposing_cancels_what_runs_and_tells_those_who_wait()
    {
        var group = new LoopGroup(2);
        bool isCleanedUp = false;
        using var started = new SemaphoreSlim(0);
        var endless = group.Spawn(Endless);
        await started.WaitAsync();
        group.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        Assert.True(isCleanedUp);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => group.Spawn(Endless));
        group.Dispose();

        async Coroutine Endless()
        {
            started.Release();
            try
            {
                await new Future<int>();
            }
            finally
            {
                isCleanedUp = true;
            }
        }
    }

    [Fact]
    public async Task A_loop_of_the_group_cannot_dispose_it()
    {
        using var group = new LoopGroup(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => group.Spawn(DisposeGroup));

        async Coroutine DisposeGroup()
        {
            await Coroutine.Yield();
            group.Dispose();
        }
    }

    [Fact]
    public void A_group_has_at_least_one_loop() => Assert.Throws<ArgumentOutOfRangeException>(() => new LoopGroup(0));

    [Fact]
    public void Options_that_no_loop_can_be_made_with_are_refused_where_the_group_is_made() =>
        Assert.Throws<PlatformNotSupportedException>(() => new LoopGroup(2, new EventLoopOptions { Reactor = OperatingSystem.IsMacOS() ? ReactorKind.Epoll : ReactorKind.Kqueue }));

    [Fact]
    public async Task There_is_no_loop_beyond_the_last()
    {
        using var group = new LoopGroup(1);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => group.Spawn(1, static async Coroutine () => await Coroutine.Yield()));
    }
}
