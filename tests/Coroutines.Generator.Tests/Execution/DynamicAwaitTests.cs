using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>What is awaited as <c>dynamic</c> is cancelled, and refused, as if its type had been known.</summary>
public sealed class DynamicAwaitTests
{
    private const string Main = """
        [Coroutine] public static async Coroutine Main()
        {
            var task = EventLoop.Current.Spawn(Waiting(), "waiting");
            for (int i = 0; i < 20; i++) await Coroutine.Yield();
            Log("cancel"); task.Cancel(); s_source.TrySetResult(3);
            try { await task; } catch (OperationCanceledException) { Log("cancelled"); }
        }
        [Coroutine] static async Coroutine<int> Long() { try { await Coroutine.Delay(TimeSpan.FromDays(1)); return 1; } finally { Log("long left"); } }
        [Coroutine] static async Coroutine Quiet() => await Coroutine.Delay(TimeSpan.FromDays(1));
        static readonly TaskCompletionSource<int> s_source = new();
        """;

    [Theory]
    [InlineData("await (dynamic)Coroutine.Delay(TimeSpan.FromDays(1));")]
    [InlineData("int n = await (dynamic)Long();", "long left")]
    [InlineData("int n = await (dynamic)new Future<int>(EventLoop.Current);")]
    [InlineData("await (dynamic)EventLoop.Current.Spawn(Quiet());")]
    [InlineData("using (CancelScope.Open()) await (dynamic)Coroutine.Delay(TimeSpan.FromDays(1));")]
    public void A_cancelled_task_leaves_it_at_once(string wait, params string[] inside) => Assert.Equal(
        ["waits", "cancel", .. inside, "left", "cancelled"],
        BothLowerings.Agree($$"""[Coroutine] static async Coroutine Waiting() { try { Log("waits"); {{wait}} Log("never"); } finally { Log("left"); } }""" + "\n" + Main));

    [Fact]
    public void A_stream_leaves_it_with_its_reader() => Assert.Equal(
        ["waits", "cancel", "long left", "left", "cancelled"],
        BothLowerings.Agree("""
            [Coroutine] static async Coroutine Waiting() { await foreach (int n in Numbers()) Log(n); }
            [Coroutine] static async IAsyncEnumerable<int> Numbers() { try { Log("waits"); yield return await (dynamic)Long(); } finally { Log("left"); } }
            """ + "\n" + Main));

    [Fact]
    public void A_task_that_is_cancelled_already_does_not_wait() => Assert.Equal(
        ["waits", "left", "cancel", "cancelled"],
        BothLowerings.Agree("""[Coroutine] static async Coroutine Waiting() { CoroutineTask.Current.Cancel(); try { Log("waits"); await (dynamic)Coroutine.Delay(TimeSpan.FromDays(1)); Log("never"); } finally { Log("left"); } }""" + "\n" + Main));

    [Fact]
    public void A_cancelled_scope_ends_it_and_the_task_goes_on() => Assert.Equal(
        ["waits", "left", "scope ended", "went on", "cancel"],
        BothLowerings.Agree("""
            [Coroutine] static async Coroutine Waiting()
            {
                try
                {
                    using var scope = CancelScope.Open();
                    EventLoop.Current.CallSoon(static scope => scope.Cancel(), scope);
                    Log("waits");
                    try { await (dynamic)Coroutine.Delay(TimeSpan.FromDays(1)); Log("never"); } finally { Log("left"); }
                }
                catch (OperationCanceledException) { Log("scope ended"); }
                await (dynamic)Coroutine.Yield();
                await Coroutine.Yield();
                Log("went on");
            }
            """ + "\n" + Main));

    [Fact]
    public void What_refuses_to_be_awaited_says_so_to_the_task_that_awaits_it() => Assert.Equal(
        ["before", "A task cannot await itself: it would wait for ever.", "other ends", "cancel"],
        BothLowerings.Agree("""
            [Coroutine] static async Coroutine Waiting()
            {
                EventLoop.Current.Spawn(Other());
                Log("before");
                try { await (dynamic)CoroutineTask.Current; } catch (InvalidOperationException e) { Log(e.Message); }
            }
            [Coroutine] static async Coroutine Other() { for (int i = 0; i < 5; i++) await Coroutine.Yield(); Log("other ends"); }
            """ + "\n" + Main));

    [Fact]
    public void A_task_of_the_framework_must_end_first() => Assert.Equal(
        ["waits", "cancel", "3", "left", "cancelled"],
        BothLowerings.Agree("""[Coroutine] static async Coroutine Waiting() { try { Log("waits"); int n = await (dynamic)s_source.Task; Log(n); await Coroutine.Yield(); Log("never"); } finally { Log("left"); } }""" + "\n" + Main));
}
