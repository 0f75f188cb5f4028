using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.DroppedCoroutineAnalyzer, Coroutines.CodeFixes.DroppedCoroutineFix>;

namespace Coroutines.Analyzers.Tests.Lifetime;

public sealed class DroppedCoroutineFixTests
{
    [Theory]
    [InlineData("[|Other()|];", "await Other();")]
    [InlineData("// why\n[|Other()|]; // what", "// why\nawait Other(); // what")]
    [InlineData("if (milliseconds > 0) [|Count()|];", "if (milliseconds > 0) await Count();")]
    [InlineData("var c = [|Other()|];", "await Other();")]
    [InlineData("// why\n_ = [|Other()|]; // what", "// why\nawait Other(); // what")]
    [InlineData("// why\nCoroutine<int> c = [|Count()|]; // what", "// why\nawait Count(); // what")]
    [InlineData("Func<Task> f = async () => [|Other()|];", "Func<Task> f = async () => await Other();")]
    public Task The_coroutine_is_awaited_on_the_spot(string before, string after) => Fixing.Gives(InCoroutine(before), InCoroutine(after));

    [Theory]
    [InlineData("Action a = () => [|Other()|];")]
    [InlineData("lock (given) { [|Other()|]; }")]
    [InlineData("var c = [|Other()|]; c = [|Other()|];")]
    [InlineData("Coroutine a = [|Other()|], b = Other(); await b;")]
    [InlineData("void Local() { [|Other()|]; }")]
    public Task Nothing_is_offered_where_it_cannot_be(string statements) => Fixing.GivesNothing(InCoroutine(statements));

    [Fact]
    public Task Nothing_is_offered_in_top_level_statements_which_no_loop_runs() => Fixing.GivesNothing("""
        [|Work()|];

        [Coroutines.Coroutine]
        static async Coroutines.Coroutine Work() => await Task.Yield();
        """);

    [Fact]
    public Task Fix_all_awaits_them_all() => Fixing.GivesAll(
        InCoroutine("[|Other()|];\nvar c = [|Count()|];\nFunc<Task> f = async () => { [|Other()|]; };"),
        InCoroutine("await Other();\nawait Count();\nFunc<Task> f = async () => { await Other(); };"));
}
