namespace Coroutines.Tests.Loop;

/// <summary>What other threads post while a loop ends is either called or refused, never lost.</summary>
public class ClosingTests
{
    [Fact]
    public void A_post_is_either_called_or_refused_when_the_loop_ends_meanwhile()
    {
        // Threads post as fast as they can until they are refused; the loop is disposed while they do.
        const int Rounds = 300;
        const int Threads = 2;
        for (int round = 0; round < Rounds; round++)
        {
            int called = 0;
            int accepted = 0;
            var loop = new EventLoop();
            using var posting = new CountdownEvent(Threads);
            var posters = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
            {
                for (int i = 0; i < 1000; i++)
                {
                    try
                    {
                        loop.CallSoonThreadSafe(() => called++);
                    }
                    catch (ObjectDisposedException)
                    {
                        break;
                    }

                    Interlocked.Increment(ref accepted);
                    if (i == round % 50)
                        posting.Signal();
                }
            })).ToList();
            posters.ForEach(static thread => thread.Start());
            posting.Wait();
            loop.Dispose();
            posters.ForEach(static thread => thread.Join());
            Assert.Equal(accepted, called);
        }
    }

    [Fact]
    public void A_task_spawned_by_a_late_post_is_cancelled_and_awaited_like_any_other()
    {
        const int Rounds = 200;
        for (int round = 0; round < Rounds; round++)
        {
            int begun = 0;
            int ended = 0;
            int accepted = 0;
            var loop = new EventLoop();
            using var posting = new ManualResetEventSlim();
            var poster = new Thread(() =>
            {
                for (int i = 0; i < 200; i++)
                {
                    try
                    {
                        loop.CallSoonThreadSafe(() => loop.Spawn(Waiting()));
                    }
                    catch (ObjectDisposedException)
                    {
                        break;
                    }

                    accepted++;
                    posting.Set();
                }
            });
            poster.Start();
            posting.Wait();
            loop.Dispose();
            poster.Join();
            Assert.Equal(accepted, begun);
            Assert.Equal(accepted, ended);

            async Coroutine Waiting()
            {
                begun++;
                try
                {
                    await new Future<int>();
                }
                finally
                {
                    ended++;
                }
            }
        }
    }

    [Fact]
    public async Task Ordinary_code_that_nothing_on_the_loop_awaits_goes_on_in_the_pool_when_the_loop_has_ended()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = EventLoop.Run(Leave(source.Task));
        source.SetResult();
        Assert.True(await left[0]);

        static async Coroutine<Task<bool>[]> Leave(Task gate)
        {
            await Coroutine.Yield();
            return [Ordinary(gate)];
        }

        static async Task<bool> Ordinary(Task gate)
        {
            await gate;
            return Thread.CurrentThread.IsThreadPoolThread;
        }
    }

    [Fact]
    public async Task Spawning_on_a_group_whose_loop_was_stopped_from_inside_is_refused()
    {
        using var group = new LoopGroup(1);
        await group.Spawn(static async Coroutine () =>
        {
            await Coroutine.Yield();
            EventLoop.Current.Stop();
        });
        // The thread may still be on its way out: what it accepts until then it also finishes.
        while (true)
        {
            try
            {
                await group.Spawn(0, static async Coroutine () => await Coroutine.Yield());
            }
            catch (OperationCanceledException)
            {
            }
            catch (ObjectDisposedException refused)
            {
                Assert.Contains("has ended", refused.Message, StringComparison.Ordinal);
                return;
            }
        }
    }
}
