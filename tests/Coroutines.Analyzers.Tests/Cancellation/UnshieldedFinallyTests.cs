using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.UnshieldedFinallyAnalyzer, Coroutines.CodeFixes.UnshieldedFinallyFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.UnshieldedFinallyAnalyzer>;

namespace Coroutines.Analyzers.Tests.Cancellation;

public sealed class UnshieldedFinallyTests
{
    [Theory]
    [InlineData("try { await Other(); } finally { [|await Other()|]; }")]
    [InlineData("try { await Other(); } finally { [|await Coroutine.Delay(time)|]; }")]
    [InlineData("try { await Other(); } finally { if (milliseconds > 0) [|await Other()|]; }")]
    [InlineData("try { await Other(); } finally { await Coroutine.Shield(Other()); [|await Coroutine.Yield()|]; }")]
    [InlineData("try { await Other(); } finally { await Task.Delay(1); [|await Task.Delay(1, token)|]; }")]
    [InlineData("try { await Other(); } finally { try { [|await Other()|]; } finally { [|await Other()|]; } }")]
    [InlineData("try { await Other(); } finally { using (CancelScope.After(time)) { [|await Other()|]; } }")]
    [InlineData("try { await Other(); } finally { [|await|] foreach (var n in Numbers()) { } } [Coroutine] static async IAsyncEnumerable<int> Numbers() { await Other(); yield return 1; }")]
    [InlineData("Func<Coroutine> f = async () => { try { } finally { [|await Other()|]; } };")]
    public Task A_suspension_that_cancellation_reaches_is_found(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("try { await Other(); } finally { await Coroutine.Shield(Other()); }")]
    [InlineData("try { await Other(); } finally { using (CancelScope.Shielded()) { await Other(); await Other(); } }")]
    [InlineData("try { await Other(); } finally { using var shield = CancelScope.Shielded(); await Other(); }")]
    [InlineData("try { await Other(); } finally { using var scope = CancelScope.After(time); scope.IsShielded = true; await Other(); }")]
    [InlineData("using (CancelScope.Shielded()) { try { await Other(); } finally { await Other(); } }")]
    [InlineData("try { await Other(); } finally { await given; }")]
    [InlineData("try { await Other(); } finally { await Task.Delay(1); }")]
    [InlineData("try { await Other(); } finally { milliseconds = 0; }")]
    [InlineData("try { await Other(); } catch (System.IO.IOException) { await Other(); }")]
    [InlineData("var g = new TaskGroup(); try { await g.Join(); } finally { await g.DisposeAsync(); }")]
    [InlineData("try { await Other(); } finally { Func<Coroutine> f = async () => await Other(); }")]
    public Task One_that_is_shielded_or_foreign_is_not(string statements) => Rule.Finds(InCoroutine(statements));

    [Fact]
    public Task Ordinary_async_methods_are_left_alone() => Rule.Finds(InClass("static async Task Run() { try { } finally { await Coroutine.Yield(); } }"));

    [Fact]
    public async Task The_message_names_the_coroutine() => Assert.Equal(
        "When 'Run' is cancelled, this suspension in 'finally' is cancelled at once and the rest of the clean-up skipped; shield it",
        await Rule.Message(InCoroutine("try { await Other(); } finally { [|await Other()|]; }")));

    [Theory]
    [InlineData("try { await Other(); } finally { [|await Other()|]; }", "try { await Other(); } finally { await Coroutine.Shield(Other()); }")]
    [InlineData("try { await Other(); } finally { int n = [|await Count()|]; }", "try { await Other(); } finally { int n = await Coroutine.Shield(Count()); }")]
    [InlineData(
        "try { await Other(); }\nfinally\n{\n    // wait\n    [|await Coroutine.Delay(time)|];\n}",
        "try { await Other(); }\nfinally\n{\n    using var shield = CancelScope.Shielded();\n    // wait\n    await Coroutine.Delay(time);\n}")]
    public Task It_is_shielded(string before, string after) => Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Fact]
    public Task Fix_all_opens_one_shield_for_a_block() => Fixing.GivesAll(
        InCoroutine("try { await Other(); } finally { [|await Coroutine.Yield()|]; [|await Coroutine.Yield()|]; }\ntry { } finally { [|await Other()|]; }"),
        InCoroutine("try { await Other(); } finally { using var shield = CancelScope.Shielded(); await Coroutine.Yield(); await Coroutine.Yield(); }\ntry { } finally { await Coroutine.Shield(Other()); }"));
}
