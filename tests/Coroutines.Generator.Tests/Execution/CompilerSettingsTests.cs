using System.Collections.Immutable;
using Coroutines.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>Whatever a project is compiled with: the compiler has nothing to say about generated files, and the program does the same on both lowerings.</summary>
public sealed class CompilerSettingsTests
{
    private const string Members = """
        [Coroutine] public static async Coroutine Main()
        {
            int a = 1; string s = "x"; object o = await Later(2); List<Func<int>> later = new List<Func<int>>();
            for (int i = 0; i < 3; i++) { if (i == 1) continue; int own = i; later.Add(() => own + a); await Coroutine.Yield(); Log(i); }
            try { await Failing(); } catch (InvalidOperationException e) when (e.Message.Length > 0) { Log(e.Message); await Coroutine.Yield(); } finally { await Coroutine.Yield(); Log("left"); }
            await foreach (int n in Numbers(3)) { if (n == 2) break; Log(n); }
            await Steps(2); await EventLoop.Current.Spawn(Steps(1)); await EventLoop.Current.Spawn(Generic(s));
            switch (o) { case int n when n > 1: Log(n + await Later(n)); break; default: await Text(s); break; }
            Log(s.Length > 0 ? await Text("y") : null); Log(string.Join(",", later.Select(f => f() + Add(1)))); int? q = null; q ??= await Later(4); Log(q.Value);
            try { int big = int.MaxValue; big += await Later(1); Log(big); } catch (OverflowException) { Log("overflow"); }
            var person = new { Name = s, Age = a }; await Coroutine.Yield(); Log(person.Name + person.Age);
            await using (new Resource()) Log("in"); Log(await new Place { X = 1 }.Go()); await new Node<string>(s).Walk(); Log(new Kept<string>(s) { Needed = await Text("z"), Value = s }.Value);
            int Add(int b) => a + b;
        }
        [Coroutine] static async Coroutine Failing() { await Coroutine.Yield(); throw new InvalidOperationException("failed"); }
        [Coroutine] static async Coroutine<T> Generic<T>(T value) where T : class { await Coroutine.Yield(); return value; }
        [Coroutine] static async IAsyncEnumerable<int> Numbers(int count) { for (int i = 0; i < count; i++) { await Coroutine.Yield(); yield return i; } }
        [Coroutine] static IEnumerator<ILoopAwaitable> Steps(int n) { try { while (n-- > 0) yield return Coroutine.Delay(TimeSpan.FromTicks(1)); yield return Later(n); } finally { Log("steps"); } }
        """;

    private const string Types = """
        public sealed class Resource : IAsyncDisposable { public async ValueTask DisposeAsync() { await Task.Yield(); Log("disposed"); } }
        public partial struct Place { public int X; [Coroutine] public async Coroutine<int> Go() { await Coroutine.Yield(); return X++; } }
        public partial class Node<T> { private readonly T _value; public Node(T value) { _value = value; } [Coroutine] internal async Coroutine Walk() { await Coroutine.Yield(); Log(new Node<T>.Pair<int> { First = _value, Second = await Later(5) }.First); } private struct Pair<U> { public T First { get; init; } public U Second { get; init; } } [Coroutine] private async Coroutine<U> Later<U>(U value) { await Coroutine.Yield(); return value; } }
        public class Kept<T> where T : class { public Kept(T value) { Value = value; } public required T Needed; public T Value { get; init; } }
        """;

    public static TheoryData<LanguageVersion, NullableContextOptions, bool, OptimizationLevel> Settings
    {
        get
        {
            var all = new TheoryData<LanguageVersion, NullableContextOptions, bool, OptimizationLevel>();
            foreach (LanguageVersion version in new[] { LanguageVersion.CSharp12, LanguageVersion.CSharp13, LanguageVersion.Latest, LanguageVersion.Preview })
            {
                all.Add(version, NullableContextOptions.Enable, false, OptimizationLevel.Debug);
                all.Add(version, NullableContextOptions.Disable, true, OptimizationLevel.Release);
            }
            all.Add(LanguageVersion.CSharp13, NullableContextOptions.Enable, true, OptimizationLevel.Debug);
            all.Add(LanguageVersion.CSharp13, NullableContextOptions.Disable, false, OptimizationLevel.Debug);
            all.Add(LanguageVersion.CSharp13, NullableContextOptions.Annotations, false, OptimizationLevel.Release);
            all.Add(LanguageVersion.CSharp13, NullableContextOptions.Warnings, false, OptimizationLevel.Release);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Generated_files_compile_without_a_diagnostic_and_run_as_the_reference_does(LanguageVersion version, NullableContextOptions nullable, bool isChecked, OptimizationLevel level)
    {
        CSharpParseOptions parse = TestCompilation.ParseOptions.WithLanguageVersion(version);
        CSharpCompilation source = TestCompilation.Create(BothLowerings.Source(Members, Types));
        CSharpCompilation reference = source
            .RemoveAllSyntaxTrees().AddSyntaxTrees(source.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), parse, tree.FilePath)))
            .WithOptions(source.Options.WithNullableContextOptions(nullable).WithOverflowChecks(isChecked).WithOptimizationLevel(level).WithWarningLevel(9999)
                .WithGeneralDiagnosticOption(ReportDiagnostic.Error));
        Assert.All(TestCompilation.Verdicts(reference), verdict => Assert.Null(verdict.Refusal));

        TestCompilation.Driver().WithUpdatedParseOptions(parse).RunGeneratorsAndUpdateCompilation(reference, out Compilation generated, out ImmutableArray<Diagnostic> complaints);
        Assert.Empty(complaints);
        HashSet<SyntaxTree> users = [.. reference.SyntaxTrees];
        Assert.Contains(generated.SyntaxTrees, tree => !users.Contains(tree));
        Assert.Empty(generated.GetDiagnostics().Where(d => d.Location.SourceTree is { } tree && !users.Contains(tree) && !d.IsSuppressed).Select(d => d.ToString()));

        // What the compiler thinks of the user's own text, nullable or not, is no business of this test.
        CSharpCompilationOptions lenient = reference.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default);
        Assert.Equal(TestCompilation.Run(reference.WithOptions(lenient)), TestCompilation.Run(generated.WithOptions(lenient)));
    }
}
