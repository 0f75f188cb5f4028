using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.IdleScopeAnalyzer, Coroutines.CodeFixes.IdleScopeFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.IdleScopeAnalyzer>;

namespace Coroutines.Analyzers.Tests.Cancellation;

public sealed class IdleScopeTests
{
    private const string Idle = "\n#pragma warning disable CS1998\nstatic async Coroutine Idle() { }\nstatic async Coroutine<int> One() => 1;";

    [Theory]
    [InlineData("using ([|CancelScope.After(time)|]) { Console.WriteLine(); }")]
    [InlineData("using ([|CancelScope.Shielded()|]) EventLoop.Current.Spawn(Other());")]
    [InlineData("{ using var scope = [|CancelScope.Open()|]; milliseconds = 3; }")]
    [InlineData("using (var scope = [|CancelScope.After(time)|]) { scope.Deadline = time; }")]
    [InlineData("using ([|CancelScope.After(time)|]) { Func<Coroutine> f = async () => await Other(); }")]
    [InlineData("await Idle().[|WithTimeout|](time);")]
    [InlineData("bool finished = await Coroutine.[|MoveOnAfter|](Idle(), time);")]
    [InlineData("int n = await One().[|WithTimeout|](time);")]
    public Task A_scope_that_can_do_nothing_is_found(string statements) => Rule.Finds(InCoroutine(statements + Idle));

    [Theory]
    [InlineData("using (CancelScope.After(time)) { await Other(); }")]
    [InlineData("using var scope = CancelScope.After(time); await Other();")]
    [InlineData("using (CancelScope.After(time)) { if (milliseconds > 0) await Other(); }")]
    [InlineData("using (CancelScope.After(time)) { await given; }")]
    [InlineData("using (CancelScope.After(time)) { await using var group = new TaskGroup(); }")]
    [InlineData("using (CancelScope.After(time)) { await Coroutine.Checkpoint(); }")]
    [InlineData("using (var scope = CancelScope.Open()) { Keep(scope); } static void Keep(CancelScope s) { }")]
    [InlineData("using (var scope = CancelScope.Open()) { Action stop = () => scope.Cancel(); stop(); }")]
    [InlineData("using (CancelScope.After(time)) { Use(CancelScope.CurrentToken); } static void Use(CancellationToken t) { }")]
    [InlineData("await Other().WithTimeout(time);")]
    [InlineData("await Coroutine.MoveOnAfter(Count(), time);")]
    [InlineData("var c = Other(); await c.WithTimeout(time);")]
    public Task One_with_a_suspension_or_another_use_is_not(string statements) => Rule.Finds(InCoroutine(statements));

    [Fact]
    public Task In_a_generator_style_coroutine_yielding_is_suspending() => Rule.Finds(InClass("""
        [Coroutine]
        static IEnumerator<ILoopAwaitable> Run(TimeSpan time)
        {
            using (CancelScope.After(time))
                yield return Coroutine.Delay(time);
            using ([|CancelScope.After(time)|]) { }
        }
        """));

    [Fact]
    public async Task The_message_names_the_form() => Assert.Equal(
        "'CancelScope.Shielded' has no effect: nothing inside suspends, and only suspensions can be cancelled",
        await Rule.Message(InCoroutine("using ([|CancelScope.Shielded()|]) { }")));

    [Theory]
    [InlineData("using ([|CancelScope.After(time)|]) { Console.WriteLine(); }", "{ Console.WriteLine(); }")]
    [InlineData("// why\nusing ([|CancelScope.After(time)|])\n    Console.WriteLine();\n", "// why\nConsole.WriteLine();\n")]
    [InlineData("{\n    using var scope = [|CancelScope.Open()|];\n    milliseconds = 3;\n}", "{\n    milliseconds = 3;\n}")]
    [InlineData("await Idle().[|WithTimeout|](time);", "await Idle();")]
    [InlineData("await Coroutine.[|MoveOnAfter|](Idle(), time);", "await Idle();")]
    [InlineData("int n = await Coroutine.[|Shield|](One());", "int n = await One();")]
    public Task The_scope_is_removed(string before, string after) => Fixing.Gives(InCoroutine(before + Idle), InCoroutine(after + Idle));

    [Theory]
    [InlineData("using (var scope = [|CancelScope.After(time)|]) { scope.Deadline = time; }")]
    [InlineData("bool finished = await Coroutine.[|MoveOnAfter|](Idle(), time);")]
    public Task Nothing_is_offered_where_the_scope_is_asked(string statements) => Fixing.GivesNothing(InCoroutine(statements + Idle));

    [Fact]
    public Task Fix_all_removes_them_all() => Fixing.GivesAll(
        InCoroutine("using ([|CancelScope.After(time)|]) { using ([|CancelScope.Shielded()|]) { } }\nawait Idle().[|WithTimeout|](time);" + Idle),
        InCoroutine("{ { } }\nawait Idle();" + Idle));
}
