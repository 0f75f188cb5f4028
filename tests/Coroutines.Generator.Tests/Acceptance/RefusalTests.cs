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
