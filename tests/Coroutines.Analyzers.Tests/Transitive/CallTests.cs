using Microsoft.CodeAnalysis;
using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.TransitiveBlockingAnalyzer>;

namespace Coroutines.Analyzers.Tests.Transitive;

/// <summary>CORO105: what a coroutine calls blocks, near or far.</summary>
public sealed class CallTests
{
    private const string Park = "static void Park() => Thread.Sleep(1);\n";

    private static string Calling(string statement, string members = Park) =>
        InClass($$"""
            {{members}}

            [Coroutine]
            static async Coroutine Run(List<int> list, Scene other)
            {
                {{statement}}
                await Coroutine.Yield();
            }
            """);

    [Fact]
    public async Task The_message_shows_the_way_to_the_blocking_call() => Assert.Equal(
        "'Scene.Save' in coroutine 'Run' leads to a blocking call: Scene.Save → Scene.Write → File.WriteAllText; make it a coroutine, or use 'await loop.RunInExecutor(…)'",
        await Rule.Message(Calling("{|CORO105:Save|}();", """
            static void Save() => Write();
            static void Write() => System.IO.File.WriteAllText("a", "b");
            """)));

    [Theory]
    [InlineData("{|CORO105:Park|}();")]
    [InlineData("Scene.{|CORO105:Park|}();")]
    [InlineData("if (list.Count > 0) {|CORO105:Park|}();")]
    [InlineData("list.{|CORO105:ForEach|}(_ => Park());")]
    [InlineData("list.{|CORO105:ForEach|}(_ => Thread.Sleep(1));")]
    [InlineData("var n = list.{|CORO105:Select|}(n => { Thread.Sleep(n); return n; }).ToList();")]
    [InlineData("var q = from n in list {|CORO105:where Ask(n)|} select n;", "static bool Ask(int n) { Thread.Sleep(n); return true; }")]
    [InlineData("void Local() => Park(); {|CORO105:Local|}();")]
    [InlineData("Action action = () => Park(); {|CORO105:action|}();")]
    [InlineData("Action action = Park; {|CORO105:action|}();")]
    [InlineData("Action action = Park; action?.{|CORO105:Invoke|}();")]
    [InlineData("{|CORO105:((Action)(() => Park()))|}();")]
    [InlineData("{|CORO105:Twice|}(() => Thread.Sleep(1));", "static void Twice(Action action) { action(); action(); }")]
    [InlineData("{|CORO105:Outer|}(() => Thread.Sleep(1));", "static void Outer(Action a) => Inner(a); static void Inner(Action a) => a();")]
    [InlineData("await {|CORO105:Later|}();", "static Coroutine Later() { Thread.Sleep(1); return Last(); } static async Coroutine Last() => await Coroutine.Yield();")]
    [InlineData("foreach (int n in {|CORO105:Numbers|}()) { }", "static IEnumerable<int> Numbers() { Thread.Sleep(1); yield return 1; }")]
    [InlineData("{|CORO105:Generic|}(1);", "static void Generic<T>(T value) => Thread.Sleep(1);")]
    [InlineData("list.{|CORO105:Extension|}();", "} static class More { public static void Extension(this List<int> list) => Thread.Sleep(1);")]
    [InlineData("new Scene().{|CORO105:Wait|}();", "void Wait() { lock (this) { Task.Delay(1).Wait(); } }")]
    public Task Calls_are_found(string statement, string members = Park) => Rule.Finds(Calling(statement, members));

