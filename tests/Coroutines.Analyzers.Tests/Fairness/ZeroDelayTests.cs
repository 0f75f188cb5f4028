using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.ZeroDelayAnalyzer, Coroutines.CodeFixes.ZeroDelayFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.ZeroDelayAnalyzer>;

namespace Coroutines.Analyzers.Tests.Fairness;

public sealed class ZeroDelayTests
{
    [Theory]
    [InlineData("await Coroutine.[|Delay|](TimeSpan.Zero);")]
    [InlineData("await Coroutine.[|Delay|](default);")]
    [InlineData("await Coroutine.[|Delay|](TimeSpan.FromMilliseconds(0));")]
    [InlineData("await Coroutine.[|Delay|](new TimeSpan(0));")]
    [InlineData("await Coroutine.[|Delay|](new TimeSpan());")]
    public Task A_delay_of_nothing_is_found(string statements) => Rule.Finds(InCoroutine(statements));

    [Theory]
    [InlineData("await Coroutine.Delay(time);")]
    [InlineData("await Coroutine.Delay(TimeSpan.FromMilliseconds(1));")]
    [InlineData("await Coroutine.Delay(new TimeSpan(1));")]
    [InlineData("await Coroutine.Yield();")]
    [InlineData("await Task.Delay(0);")]
    public Task Another_is_not(string statements) => Rule.Finds(InCoroutine(statements));

    [Fact]
    public Task It_becomes_a_yield() => Fixing.Gives(InCoroutine("await Coroutine.[|Delay|](TimeSpan.Zero);"), InCoroutine("await Coroutine.Yield();"));

    [Fact]
    public Task A_delay_that_is_kept_is_left() => Fixing.GivesNothing(InCoroutine("var d = Coroutine.[|Delay|](TimeSpan.Zero); await d;"));

    [Fact]
    public Task Fix_all_replaces_them_all() => Fixing.GivesAll(
        InCoroutine("await Coroutine.[|Delay|](TimeSpan.Zero);\nawait Coroutine.[|Delay|](default);"), InCoroutine("await Coroutine.Yield();\nawait Coroutine.Yield();"));
}
