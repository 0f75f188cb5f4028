using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.UnboundedWaitAnalyzer, Coroutines.CodeFixes.UnboundedWaitFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.UnboundedWaitAnalyzer>;

namespace Coroutines.Analyzers.Tests.Cancellation;

/// <summary>The tests switch the rule on, as <c>.editorconfig</c> would.</summary>
public sealed class UnboundedWaitTests
{
    [Theory]
    [InlineData("[|await given|];")]
    [InlineData("string s = [|await text|];")]
    [InlineData("[|await new System.Net.Http.HttpClient().GetStringAsync(\"a\")|];")]
    [InlineData("[|await given.ConfigureAwait(false)|];")]
    [InlineData("using (CancelScope.After(time)) [|await given|];")]
    [InlineData("[|await Task.WhenAll(given, text)|];")]
    public Task A_wait_that_nothing_ends_is_found(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("await Other();")]
    [InlineData("await Coroutine.Delay(time);")]
    [InlineData("await new Future<int>();")]
    [InlineData("await given.WaitAsync(time);")]
    [InlineData("await given.WaitAsync(CancelScope.CurrentToken);")]
    [InlineData("await new System.Net.Http.HttpClient().GetStringAsync(\"a\", token);")]
    [InlineData("await Task.Delay(1); await Task.Yield(); await Task.CompletedTask;")]
    [InlineData("Func<Task> f = async () => await given;")]
    public Task One_with_token_or_timeout_or_on_the_loop_is_not(string statements) => Rule.Finds(InCoroutine(statements));

    [Fact]
    public void It_is_off_by_default() => Assert.False(Assert.Single(new UnboundedWaitAnalyzer().SupportedDiagnostics).IsEnabledByDefault);

    [Theory]
    [InlineData("[|await given|];", "await given.WaitAsync(CancelScope.CurrentToken);")]
    [InlineData("string s = [|await text|];", "string s = await text.WaitAsync(CancelScope.CurrentToken);")]
    [InlineData("[|await value|];", "await value.AsTask().WaitAsync(CancelScope.CurrentToken);")]
    [InlineData("[|await (milliseconds > 0 ? given : text)|];", "await (milliseconds > 0 ? given : text).WaitAsync(CancelScope.CurrentToken);")]
    public Task The_wait_ends_with_the_scopes_around_it(string before, string after) => Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Fact]
    public Task Nothing_is_offered_for_other_awaitables() => Fixing.GivesNothing(InCoroutine("[|await given.ConfigureAwait(false)|];"));

    [Fact]
    public Task Fix_all_bounds_them_all() => Fixing.GivesAll(
        InCoroutine("[|await given|];\n[|await text|];"),
        InCoroutine("await given.WaitAsync(CancelScope.CurrentToken);\nawait text.WaitAsync(CancelScope.CurrentToken);"));
}
