using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.ConsumedTwiceAnalyzer>;

namespace Coroutines.Analyzers.Tests.Lifetime;

public sealed class ConsumedTwiceTests
{
    [Theory]
    [InlineData("var c = Other(); await c; await [|c|];")]
    [InlineData("var c = Count(); int sum = await c + await [|c|];")]
    [InlineData("var c = Other(); EventLoop.Current.Spawn(c); await [|c|];")]
    [InlineData("var c = Other(); if (milliseconds > 0) await c; await [|c|];")]
    [InlineData("var c = Other(); await c; if (milliseconds > 0) await [|c|];")]
    [InlineData("var c = Other(); if (milliseconds > 0) await c; if (time > TimeSpan.Zero) await [|c|];")]
    [InlineData("var c = Other(); for (int i = 0; i < 3; i++) await [|c|];")]
    [InlineData("var c = Other(); while (milliseconds-- > 0) { if (time > TimeSpan.Zero) await [|c|]; }")]
    [InlineData("var c = Other(); try { await c; } catch (System.IO.IOException) { await [|c|]; }")]
    [InlineData("var c = Other(); await Coroutine.WhenAll(c, [|c|]);")]
    [InlineData("var c = Count(); await Coroutine.MoveOnAfter(c, time); await [|c|];")]
    [InlineData("var c = Other(); await c.WithTimeout(time); await [|c|];")]
    [InlineData("var c = Other(); var t = c.AsTask(); await [|c|];")]
    [InlineData("Coroutine c; c = Other(); await c; c = Other(); await c; await [|c|];")]
    [InlineData("await using var group = new TaskGroup(); var c = Other(); group.Spawn(c); group.Spawn([|c|]); await group.Join();")]
    [InlineData("Func<Coroutine, Coroutine> twice = async c => { await c; await [|c|]; };")]
    public Task A_second_use_on_some_path_is_found(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("var c = Other(); await c;")]
    [InlineData("await Other(); await Other();")]
    [InlineData("var c = Other(); if (milliseconds > 0) await c; else EventLoop.Current.Spawn(c);")]
    [InlineData("var c = Other(); if (milliseconds > 0) { await c; return; } await c;")]
    [InlineData("var c = Other(); await c; c = Other(); await c;")]
    [InlineData("foreach (var (name, (_, c)) in new[] { (\"a\", (1, Other())) }) await c;")]
    [InlineData("Coroutine c = Other(); int n; while (milliseconds-- > 0) { await c; (c, n) = (Other(), 1); }")]
    [InlineData("for (int i = 0; i < 3; i++) { var c = Other(); await c; }")]
    [InlineData("Coroutine c = Other(); while (milliseconds-- > 0) { await c; c = Other(); } await c;")]
    [InlineData("foreach (var c in new[] { Other(), Other() }) await c;")]
    [InlineData("var c = Other(); if (milliseconds > 0) await c; if (milliseconds <= 0) await c;")]
    [InlineData("var c = Other(); bool used = false; while (milliseconds-- > 0) { if (!used) { await c; used = true; } }")]
    [InlineData("var c = Other(); bool used = false; if (milliseconds > 0) { await c; used = true; } if (!used) await c;")]
    [InlineData("var c = Other(); switch (milliseconds) { case 1: await c; break; default: EventLoop.Current.Spawn(c); break; }")]
    [InlineData("var t = EventLoop.Current.Spawn(Count()); int a = await t; int b = await t;")]
    [InlineData("var d = Coroutine.Delay(time); await d; await d;")]
    [InlineData("var c = Other(); Func<Coroutine> f = () => c; await f();")]
    [InlineData("var c = Other(); try { milliseconds = 0; } finally { await c; }")]
    [InlineData("var c = milliseconds > 0 ? Other() : default; if (milliseconds > 0) await c;")]
    public Task One_use_on_each_path_is_not(string statements) => Rule.Finds(InCoroutine(statements));

    [Fact]
    public Task Parameters_and_other_surfaces_count_too() => Rule.Finds(InClass("""
        [Coroutine] static async Coroutine Twice(Coroutine c) { await c; await [|c|]; }
        [Coroutine] static IEnumerator<ILoopAwaitable> Yielded(Coroutine c) { yield return c; yield return [|c|]; }
        static async Task Ordinary(Coroutine<int> c) { await c; await [|c|]; }
        [Coroutine] static async IAsyncEnumerable<int> Stream(Coroutine<int> c) { yield return await c; yield return await [|c|]; }
        """));

    [Fact]
    public async Task The_message_names_the_variable() => Assert.Equal(
        "'again' has been awaited or spawned on a path to here; a coroutine runs once, so this throws",
        await Rule.Message(InCoroutine("var again = Other(); await again; await [|again|];")));
}
