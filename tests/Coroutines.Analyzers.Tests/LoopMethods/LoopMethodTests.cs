using Coroutines.Analyzers.Tests.Harness;
using Xunit;
using Direct = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.BlockingCallAnalyzer>;
using Indirect = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.TransitiveBlockingAnalyzer>;

namespace Coroutines.Analyzers.Tests.LoopMethods;

/// <summary><c>coroutines.loop_methods = called</c>: functions that only coroutines call are looked at as coroutines are.</summary>
public sealed class LoopMethodTests
{
    private static readonly TestOptions s_called = new(new Dictionary<string, string> { ["coroutines.loop_methods"] = "called" });

    private static string Program(string members, string types = "") => $$"""
        using Coroutines;

        {{types}}

        partial class Scene
        {
            [Coroutine] static async Coroutine Run(Scene scene, List<int> items) { await Coroutine.Yield(); scene.Entry(); }
            [Coroutine] static async Coroutine Other(Scene scene) { await Coroutine.Yield(); scene.Entry(); }
        {{members}}
        }
        """;

    [Theory]
    [InlineData("void Entry() => Thread.[|Sleep|](1);")]
    [InlineData("internal void Entry() => Thread.[|Sleep|](1);")]
    [InlineData("internal void Entry() => Deeper(); static void Deeper() { Deeper(); Entry2(); } static void Entry2() => Thread.[|Sleep|](1);")]
    [InlineData("void Entry() { Local(); static void Local() => Thread.[|Sleep|](1); }")]
    [InlineData("void Entry() => Generic(1); static void Generic<T>(T n) => Thread.[|Sleep|](1);")]
    [InlineData("void Entry() => this.Extend();", "static class Extensions { internal static void Extend(this Scene scene) => Thread.[|Sleep|](1); }")]
    [InlineData("async void Entry() { await Task.Yield(); Thread.[|Sleep|](1); }")]
    [InlineData("[NonBlocking(\"for CORO105\")] void Entry() => Thread.[|Sleep|](1);")]
    [InlineData("void Entry() { _ = nameof(Entry); Thread.[|Sleep|](1); }")]
    public Task What_only_coroutines_call_is_a_coroutine(string members, string types = "") => Direct.Finds(Program(members, types), s_called);

    [Theory]
    [InlineData("public void Entry() => Thread.Sleep(1);", "public partial class Scene { }")]
    [InlineData("void Entry() => Thread.Sleep(1); void Ordinary() => Entry();")]
    [InlineData("void Entry() => Thread.Sleep(1); int _n = Static(); static int Static() { new Scene().Entry(); return 1; }")]
    [InlineData("void Entry() => Thread.Sleep(1); Scene() => Entry();")]
    [InlineData("void Entry() => Thread.Sleep(1); int Length { get { Entry(); return 1; } }")]
    [InlineData("void Entry() => Thread.Sleep(1); void Start() => new Thread(Entry).Start();")]
    [InlineData("void Entry() => Thread.Sleep(1); Action Given() => Entry;")]
    [InlineData("static unsafe delegate*<void> Given() => &Deeper; void Entry() => Deeper(); static void Deeper() => Thread.Sleep(1);")]
    [InlineData("void Entry() => Thread.Sleep(1); [Coroutine] async Coroutine Leave() => await Task.Run(() => Entry());")]
    [InlineData("void Entry() => Deeper(); void Deeper() => Thread.Sleep(1); void Ordinary() => Deeper();")]
    [InlineData("void Entry() => Thread.Sleep(1); void Ordinary(dynamic scene) => scene.Entry();")]
    [InlineData("async Task Late() { await Task.Delay(1).ConfigureAwait(false); Deeper(); } void Entry() { Deeper(); _ = Late(); } void Deeper() => Thread.Sleep(1);")]
    [InlineData("void Entry() { foreach (int n in Items()) { } } IEnumerable<int> Items() { Thread.Sleep(1); yield return 1; }")]
    [InlineData("internal virtual void Entry() => Thread.Sleep(1);")]
    [InlineData("void Entry() { } void Uncalled() => Thread.Sleep(1);")]
    [InlineData("void Entry() { } void Circle() { Round(); Thread.Sleep(1); } void Round() => Circle();")]
    [InlineData("void Entry() { using var held = new Held(); }", "ref struct Held { internal void Dispose() => Thread.Sleep(1); }")]
    [InlineData("void Entry() => new Saver().Save();", "interface ISaver { void Save(); } class Saver : ISaver { public void Save() => Thread.Sleep(1); }")]
    [InlineData("[Called] void Entry() => Thread.Sleep(1);", "class CalledAttribute : Attribute;")]
    [InlineData("internal void Entry() => Thread.Sleep(1);", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Friend\")]", true)]
    public Task What_somebody_else_may_call_is_not(string members, string types = "", bool first = false) =>
        Direct.Finds(first ? types.Insert(0, "using Coroutines;\n") + Program(members)["using Coroutines;".Length..] : Program(members, types), s_called);

    [Fact]
    public Task Nothing_changes_unless_it_is_asked_for() => Direct.Finds(Program("void Entry() => Thread.Sleep(1);"));

    [Fact]
    public async Task What_is_found_there_is_not_found_again_where_it_is_called()
    {
        const string Members = "void Entry() => Deeper(new Shared()); void Deeper(Shared shared) { shared.{|CORO105:Save|}(); }";
        const string Types = "class Shared { internal void Save() => Thread.Sleep(1); void Start() => new Thread(Save).Start(); }";
        await Indirect.Finds(Program(Members, Types), s_called);
        await Indirect.Finds(Program(Members.Replace("{|CORO105:Save|}", "Save", StringComparison.Ordinal), Types).Replace("scene.Entry", "scene.{|CORO105:Entry|}", StringComparison.Ordinal));
        await Indirect.Finds(Program("void Entry() => Thread.Sleep(1);"), s_called);
    }

    [Fact]
    public async Task Rules_about_locks_and_loops_hold_there()
    {
        await Analyzer<NeedlessLockAnalyzer>.Finds(Program("void Entry() { [|lock|] (this) { } }"), s_called);
        await Analyzer<EndlessLoopAnalyzer>.Finds(Program("void Entry() { [|while|] (true) { } }"), s_called);
        await Analyzer<IgnoredSpawnAnalyzer>.Finds(Program("void Entry() => [|EventLoop.Current.Spawn(Other(this))|];"), s_called);
    }

    [Fact]
    public async Task Other_files_count()
    {
        string scene = Program("internal void Entry() => Thread.Sleep(1);");
        Assert.Single(await Analysis.Run(TestProject.Create([scene, "class Elsewhere { }"]), new BlockingCallAnalyzer(), s_called));
        Assert.Empty(await Analysis.Run(TestProject.Create([scene, "class Elsewhere { void Use(Scene scene) => scene.Entry(); }"]), new BlockingCallAnalyzer(), s_called));
    }
}
