using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.TokenNotPassedAnalyzer, Coroutines.CodeFixes.TokenNotPassedFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.TokenNotPassedAnalyzer>;

namespace Coroutines.Analyzers.Tests.Cancellation;

public sealed class TokenNotPassedTests
{
    [Theory]
    [InlineData("await Task.[|Delay|](1);")]
    [InlineData("await Task.[|Delay|](time).ConfigureAwait(false);")]
    [InlineData("System.IO.Stream s = null!; await s.[|WriteAsync|](new byte[1]);")]
    [InlineData("System.IO.Stream s = null!; await s.[|FlushAsync|]();")]
    [InlineData("var t = new System.Net.Http.HttpClient().[|GetStringAsync|](\"a\"); await t;")]
    [InlineData("await [|Mine|](1); static async Coroutine Mine(int n, CancellationToken stop = default) => await Other();")]
    [InlineData("await foreach (var n in [|Numbers|]()) { } static async IAsyncEnumerable<int> Numbers(CancellationToken stop = default) { await Other(); yield return 1; }")]
    [InlineData("Func<Coroutine> f = async () => await Task.[|Delay|](1);")]
    public Task A_call_that_gets_no_token_is_found(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("await Task.Delay(1, token);")]
    [InlineData("await Task.Delay(1, CancellationToken.None);")]
    [InlineData("await Coroutine.Delay(time);")]
    [InlineData("await Other();")]
    [InlineData("await given;")]
    [InlineData("await Task.Run(() => { });")]
    [InlineData("try { await Other(); } finally { await Task.Delay(1); }")]
    [InlineData("Func<Task> f = async () => await Task.Delay(1);")]
    [InlineData("int n = Math.Max(1, 2);")]
    public Task One_that_has_one_or_takes_none_is_not(string statements) => Rule.Finds(InCoroutine(statements));

    [Fact]
    public Task Inside_a_scope_the_token_of_the_task_is_at_hand() => Rule.Finds(InClass("""
        [Coroutine]
        static async Coroutine Run(TimeSpan time)
        {
            await Task.Delay(1);
            using (CancelScope.After(time))
                await Task.[|Delay|](1);
            using (CancelScope.Shielded())
                await Task.Delay(1);
            using var scope = CancelScope.Open();
            await Task.[|Delay|](1);
            await Task.Delay(1, CancelScope.CurrentToken);
        }
        """));

    [Fact]
    public Task Without_token_or_scope_there_is_nothing_to_pass() => Rule.Finds(InClass("""
        [Coroutine] static async Coroutine Run() { await Task.Delay(1); var later = CancellationToken.None; await Other(later); }
        [Coroutine] static async Coroutine Other(CancellationToken stop) => await Task.Delay(1, stop);
        static async Task Ordinary(CancellationToken stop) => await Task.Delay(1);
        """));

    [Fact]
    public async Task The_message_names_call_and_token() => Assert.Equal(
        "'Delay' takes a cancellation token, and gets none, though 'token' is at hand",
        await Rule.Message(InCoroutine("await Task.[|Delay|](1);")));

    [Theory]
    [InlineData("await Task.[|Delay|](1);", "await Task.Delay(1, token);")]
    [InlineData("System.IO.Stream s = null!; await s.[|FlushAsync|]();", "System.IO.Stream s = null!; await s.FlushAsync(token);")]
    [InlineData("System.IO.Stream s = null!; await s.[|WriteAsync|](buffer: new byte[1]);", "System.IO.Stream s = null!; await s.WriteAsync(buffer: new byte[1], cancellationToken: token);")]
    [InlineData(
        "await [|Mine|](1); static async Coroutine Mine(int n, int m = 2, CancellationToken stop = default) => await Other();",
        "await Mine(1, stop: token); static async Coroutine Mine(int n, int m = 2, CancellationToken stop = default) => await Other();")]
    [InlineData("var mine = CancelScope.CurrentToken; await Task.[|Delay|](1);", "var mine = CancelScope.CurrentToken; await Task.Delay(1, mine);")]
    public Task The_token_is_passed(string before, string after) => Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Fact]
    public Task Fix_all_passes_it_everywhere() => Fixing.GivesAll(
        InClass("[Coroutine] static async Coroutine Run(TimeSpan time) { using (CancelScope.After(time)) { await Task.[|Delay|](1); await Task.WhenAll(Task.[|Delay|](1), Task.[|Delay|](time)); } }"),
        InClass("[Coroutine] static async Coroutine Run(TimeSpan time) { using (CancelScope.After(time)) { await Task.Delay(1, CancelScope.CurrentToken); await Task.WhenAll(Task.Delay(1, CancelScope.CurrentToken), Task.Delay(time, CancelScope.CurrentToken)); } }"));
}
