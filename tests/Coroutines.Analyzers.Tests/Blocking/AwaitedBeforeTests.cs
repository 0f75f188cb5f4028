using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.SyncOverAsyncAnalyzer>;

namespace Coroutines.Analyzers.Tests.Blocking;

public sealed class AwaitedBeforeTests
{
    [Theory]
    [InlineData("await text; int n = text.Result.Length;")]
    [InlineData("await given; given.Wait(); given.GetAwaiter().GetResult();")]
    [InlineData("await text.ConfigureAwait(false); string s = text.ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("string t = await text; string s = text.Result;")]
    [InlineData("await Task.WhenAll(given, text); string s = text.Result;")]
    [InlineData("await Task.WhenAll([given, text]); string s = text.Result;")]
    [InlineData("await text; if (milliseconds > 0) { while (true) { string s = text.Result; } }")]
    [InlineData("text = Task.FromResult(\"\"); await text; string s = text.Result;")]
    [InlineData("switch (milliseconds) { case 1: await text; string s = text.Result; break; }")]
    [InlineData("var all = new[] { number, number }; await Task.WhenAll(all); int n = all[0].Result;")]
    [InlineData("var all = new List<Task<int>>(); await Task.WhenAll(all); foreach (var one in all) { int n = one.Result; }")]
    public Task A_task_awaited_before_has_completed(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("string s = text.[|Result|]; await text;")]
    [InlineData("await given; string s = text.[|Result|];")]
    [InlineData("if (milliseconds > 0) { await text; } string s = text.[|Result|];")]
    [InlineData("bool b = milliseconds > 0 && await text == \"\"; string s = text.[|Result|];")]
    [InlineData("string? t = milliseconds > 0 ? await text : null; string s = text.[|Result|];")]
    [InlineData("await Task.WhenAny(given, text); string s = text.[|Result|];")]
    [InlineData("await text; text = Task.FromResult(\"\"); string s = text.[|Result|];")]
    [InlineData("await text; while (true) { string s = text.[|Result|]; text = Task.FromResult(\"\"); }")]
    [InlineData("await number; int n = number.[|Result|];")]
    [InlineData("try { await text; } catch { } string s = text.[|Result|];")]
    [InlineData("await text; Func<Coroutine<string>> f = async () => { await Coroutine.Yield(); return text.[|Result|]; };")]
    public Task One_that_may_not_have_been_is_found(string statements) => Rule.Finds(InCoroutine(statements));

    [Fact]
    public Task A_field_keeps_its_task_only_if_nobody_can_replace_it() => Rule.Finds(InClass("""
        readonly Task<int> _kept = Task.FromResult(1);
        static readonly Task<int> s_kept = Task.FromResult(1);
        Task<int> _current = Task.FromResult(1);
        async Coroutine<int> Kept() { await _kept; await s_kept; return _kept.Result + this._kept.Result + s_kept.Result; }
        async Coroutine<int> Replaced() { await _current; return _current.[|Result|]; }
        async Coroutine<int> Of(Scene other) { await other._kept; return other._kept.[|Result|]; }
        """));
}
