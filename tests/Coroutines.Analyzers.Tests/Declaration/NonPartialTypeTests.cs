using Xunit;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.NonPartialTypeAnalyzer>;

namespace Coroutines.Analyzers.Tests.Declaration;

public sealed class NonPartialTypeTests
{
    private const string Method = "[Coroutines.Coroutine] async Coroutines.Coroutine Run() => await Task.Yield();";

    [Theory]
    [InlineData("class [|A|] { " + Method + " }")]
    [InlineData("sealed class [|A|]<T> { " + Method + " }")]
    [InlineData("struct [|A|] { " + Method + " }")]
    [InlineData("record [|A|] { " + Method + " }")]
    [InlineData("readonly record struct [|A|](int X) { " + Method + " }")]
    [InlineData("interface [|A|] { " + Method + " }")]
    [InlineData("class A { partial class [|B|] { " + Method + " } }")]
    [InlineData("class A { class [|B|] { " + Method + " } }")]
    [InlineData("class A { partial class B { partial struct [|C|] { " + Method + " } } }")]
    [InlineData("class [|A|] { " + Method + " class [|B|] { " + Method + " } }")]
    [InlineData("class [|A|] { [Coroutines.Coroutine] static IEnumerator<Coroutines.ILoopAwaitable> Run() { yield break; } }")]
    public Task A_type_with_coroutines_and_every_type_around_it_must_be_partial(string source) => Rule.Finds(source);

    [Theory]
    [InlineData("partial class A { " + Method + " }")]
    [InlineData("partial class A { partial class B { " + Method + " } }")]
    [InlineData("partial class A { class B; " + Method + " }")]
    [InlineData("class A { async Coroutines.Coroutine Unmarked() => await Task.Yield(); }")]
    [InlineData("class A { void Run() { [Coroutines.Coroutine] async Coroutines.Coroutine Local() => await Task.Yield(); _ = Local(); } }")]
    [InlineData("_ = Local(); [Coroutines.Coroutine] static async Coroutines.Coroutine Local() => await Task.Yield();")]
    public Task Other_types_need_not_be(string source) => Rule.Finds(source);

    [Fact]
    public async Task The_message_names_every_type_to_change() => Assert.Equal(
        "'B' declares coroutine 'Run', so 'B' and 'A' must be partial",
        await Rule.Message("class A { class [|B|] { " + Method + " } }"));
}
