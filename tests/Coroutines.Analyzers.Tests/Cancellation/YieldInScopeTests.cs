using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.YieldInScopeAnalyzer>;

namespace Coroutines.Analyzers.Tests.Cancellation;

public sealed class YieldInScopeTests
{
    [Theory]
    [InlineData("using (CancelScope.After(time)) { await Coroutine.Yield(); [|yield|] return 1; }")]
    [InlineData("using var scope = CancelScope.Open(); await Coroutine.Yield(); [|yield|] return 1; [|yield|] return 2;")]
    [InlineData("await using var group = new TaskGroup(); [|yield|] return 1; await group.Join();")]
    [InlineData("await using (var group = new TaskGroup()) { for (int i = 0; i < 3; i++) [|yield|] return i; }")]
    [InlineData("using (CancelScope.After(time)) { try { await Coroutine.Yield(); [|yield|] return 1; } finally { } }")]
    public Task An_item_that_leaves_a_scope_open_is_found(string statements) => Rule.Finds(Stream(statements));

    [Theory]
    [InlineData("int n; using (CancelScope.After(time)) { await Coroutine.Yield(); n = 1; } yield return n;")]
    [InlineData("await using (var group = new TaskGroup()) { await group.Join(); } yield return 1;")]
    [InlineData("{ using var scope = CancelScope.Open(); await Coroutine.Yield(); } yield return 1;")]
    [InlineData("using var s = new System.IO.MemoryStream(); await Coroutine.Yield(); yield return 1;")]
    [InlineData("yield return 1; using var scope = CancelScope.Open(); await Coroutine.Yield();")]
    [InlineData("using (CancelScope.Open()) { await Coroutine.Yield(); } IEnumerable<int> Local() { yield return 2; } yield return Local().First();")]
    public Task One_outside_is_not(string statements) => Rule.Finds(Stream(statements));

    [Fact]
    public Task In_a_generator_style_coroutine_it_is_a_suspension() => Rule.Finds(InClass(
        "[Coroutine] static IEnumerator<ILoopAwaitable> Run(TimeSpan time) { using (CancelScope.After(time)) { yield return Coroutine.Delay(time); } }"));

    [Fact]
    public Task Other_iterators_on_the_loop_are_no_better() => Rule.Finds(InClass(
        "static IEnumerable<int> Run(TimeSpan time) { using (CancelScope.After(time)) { [|yield|] return 1; } }"));

    [Fact]
    public async Task The_message_names_what_is_open() => Assert.Equal(
        "'yield return' hands control to the reader while 'deadline' is open: it would cancel what the reader does meanwhile, or be left in the wrong order; yield after its block",
        await Rule.Message(Stream("using var deadline = CancelScope.After(time); [|yield|] return 1;")));

    private static string Stream(string statements) => InClass(
        $"[Coroutine] static async IAsyncEnumerable<int> Stream(TimeSpan time) {{ await Coroutine.Yield(); {statements} }}");
}
