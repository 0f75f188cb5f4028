namespace Coroutines.Tests.Loop;

public partial class PostingTests
{
    [Fact]
    public void Four_threads_post_a_million_callbacks_each_and_none_is_lost_doubled_or_out_of_order()
    {
        const int Threads = 4;
        const int PerThread = 1_000_000;
        using var loop = new EventLoop();
        int[] next = new int[Threads];
        int wrong = 0;
        long called = 0;
        var posters = Enumerable.Range(0, Threads).Select(id => new Thread(() =>
        {
            Action<object?> callback = state =>
            {
                if (next[id]++ != (int)state!)
                    wrong++;
                if (++called == (long)Threads * PerThread)
                    loop.Stop();
            };
            for (int i = 0; i < PerThread; i++)
                loop.CallSoonThreadSafe(callback, i);
        })).ToList();
        posters.ForEach(thread => thread.Start());
        loop.RunForever();
        posters.ForEach(thread => thread.Join());
        loop.RunOnce();
        Assert.Equal(0, wrong);
        Assert.Equal((long)Threads * PerThread, called);
        Assert.All(next, count => Assert.Equal(PerThread, count));
    }

    [Fact]
    public void A_blocked_loop_is_woken_by_every_post()
    {
        // Each post is made only after the loop has handled the one before: the loop blocks, or is about to, each time.
        const int Rounds = 20_000;
        using var loop = new EventLoop();
        using var handled = new SemaphoreSlim(0);
        var poster = new Thread(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                loop.CallSoonThreadSafe(() => handled.Release());
                handled.Wait();
            }

            loop.CallSoonThreadSafe(loop.Stop);
        });
        poster.Start();
        loop.RunForever();
        poster.Join();
        Assert.Equal(0, handled.CurrentCount);
    }

    [Fact]
    public void A_post_made_by_a_callback_runs_in_the_next_turn()
    {
        using var loop = VirtualLoop.Create();
        var trace = new Trace();
        loop.CallSoonThreadSafe(() =>
        {
            trace.Add("first");
            loop.CallSoonThreadSafe(() => trace.Add("second"));
        });
        loop.RunOnce();
        trace.Add("turn");
        loop.RunOnce();
        trace.AssertIs("first", "turn", "second");
    }

    [Fact]
    public void Futures_are_completed_from_other_threads()
    {
        Assert.Equal(4950, EventLoop.Run(SumOfThreads()));
    }

    [Coroutine]
    private static async Coroutine<int> SumOfThreads()
    {
        var futures = new List<Future<int>>();
        for (int i = 0; i < 100; i++)
            futures.Add(new Future<int>());
        var thread = new Thread(() =>
        {
            for (int i = 0; i < futures.Count; i++)
                futures[i].PostResult(i);
        });
        thread.Start();
        int sum = 0;
        foreach (var future in futures)
            sum += await future;
        return sum;
    }
}
