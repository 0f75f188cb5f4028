using Coroutines.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

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
        Assert.Contains("Later_", Interceptors("[Coroutine] public static async Coroutine Other() { int a = 1; await Coroutine.Yield(); Func<Coroutine<int>> f = () => Later(a); await f(); }"), StringComparison.Ordinal);

    private static string Interceptors(string members)
    {
        var compilation = TestCompilation.Create(BothLowerings.Source("[Coroutine] public static async Coroutine Main() { }\n" + members));
        TestCompilation.Generate(compilation);
        return TestCompilation.Driver().RunGenerators(compilation).GetRunResult().Results[0].GeneratedSources.Single(s => s.HintName == "Coroutines.Interceptors.g.cs").SourceText.ToString();
    }
}