    [Theory]
    [InlineData("await Task.Run(() => Park());")]
    [InlineData("await Task.Run(Park);")]
    [InlineData("await EventLoop.Current.RunInExecutor(() => Park());")]
    [InlineData("await EventLoop.Current.RunInExecutor(Park);")]
    [InlineData("new Thread(Park).Start();")]
    [InlineData("Action action = () => Park();")]
    [InlineData("void Local() => Park();")]
    [InlineData("string name = nameof(Park);")]
    [InlineData("Keep(() => Thread.Sleep(1));", "static Action? kept; static void Keep(Action action) => kept = action;")]
    [InlineData("Offload(() => Thread.Sleep(1));", "static void Offload(Action action) => Task.Run(action);")]
    [InlineData("Poll();", "static void Poll() => new ManualResetEvent(false).WaitOne(0);")]
    [InlineData("Read();", "static void Read() { new System.IO.MemoryStream().ReadByte(); }")]
    [InlineData("await Other();", "[Coroutine] static async Coroutine Other() { Thread.Sleep(1); await Coroutine.Yield(); }")]
    [InlineData("Ask(Task.CompletedTask);", "static void Ask(Task task) { if (task.IsCompleted) task.Wait(); }")]
    public Task What_runs_elsewhere_or_does_not_wait_is_not(string statement, string members = Park) => Rule.Finds(Calling(statement, members));

    [Theory]
    [InlineData("static void Step() => Console.WriteLine();", DiagnosticSeverity.Info)]
    [InlineData("static void Step() { lock (typeof(Scene)) { } }", DiagnosticSeverity.Info)]
    [InlineData("static void Step() => Thread.Sleep(1);", DiagnosticSeverity.Warning)]
    [InlineData("static void Step() { Console.WriteLine(); Deeper(); } static void Deeper() => Thread.Sleep(1);", DiagnosticSeverity.Warning)]
    public async Task The_worst_that_can_be_reached_decides_the_severity(string members, DiagnosticSeverity severity) =>
        Assert.Equal(severity, Assert.Single(await Rule.Finds(Calling("{|CORO105:Step|}();", members))).Severity);

    [Fact]
    public Task Only_the_coroutine_is_told_and_not_the_functions_between() => Rule.Finds(InClass("""
        static void A() => B();
        static void B() => Thread.Sleep(1);
        static async Task Ordinary() { A(); await Task.Yield(); }

        [Coroutine]
        static async Coroutine Inner() { {|CORO105:A|}(); await Coroutine.Yield(); }

        [Coroutine]
        static async Coroutine Outer() { await Inner(); }
        """));

    [Fact]
    public async Task Of_several_ways_the_shortest_is_shown_and_of_these_the_first_by_name()
    {
        string message = await Rule.Message(Calling("{|CORO105:Start|}();", """
            static void Start() { Long(); Right(); Left(); }
            static void Long() => Longer();
            static void Longer() => Left();
            static void Left() => Thread.Sleep(1);
            static void Right() => Thread.Sleep(1);
            """));
        Assert.Contains("Scene.Start → Scene.Left → Thread.Sleep;", message);
    }

    /// <summary>A depth-first search that remembers answers takes one of two functions in a cycle for harmless, depending on where it began.</summary>
    [Fact]
    public Task In_a_cycle_of_calls_every_function_blocks_if_one_does() => Rule.Finds(InClass("""
        static void A(int n) { if (n > 0) B(n - 1); }
        static void B(int n) { A(n); C(n); }
        static void C(int n) { B(n); Thread.Sleep(1); }
        static void D(int n) { if (n > 0) E(n); }
        static void E(int n) => D(n - 1);

        [Coroutine]
        static async Coroutine Run()
        {
            {|CORO105:A|}(1);
            {|CORO105:B|}(1);
            {|CORO105:C|}(1);
            D(1);
            E(1);
            await Coroutine.Yield();
        }
        """));

    [Fact]
    public Task A_body_goes_on_elsewhere_after_ConfigureAwait_false() => Rule.Finds(InClass("""
        static async Task Leaves() { await Task.Yield(); await Task.Delay(1).ConfigureAwait(false); Thread.Sleep(1); }
        static async Task Stays() { await Task.Delay(1); Thread.Sleep(1); }
        static async Task Begins() { Thread.Sleep(1); await Task.Delay(1).ConfigureAwait(false); }

        [Coroutine]
        static async Coroutine Run()
        {
            await Leaves();
            await {|CORO106:Stays|}();
            await {|CORO106:Begins|}();
        }
        """));
}
