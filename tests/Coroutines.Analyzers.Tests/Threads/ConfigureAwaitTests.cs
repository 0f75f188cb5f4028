using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.ConfigureAwaitAnalyzer, Coroutines.CodeFixes.ConfigureAwaitFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.ConfigureAwaitAnalyzer>;

namespace Coroutines.Analyzers.Tests.Threads;

public sealed class ConfigureAwaitTests
{
    [Theory]
    [InlineData("await given.[|ConfigureAwait|](false);")]
    [InlineData("int n = await number.[|ConfigureAwait|](false);")]
    [InlineData("await value.[|ConfigureAwait|](false);")]
    [InlineData("await given.[|ConfigureAwait|](ConfigureAwaitOptions.SuppressThrowing);")]
    [InlineData("Func<Task> f = async () => { await given.[|ConfigureAwait|](false); await Coroutine.Yield(); };")]
    public Task Leaving_the_loop_is_found(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("await given.ConfigureAwait(true);")]
    [InlineData("await given.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);")]
    [InlineData("Func<Task> f = async () => { await given.ConfigureAwait(false); };")]
    public Task Staying_is_not(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("await given.[|ConfigureAwait|](false);", "await given;")]
    [InlineData("int n = await number.[|ConfigureAwait|](false);", "int n = await number;")]
    public Task It_is_removed(string before, string after) => Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Fact]
    public Task Fix_all_removes_them_all() => Fixing.GivesAll(
        InCoroutine("await given.[|ConfigureAwait|](false);\nawait text.[|ConfigureAwait|](false);"), InCoroutine("await given;\nawait text;"));
}
