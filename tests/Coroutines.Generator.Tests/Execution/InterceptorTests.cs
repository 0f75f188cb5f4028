using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Model;
using Coroutines.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>Calls from ordinary code reach the generated lowering.</summary>
public sealed class InterceptorTests
{
    [Fact]
    public void Static_instance_generic_and_extension_calls_are_redirected()
    {
        var lines = BothLowerings.Agree("""
            [Coroutine] public static async Coroutine Main()
            {
                Ordinary.Run(EventLoop.Current);
                for (int i = 0; i < 6; i++) await Coroutine.Yield();
            }
            """, """
            public static class Ordinary
            {
                public static void Run(EventLoop loop)
                {
                    loop.Spawn(Shapes.Plain(1, b: "two"));
                    loop.Spawn(new Shapes.Box<int>(3).Show<string>("four"));
                    loop.Spawn(5.Extended());
                    Func<Coroutine> f = () => Shapes.Plain(6);
                    loop.Spawn(f());
                }
            }
            public static partial class Shapes
            {
                [Coroutine] internal static async Coroutine Plain(int a, string b = "default", params int[] rest) { await Coroutine.Yield(); Log($"{a}{b}{rest.Length}"); }
                [Coroutine] public static async Coroutine Extended(this int n) { await Coroutine.Yield(); Log(n); }
                public partial class Box<T>(T value) where T : struct { private readonly T _value = value; [Coroutine] public async Coroutine Show<U>(U other) where U : class { await Coroutine.Yield(); Log($"{_value}{other}"); } }
            }
            """);
        Assert.Equal(["1two0", "3four", "5", "6default0"], lines);
        Assert.Contains("Box<T>", Interceptors("public static void M() => new Box<int>().Show(); public partial class Box<T> { [Coroutine] public async Coroutine Show() { await Coroutine.Yield(); } }"), StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_inside_generated_bodies_are_left_alone() =>
        Assert.DoesNotContain("Later_", Interceptors("[Coroutine] public static async Coroutine Other() { var c = Later(1); await c; }"), StringComparison.Ordinal);

    [Fact]
    public void Calls_inside_refused_coroutines_are_redirected() =>
        Assert.Contains("Later_", Interceptors("[Coroutine] public static async Coroutine Other() { var kept = (1, new { X = 1 }); await Later(1); Log(kept.Item2.X); }"), StringComparison.Ordinal);

    [Fact]
    public void Coroutines_of_structs_are_redirected_and_work_on_a_copy()
    {
        const string Main = """
            [Coroutine] public static async Coroutine Main()
            {
                Ordinary.Run(EventLoop.Current);
                for (int i = 0; i < 8; i++) await Coroutine.Yield();
            }
            """;
        const string Types = """
            public static class Ordinary
            {
                private static readonly Counter s_fixed = new() { Value = 20 };
                public static void Run(EventLoop loop)
                {
                    var counter = new Counter { Value = 1 };
                    loop.Spawn(counter.Bump(10));
                    counter.Value = 100;
                    loop.Spawn(counter.Read());
                    loop.Spawn(new Counter { Value = 5 }.Bump(6));
                    loop.Spawn(s_fixed.Bump(1));
                    loop.Spawn(new Point<string>("p").Show(7));
                    ref readonly Counter same = ref s_fixed;
                    loop.Spawn(same.Read());
                    Log(counter.Value);
                    Counter? maybe = counter;
                    Coroutine? c = maybe?.Bump(2);
                    loop.Spawn(c!.Value);
                }
            }
            public partial struct Counter
            {
                public int Value;
                [Coroutine] public async Coroutine Bump(int more) { Value += more; await Coroutine.Yield(); Value++; Log(Value); }
                [Coroutine] public readonly async Coroutine Read() { await Coroutine.Yield(); Log(Value); }
            }
            public readonly partial record struct Point<T>(T Name) where T : class { [Coroutine] public async Coroutine Show(int n) { await Coroutine.Yield(); Log($"{Name}{n}"); } }
            """;
        Assert.Equal(["100", "12", "100", "12", "22", "p7", "20", "103"], BothLowerings.Agree(Main, Types));
        string text = Interceptors("", Types);
        Assert.Contains("this ref global::Counter __this, int more", text, StringComparison.Ordinal);
        Assert.Contains("this in global::Counter __this)", text, StringComparison.Ordinal);
        Assert.Contains("this in global::Point<T> __this, int n", text, StringComparison.Ordinal);
        Assert.Equal(8, Count(text));
    }

    [Fact]
    public void Private_types_get_their_interceptors_beside_the_coroutine()
    {
        const string Main = "[Coroutine] public static async Coroutine Main() { new App.Outer().Run(EventLoop.Current); for (int i = 0; i < 16; i++) await Coroutine.Yield(); }";
        string text = Interceptors("", PrivateTypes);
        Assert.Equal(["in derived", "next B", "nested 1a", "twice 2", "struct 4", "struct 3", "of 5", "protected Z", "base virtual", "extended z", "record 9"], BothLowerings.Agree(Main, PrivateTypes));
        Assert.Equal(11, Count(text));
        Snapshot.Verify(text, "Beside");
    }

    [Fact]
    public void A_receiver_of_a_constrained_type_parameter_is_redirected() =>
        Assert.Equal(["held 1"], BothLowerings.Agree("""
            [Coroutine] public static async Coroutine Main() { Ordinary.Run(new Holder { N = 1 }); for (int i = 0; i < 3; i++) await Coroutine.Yield(); }
            """, """
            public static class Ordinary { public static void Run<T>(T holder) where T : Holder => EventLoop.Current.Spawn(holder.Show()); }
            public partial class Holder { public int N; [Coroutine] public async Coroutine Show() { await Coroutine.Yield(); Log($"held {N}"); } }
            """));

    [Theory]
    [InlineData("CORO231", "namespace Other { public partial class C { [Coroutine] private static async Coroutine M(P p) => await Coroutine.Yield(); private enum P { } public static object Run() => M(default); } }")]
    [InlineData("CORO232", "public partial class C { [Coroutine] private static async Coroutine M(P p) => await Coroutine.Yield(); private enum P { } public static object Run() => M(default); }")]
    [InlineData("CORO233", "namespace App { public partial class C<T> { [Coroutine] private static async Coroutine M(P p) => await Coroutine.Yield(); private enum P { } public static object Run() => M(default); } }")]
    [InlineData("CORO233", "namespace App { public partial class C<T> { private partial class N { [Coroutine] public async Coroutine M() => await Coroutine.Yield(); } public static object Run() => new N().M(); } }")]
    public void What_no_interceptor_can_reach_is_refused_by_name(string rule, string type)
    {
        var compilation = TestCompilation.Generate(TestCompilation.Create(BothLowerings.Source("[Coroutine] public static async Coroutine Main() { }", type)));
        Assert.DoesNotContain(compilation.SyntaxTrees, tree => tree.ToString().Contains("M__Intercepted", StringComparison.Ordinal));
        SyntaxTree source = compilation.SyntaxTrees.First();
        SemanticModel semantics = compilation.GetSemanticModel(source);
        var call = source.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Single(c => c.Ancestors().OfType<MethodDeclarationSyntax>().First().Identifier.Text == "Run" && c.Ancestors().OfType<TypeDeclarationSyntax>().First().Identifier.Text == "C");
        Assert.Equal(rule, CallAcceptance.Check(call, (IMethodSymbol)semantics.GetSymbolInfo(call).Symbol!, semantics, InterceptorNamespaces.Parse("Coroutines.Generated,App"), _ => true, default)?.Rule.Id);
    }

    /// <summary>One coroutine for every reason to stand beside it, and a use of each.</summary>
    private const string PrivateTypes = """
        namespace App
        {
            public partial class Base
            {
                protected enum Mode { Z }
                [Coroutine] protected async Coroutine Protected(Mode mode) { await Coroutine.Yield(); Log("protected " + mode); }
                [Coroutine] public virtual async Coroutine Virtual() { await Coroutine.Yield(); Log("base virtual"); }
            }
            public sealed partial class Outer : Base
            {
                private enum State { A, B }
                [Coroutine] private static async Coroutine Next(State s) { await Coroutine.Yield(); Log("next " + (s + 1)); }
                [Coroutine] private async Coroutine<T> Of<T>(T value, State s = State.B) where T : notnull { await Coroutine.Yield(); Log("of " + value); return value; }
                [Coroutine] public override async Coroutine Virtual() { Log("never"); await Coroutine.Yield(); }
                public void Run(EventLoop loop)
                {
                    Log("in derived");
                    loop.Spawn(Next(State.A));
                    loop.Spawn(new Nested { N = 1 }.Show("a"));
                    loop.Spawn(Nested.Twice(1));
                    var value = new Value { N = 3 };
                    loop.Spawn(value.Bump());
                    loop.Spawn(value.Show());
                    loop.Spawn(Of(5));
                    loop.Spawn(Protected(Mode.Z));
                    loop.Spawn(base.Virtual());
                    loop.Spawn('z'.Extended());
                    loop.Spawn(new Pair(4, 5).Sum());
                }
                private sealed partial class Nested
                {
                    public int N;
                    [Coroutine] public async Coroutine Show(string s) { await Coroutine.Yield(); Log($"nested {N}{s}"); }
                    [Coroutine] public static async Coroutine Twice(int n) { await Coroutine.Yield(); Log($"twice {n * 2}"); }
                }
                private partial struct Value
                {
                    public int N;
                    [Coroutine] public async Coroutine Bump() { N++; await Coroutine.Yield(); Log($"struct {N}"); }
                    [Coroutine] public readonly async Coroutine Show() { await Coroutine.Yield(); Log($"struct {N}"); }
                }
                private sealed partial record Pair(int A, int B) { [Coroutine] public async Coroutine Sum() { await Coroutine.Yield(); Log($"record {A + B}"); } }
            }
            internal static partial class Extensions { [Coroutine] public static async Coroutine Extended(this char c) { await Coroutine.Yield(); Log("extended " + c); } }
        }
        """;

    private static int Count(string interceptors) => interceptors.Split("[global::System.Runtime.CompilerServices.InterceptsLocation(").Length - 1;

    private static string Interceptors(string members, string types = "")
    {
        var compilation = TestCompilation.Create(BothLowerings.Source("[Coroutine] public static async Coroutine Main() { }\n" + members, types));
        TestCompilation.Generate(compilation);
        return TestCompilation.Driver().RunGenerators(compilation).GetRunResult().Results[0].GeneratedSources.Single(s => s.HintName == "Coroutines.Interceptors.g.cs").SourceText.ToString();
    }
}
