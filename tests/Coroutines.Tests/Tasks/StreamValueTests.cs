namespace Coroutines.Tests.Tasks;

/// <summary>Streams handed out as values: what an enumerator does beyond what the compiler's does.</summary>
public sealed partial class StreamValueTests
{
    private static readonly AsyncLocal<string?> s_local = new();

    [Fact]
    public void A_second_call_before_the_answer_is_refused()
    {
        using var loop = VirtualLoop.Create();
        loop.RunUntilComplete(Body());

        static async Coroutine Body()
        {
            var stream = Ticks(1).GetAsyncEnumerator();
            var first = stream.MoveNextAsync();
            Assert.Throws<InvalidOperationException>(() => { _ = stream.MoveNextAsync(); });
            Assert.Throws<InvalidOperationException>(() => { _ = stream.DisposeAsync(); });
            Assert.True(await first);
            Assert.Equal(0, stream.Current);
            Assert.False(await stream.MoveNextAsync());
            Assert.False(await stream.MoveNextAsync());
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task Without_a_loop_the_answer_is_what_to_do()
    {
        var stream = Ticks(1).GetAsyncEnumerator();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.MoveNextAsync());
        Assert.Contains("EventLoop.Run", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_stream_sets_for_its_own_flow_stays_there()
    {
        using var loop = VirtualLoop.Create();
        loop.RunUntilComplete(Body());

        static async Coroutine Body()
        {
            s_local.Value = "reader";
            var seen = new List<string?>();
            await using var stream = Setting(seen).GetAsyncEnumerator();
            while (await stream.MoveNextAsync())
                Assert.Equal("reader", s_local.Value);
            Assert.Equal(["reader", "stream"], seen);
        }
    }

    [Fact]
    public void A_pull_that_nobody_awaits_outlives_the_task_that_made_it()
    {
        using var loop = VirtualLoop.Create();
        var stream = Ticks(1).GetAsyncEnumerator();
        loop.RunUntilComplete(Body());

        async Coroutine Body()
        {
            ValueTask<bool> answer = default;
            await EventLoop.Current.Spawn(Pull());
            // The task's object is in use again: cancelling this one must not reach the pull.
            var other = EventLoop.Current.Spawn(Waits());
            await Coroutine.Yield();
            other.Cancel();
            Assert.True(await answer);

            async Coroutine Pull()
            {
                answer = stream.MoveNextAsync();
                await Coroutine.Yield();
            }
        }
    }

    [Coroutine]
    private static async Coroutine Waits() => await Coroutine.Delay(TimeSpan.FromSeconds(1));

    [Coroutine]
    private static async IAsyncEnumerable<int> Ticks(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Coroutine.Delay(TimeSpan.FromMilliseconds(10));
            yield return i;
        }
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Setting(List<string?> seen)
    {
        seen.Add(s_local.Value);
        s_local.Value = "stream";
        await Coroutine.Yield();
        seen.Add(s_local.Value);
        yield return 1;
    }
}
