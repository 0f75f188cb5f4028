using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fixing = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.EndlessLoopAnalyzer, Coroutines.CodeFixes.EndlessLoopFix>;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.EndlessLoopAnalyzer>;

namespace Coroutines.Analyzers.Tests.Fairness;

public sealed class EndlessLoopTests
{
    [Theory]
    [InlineData("[|while|] (true) { }")]
    [InlineData("[|while|] (true) Console.WriteLine();")]
    [InlineData("[|for|] (;;) { Step(); }")]
    [InlineData("[|do|] { Step(); } while (true);")]
    [InlineData("[|while|] (!s_done) { }")]
    [InlineData("[|while|] (!token.IsCancellationRequested) { Step(); }")]
    [InlineData("[|while|] (!signal.IsSet) ;")]
    [InlineData("[|while|] (true) { if (s_done) break; }")]
    [InlineData("[|while|] (true) { if (token.IsCancellationRequested) return; Step(); }")]
    [InlineData("[|while|] (true) { await Coroutine.Checkpoint(); }")]
    [InlineData("[|while|] (true) { Func<Coroutine> f = async () => await Coroutine.Yield(); }")]
    public Task A_loop_that_only_others_could_end_is_found(string statements) => Rule.Finds(Program(statements));

    [Theory]
    [InlineData("while (true) { await Coroutine.Yield(); }")]
    [InlineData("while (!s_done) { Step(); }")]
    [InlineData("while (queue.Count > 0) queue.Dequeue();")]
    [InlineData("while (queue.TryDequeue(out int n)) { }")]
    [InlineData("while (true) { if (!queue.TryDequeue(out int n)) break; }")]
    [InlineData("int i = 0; while (i < 10) i++;")]
    [InlineData("for (int i = 0; i < 10; i++) { }")]
    [InlineData("int left = 9; while (true) { if (--left == 0) break; }")]
    [InlineData("int at = 0; while (true) { at = text.IndexOf('a', at); if (at < 0) break; at++; }")]
    [InlineData("while (true) { throw new Exception(); }")]
    [InlineData("while (true) { try { Step(); return; } catch (System.IO.IOException) { } }")]
    [InlineData("foreach (int n in queue) { }")]
    [InlineData("Action a = () => { while (true) { } };")]
    [InlineData("while (true) { switch (queue.Dequeue()) { case 1: return; default: break; } }")]
    [InlineData("int low = 0, high = 9; while (low < high) { int middle = (low + high) / 2; if (middle > 3) high = middle; else low = middle + 1; }")]
    [InlineData("while (true) { await foreach (var n in Numbers()) { } } static async IAsyncEnumerable<int> Numbers() { await Task.Yield(); yield return 1; }")]
    public Task One_that_works_or_suspends_is_not(string statements) => Rule.Finds(Program(statements));

    [Theory]
    [InlineData("[|while|] (true) Step();", "while (true) { Step(); await Coroutine.Yield(); }")]
    [InlineData("[|while|] (!signal.IsSet) ;", "while (!signal.IsSet) { await Coroutine.Yield(); }")]
    [InlineData("[|for|] (;;)\n{\n    Step();\n}", "for (;;)\n{\n    Step();\n    await Coroutine.Yield();\n}")]
    [InlineData("[|while|] (true) { if (s_done) continue; Step(); }", "while (true) { await Coroutine.Yield(); if (s_done) continue; Step(); }")]
    public Task It_gives_way(string before, string after) => Fixing.Gives(Program(before), Program(after));

    [Fact]
    public Task In_a_generator_style_coroutine_by_yielding() => Fixing.Gives(
        InClass("[Coroutine] static IEnumerator<ILoopAwaitable> Run() { yield return Coroutine.Yield(); [|while|] (true) { } }"),
        InClass("[Coroutine] static IEnumerator<ILoopAwaitable> Run() { yield return Coroutine.Yield(); while (true) { yield return Coroutine.Yield(); } }"));

    [Fact]
    public Task Fix_all_lets_all_give_way() => Fixing.GivesAll(
        Program("[|while|] (!s_done) { }\n[|while|] (!signal.IsSet) { }"),
        Program("while (!s_done) { await Coroutine.Yield(); }\nwhile (!signal.IsSet) { await Coroutine.Yield(); }"));

    private static string Program(string statements) => InClass($$"""
        static bool s_done;
        static void Step() => s_done = true;
        #pragma warning disable CS1998
        [Coroutine] static async Coroutine Run(CancellationToken token, LoopEvent signal, Queue<int> queue, string text) { {{statements}} }
        """);
}
