using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.OutlivingChildAnalyzer>;

namespace Coroutines.Analyzers.Tests.Lifetime;

public sealed class OutlivingChildTests
{
    [Theory]
    [InlineData("using var s = new Socket(); loop.Spawn(Use([|s|]));")]
    [InlineData("using (var s = new Socket()) { _ = loop.Spawn(Use([|s|])); await Coroutine.Yield(); }")]
    [InlineData("using var s = new Socket(); group.Spawn(Use([|s|]));")]
    [InlineData("using var s = new Socket(); group.Spawn([|s|].Run());")]
    [InlineData("await using var s = new Socket(); group.Spawn(Use([|s|]), \"user\");")]
    [InlineData("await using var g = new TaskGroup(); using (var s = new Socket()) { g.Spawn(Use([|s|])); } await g.Join();")]
    [InlineData("while (true) { using var s = new Socket(); await Coroutine.Yield(); group.Spawn(Use([|s|])); }")]
    [InlineData("using var s = new Socket(); group.Spawn(Call(() => [|s|].Name));")]
    [InlineData("using var s = new Socket(); int n = await group.Start<int>(async ready => { await Use([|s|]); });")]
    [InlineData("using Socket s = new(), t = new(); group.Spawn(Both([|s|], [|t|]));")]
    public Task A_child_that_keeps_what_is_disposed_is_found(string statements) => Rule.Finds(Program(statements));

    [Theory]
    [InlineData("var s = new Socket(); group.Spawn(Use(s));")]
    [InlineData("using var s = new Socket(); await Use(s);")]
    [InlineData("using var s = new Socket(); await loop.Spawn(Use(s));")]
    [InlineData("using var s = new Socket(); var t = loop.Spawn(Use(s)); await Coroutine.Yield(); await t;")]
    [InlineData("using var s = new Socket(); var all = new List<CoroutineTask> { loop.Spawn(Use(s)) }; foreach (var t in all) await t;")]
    [InlineData("using var s = new Socket(); await using var g = new TaskGroup(); g.Spawn(Use(s)); await g.Join();")]
    [InlineData("using var s = new Socket(); await using (var g = new TaskGroup()) { g.Spawn(Use(s)); await g.Join(); }")]
    [InlineData("await using var g = new TaskGroup(); using var s = new Socket(); g.Spawn(Use(s)); await g.Join();")]
    [InlineData("using var s = new Socket(); group.Spawn(Say(s.Name));")]
    [InlineData("using var scope = CancelScope.Open(); group.Spawn(Use(null!));")]
    [InlineData("using var s = new Socket(); await group.Spawn(Use(s));")]
    [InlineData("using var s = new Socket(); group.Spawn(Call(() => { using var s2 = new Socket(); return s2.Name; }));")]
    public Task A_child_that_is_waited_for_or_gets_a_copy_is_not(string statements) => Rule.Finds(Program(statements));

    [Fact]
    public Task Code_that_sets_a_loop_up_runs_it_inside() => Rule.Finds(InClass("""
        static async Coroutine Use(IDisposable s) => await Coroutine.Yield();
        static void Run(IDisposable given) { using var s = given; using var loop = new EventLoop(); loop.Spawn(Use(s)); loop.RunForever(); }
        """));

    private static string Program(string statements) => InClass($$"""
        sealed class Socket : IDisposable, IAsyncDisposable
        {
            public string Name => "";
            public void Dispose() { }
            public ValueTask DisposeAsync() => default;
            public async Coroutine Run() => await Coroutine.Yield();
        }

        static async Coroutine Use(Socket s) => await Coroutine.Yield();
        static async Coroutine Both(Socket s, Socket t) => await Coroutine.Yield();
        static async Coroutine Say(string s) => await Coroutine.Yield();
        static async Coroutine Call(Func<string> f) => await Coroutine.Yield();

        [Coroutine]
        static async Coroutine Program(EventLoop loop, TaskGroup group)
        {
            await Coroutine.Yield();
            {{statements}}
        }
        """);
}
