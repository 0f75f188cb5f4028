using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Tests.Acceptance;

/// <summary>What is refused is refused by name, and the program still runs on the compiler's lowering.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("CORO209", "var q = from x in new[] { 1, 2 } where x > 1 join y in new[] { await Later(2) } on x equals y select x; foreach (int x in q) Log(x);")]
    [InlineData("CORO209", "checked { int i = 1; await Coroutine.Yield(); void Grow() => i++; Grow(); Log(i); }")]
    [InlineData("CORO211", "var a = (1, new { X = 1 }); await Coroutine.Yield(); Log(a.Item2.X);")]
    [InlineData("CORO211", "var add = (int a, int b = 5) => a + b; await Coroutine.Yield(); Log(add(1));")]
    [InlineData("CORO211", "var count = (params int[] all) => all.Length; var kept = new { Count = count }; await Coroutine.Yield(); Log(kept.Count(1, 2));")]
    [InlineData("CORO211", "var bump = (ref int a) => a++; Func<int, int> twice = a => { bump(ref a); bump(ref a); return a; }; await Coroutine.Yield(); Log(twice(1));")]
    [InlineData("CORO211", "var all = new[] { new { X = 1 } }; await Coroutine.Yield(); Array.Resize(ref all, 2); Log(all.Length);")]
    [InlineData("CORO215", "foreach (var p in Segment(new { X = 1 })) { await Coroutine.Yield(); Log(p.X); } static ArraySegment<T> Segment<T>(T value) => new(new[] { value });")]
    [InlineData("CORO215", "await foreach (var p in One(new { X = 1 })) Log(p.X); static async IAsyncEnumerable<T> One<T>(T value) { await Task.Yield(); yield return value; }")]
    [InlineData("CORO207", "int a = 1; await Coroutine.Yield(); unsafe { int* p = &a; *p = 2; } Log(a);")]
    public void A_body_is_refused_and_still_runs(string rule, string body)
    {
        string members = "[Coroutine] public static async Coroutine Main()\n{\n" + body + "\n}";
        var verdicts = TestCompilation.Verdicts(TestCompilation.Create(BothLowerings.Source(members)));
        Assert.Equal(rule, verdicts[0].Refusal?.Rule.Id);
        Assert.Null(verdicts[0].Model);
        BothLowerings.Agree(members, accepted: 3);
    }

    [Theory]
    [InlineData("CORO201", "static class C { [Coroutine] public static async Coroutine M() => await Coroutine.Yield(); }")]
    [InlineData("CORO201", "class Outer { public partial class C { [Coroutine] public async Coroutine M() => await Coroutine.Yield(); } }")]
    [InlineData("CORO202", "file static partial class C { [Coroutine] public static async Coroutine M() => await Coroutine.Yield(); }")]
    [InlineData("CORO203", "abstract partial class C { [Coroutine] public abstract Coroutine M(); }", "CORO204")]
    [InlineData("CORO203", "partial class C { [Coroutine] public IEnumerator<ILoopAwaitable> M() => null!; }")]
    [InlineData("CORO204", "partial class C { [Coroutine] public IEnumerator<int> M() { yield return 1; } }")]
    [InlineData("CORO209", "partial class C { [Coroutine] public IEnumerator<ILoopAwaitable?> M() { lock (this) { yield return null; } } }")]
    [InlineData("CORO209", "interface I { int X { get; init; } } partial class C { [Coroutine] public async Coroutine<T> M<T>() where T : I, new() => new T { X = await Program.Later(1) }; }")]
    [InlineData("CORO209", "class A<T> { protected class N { public T X { get; init; } } } partial class C<T> : A<T> { [Coroutine] public async Coroutine M() { var n = new N { X = await Task.FromResult(default(T)) }; } }")]
    [InlineData("CORO209", "class A<T> { public class N<T> { public T X { get; init; } } } partial class C { [Coroutine] public async Coroutine M() { var n = new A<int>.N<int> { X = await Program.Later(1) }; } }")]
    [InlineData("CORO209", "class A([System.Runtime.CompilerServices.CallerMemberName] string by = null) { public required int X; } partial class C { [Coroutine] public async Coroutine M() { var n = new A { X = await Program.Later(1) }; } }")]
    [InlineData("CORO204", "partial class C { [Coroutine] public async Task M() => await Task.Yield(); }")]
    [InlineData("CORO219", "partial interface I { [Coroutine] public async Coroutine M() => await Coroutine.Yield(); }")]
    [InlineData("CORO219", "partial interface I { [Coroutine] static virtual async Coroutine M() => await Coroutine.Yield(); }")]
    [InlineData("CORO219", "partial interface I<out T> { [Coroutine] static async Coroutine M() => await Coroutine.Yield(); }")]
    [InlineData("CORO206", "interface I { Coroutine M(); } partial class C : I { [Coroutine] async Coroutine I.M() => await Coroutine.Yield(); }")]
    public void A_declaration_is_refused(string rule, string type, string? alternative = null)
    {
        var verdicts = TestCompilation.Verdicts(TestCompilation.Create(BothLowerings.Source("[Coroutine] public static async Coroutine Main() { }", type)));
        Assert.Contains(verdicts[^1].Refusal?.Rule.Id, new[] { rule, alternative });
    }

    [Theory]
    [InlineData("Log(new Cell<int>().Value);")]
    [InlineData("Log(Cell<int>.Inner.Of(1));")]
    [InlineData("Log(3.Twice());")]
    [InlineData("Log(3.Same<int>());")]
    [InlineData("Log(((int?)3)?.Twice());")]
    [InlineData("Func<string> f = \"a\".Text; Log(f());")]
    [InlineData("var (a, b) = 3; Log(a + b);")]
    [InlineData("foreach (var (a, _) in new[] { 1 }) Log(a);")]
    [InlineData("Log(3 is (int a, 3) ? a : 0);")]
    [InlineData("foreach (int x in 3) Log(x);")]
    [InlineData("foreach (int x in 3) { Log(x); await Coroutine.Yield(); }")]
    [InlineData("await 3;")]
    [InlineData("await foreach (int x in 3) Log(x);")]
    [InlineData("Log(new Stack<int> { 1, 2 }.Count);")]
    [InlineData("Log(new Stack<int> { 1, await Later(2) }.Count);")]
    [InlineData("Log(from x in 3 select x);")]
    public void A_body_that_uses_a_file_local_type_is_refused_and_still_runs(string body)
    {
        string members = "[Coroutine] public static async Coroutine Main() { await Coroutine.Yield(); " + body + " }";
        const string Types = """
            file class Cell<T> { public T? Value { get; set; } public class Inner { public static T Of(T value) => value; } }
            file static class Extensions
            {
                public static int Twice(this int n) => n * 2;
                public static T Same<T>(this T value) => value;
                public static string Text(this string text) => text + "!";
                public static void Deconstruct(this int n, out int a, out int b) => (a, b) = (n, n);
                public static IEnumerator<int> GetEnumerator(this int n) => Enumerable.Range(0, n).GetEnumerator();
                public static IAsyncEnumerator<int> GetAsyncEnumerator(this int n) => Stream(n).GetAsyncEnumerator();
                public static System.Runtime.CompilerServices.TaskAwaiter GetAwaiter(this int n) => Task.CompletedTask.GetAwaiter();
                public static void Add(this Stack<int> stack, int n) => stack.Push(n);
                public static int Select(this int n, Func<int, int> f) => f(n);
                private static async IAsyncEnumerable<int> Stream(int n) { yield return n; await Task.Yield(); }
            }
            """;
        Assert.Equal("CORO202", TestCompilation.Verdicts(TestCompilation.Create(BothLowerings.Source(members, Types)))[0].Refusal?.Rule.Id);
        BothLowerings.Agree(members, Types, accepted: 3);
    }

    [Theory]
    [InlineData("int n = 1; await Coroutine.Yield(); Log(Say($\"n is {n}\"));")]
    [InlineData("int n = 1; await Coroutine.Yield(); foreach (string s in new Names { n, 2 }) Log(s);")]
    [InlineData("foreach (string s in new Names { 1, await Later(2) }) Log(s);")]
    [InlineData("string key = \"k\"; Log(new Names { [key] = await Later(1) }.Last);")]
    [InlineData("string key = \"k\"; await Coroutine.Yield(); Names? names = new(); Log(names?[key]);")]
    [InlineData("await Coroutine.Yield(); foreach (string s in from n in new Names { } select n) Log(s);")]
    public void Caller_information_that_no_argument_can_give_is_refused_and_still_runs(string body)
    {
        string members = "[Coroutine] public static async Coroutine Main() { " + body + " } static string Say(Handler text) => text.Text;";
        const string Types = """
            [InterpolatedStringHandler] public class Handler(int literals, int holes) { public string Text = literals + "," + holes; public void AppendLiteral(string s) => Text += s; public void AppendFormatted<T>(T v, [CallerArgumentExpression(nameof(v))] string name = "") => Text += name + "=" + v; }
            public class Names : List<string>
            {
                public string Last = "";
                public void Add(int n, [CallerMemberName] string by = "", [CallerArgumentExpression(nameof(n))] string text = "") => Add(by + text);
                public int this[string key, [CallerArgumentExpression(nameof(key))] string text = ""] { get => text.Length; set => Last = text + value; }
                public IEnumerable<string> Select(Func<string, string> f, [CallerMemberName] string by = "") => [by];
            }
            """;
        string source = "using System.Runtime.CompilerServices;\n" + BothLowerings.Source(members, Types);
        var reference = TestCompilation.Create(source);
        Assert.Equal("CORO221", TestCompilation.Verdicts(reference)[0].Refusal?.Rule.Id);
        Assert.Equal(TestCompilation.Run(reference), TestCompilation.Run(TestCompilation.Generate(reference)));
    }

    [Fact]
    public void A_file_whose_usings_name_file_local_types_loses_only_the_coroutines_that_use_them()
    {
        string source = "using static Limits; using Inner = Limits.Inner; using Inners = System.Collections.Generic.List<Limits.Inner>; using Names = System.Collections.Generic.List<string>;\n" + BothLowerings.Source("""
            [Coroutine] public static async Coroutine Main() { await Coroutine.Yield(); Names names = ["a"]; await Local(1); Log(names.Count + await Most() + await Nested() + await All()); [Coroutine] static async Coroutine Local<T>(T value) where T : IComparable<T> { await Coroutine.Yield(); Log(value); } }
            [Coroutine] static async Coroutine<int> Most() { await Coroutine.Yield(); return Maximum + Double(Maximum); }
            [Coroutine] static async Coroutine<int> Nested() { await Coroutine.Yield(); return new Inner().Value; }
            [Coroutine] static async Coroutine<int> All() { await Coroutine.Yield(); return new Inners().Count; }
            """, "file static class Limits { public const int Maximum = 4; public static int Double(int n) => n * 2; public class Inner { public int Value => 5; } }");
        var reference = TestCompilation.Create(source);
        Assert.Equal([null, "CORO202", "CORO202", "CORO202", null, null, null], TestCompilation.Verdicts(reference).Select(verdict => verdict.Refusal?.Rule.Id));
        Assert.Equal(TestCompilation.Run(reference), TestCompilation.Run(TestCompilation.Generate(reference)));
    }

    [Fact]
    public void A_local_function_of_a_top_level_program_is_refused_and_still_runs()
    {
        var program = TestCompilation.Create("EventLoop.Run(Run()); [Coroutine] static async Coroutine Run() { await Coroutine.Yield(); Log(1); }");
        program = program.WithOptions(program.Options.WithOutputKind(OutputKind.ConsoleApplication));
        SyntaxTree tree = program.SyntaxTrees[0];
        SemanticModel semantics = program.GetSemanticModel(tree);
        var function = tree.GetRoot().DescendantNodes().OfType<LocalFunctionStatementSyntax>().Single();
        Assert.Equal("CORO214", KnownVerdicts.Of(program).AboutLocal((IMethodSymbol)semantics.GetDeclaredSymbol(function)!, function, default)?.Rule.Id);
        var assembly = TestCompilation.Load(TestCompilation.Generate(program));
        assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        Assert.Equal(["1"], (List<string>)assembly.GetType("Trace")!.GetField("Lines")!.GetValue(null)!);
    }

    [Fact]
    public void Rules_have_distinct_ids_in_order()
    {
        string[] ids = [.. Refusals.All.Select(r => r.Id)];
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
    }
}
