using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Fix = Coroutines.Analyzers.Tests.Harness.Fix<Coroutines.Analyzers.TransitiveBlockingAnalyzer, Coroutines.CodeFixes.ExecutorFix>;

namespace Coroutines.Analyzers.Tests.Transitive;

public sealed class ExecutorFixTests
{
    private static string Calling(string statement) => InClass($$"""
        int field;
        static void Save() => Thread.Sleep(1);
        static int Load(int n) { Thread.Sleep(n); return n; }
        static void Out(out int n) { Thread.Sleep(1); n = 1; }
        void Own(int n, string s) => Thread.Sleep(n);
        static Coroutine Later() { Thread.Sleep(1); return Run(null!, 1); }

        [Coroutine]
        static async Coroutine Run(Scene scene, int n)
        {
            {{statement}}
            await Coroutine.Yield();
        }
        """);

    [Theory]
    [InlineData("{|CORO105:Save|}();", "await EventLoop.Current.RunInExecutor(() => Save());")]
    [InlineData("int m = {|CORO105:Load|}(n) + 1;", "int m = await EventLoop.Current.RunInExecutor(() => Load(n)) + 1;")]
    [InlineData("string m = {|CORO105:Load|}(-1).ToString();", "string m = (await EventLoop.Current.RunInExecutor(() => Load(-1))).ToString();")]
    [InlineData("scene.{|CORO105:Own|}(scene.field, \"a\");", "await EventLoop.Current.RunInExecutor(() => scene.Own(scene.field, \"a\"));")]
    public async Task The_call_moves_to_the_executor(string before, string after) =>
        Assert.Equal("Run in the executor", await Fix.Gives(Calling(before), Calling(after)));

    [Theory]
    [InlineData("{|CORO105:Out|}(out int m);")]
    [InlineData("int m = {|CORO105:Load|}(int.Parse(\"1\"));")]
    [InlineData("await {|CORO105:Later|}();")]
    [InlineData("lock (scene) { {|CORO105:Save|}(); }")]
    [InlineData("new List<int>().{|CORO105:ForEach|}(_ => Save());")]
    public Task What_would_lose_something_on_the_way_stays(string before) => Fix.GivesNothing(Calling(before));

    [Fact]
    public Task All_calls_move_at_once() => Fix.GivesAll(
        Calling("{|CORO105:Save|}(); {|CORO105:Load|}(n);"),
        Calling("await EventLoop.Current.RunInExecutor(() => Save()); await EventLoop.Current.RunInExecutor(() => Load(n));"));
}
