using Coroutines.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Tests.Incrementality;

/// <summary>The generator works again only for what changed, and not at all while the user types.</summary>
public sealed class CachingTests
{
    private const string Program = "[Coroutine] public static async Coroutine Main() { int a = await Later(1); Log(a); await Steps(1); } [Coroutine] public static IEnumerator<ILoopAwaitable?> Steps(int n) { while (n-- > 0) yield return null; }";

    [Fact]
    public void A_second_run_on_equal_source_is_cached()
    {
        var compilation = TestCompilation.Create(BothLowerings.Source(Program));
        GeneratorDriver driver = TestCompilation.Driver().RunGenerators(compilation);
        // A new compilation with a clone of every tree: equal text, no shared nodes.
        var again = TestCompilation.Create(BothLowerings.Source(Program));
        GeneratorRunResult result = driver.RunGenerators(again).GetRunResult().Results[0];

        Assert.All(result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs), output =>
            Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, output.Reason.ToString()));
        foreach (string name in new[] { CoroutineGenerator.ModelStep, CoroutineGenerator.PlansStep, CoroutineGenerator.PlannedStep, CoroutineGenerator.PublishedStep, CoroutineGenerator.InterceptorStep })
            Assert.All(result.TrackedSteps[name].SelectMany(step => step.Outputs), output =>
                Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, name + " " + output.Reason));
    }

    [Fact]
    public void An_edit_elsewhere_regenerates_no_coroutine()
    {
        var compilation = TestCompilation.Create(BothLowerings.Source(Program));
        GeneratorDriver driver = TestCompilation.Driver().RunGenerators(compilation);
        var edited = compilation.AddSyntaxTrees(TestCompilation.Parse("class Unrelated { void M() { } }", "/src/Other.cs"));
        GeneratorRunResult result = driver.RunGenerators(edited).GetRunResult().Results[0];
        Assert.All(result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs), output =>
            Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, output.Reason.ToString()));
    }

    [Fact]
    public void An_edit_of_a_body_regenerates_that_coroutine_only()
    {
        var compilation = TestCompilation.Create(BothLowerings.Source(Program));
        GeneratorDriver driver = TestCompilation.Driver().RunGenerators(compilation);
        var edited = TestCompilation.Create(BothLowerings.Source(Program.Replace("Later(1)", "Later(2)", StringComparison.Ordinal)));
        GeneratorRunResult result = driver.RunGenerators(edited).GetRunResult().Results[0];
        var reasons = result.TrackedSteps[CoroutineGenerator.PlannedStep].SelectMany(step => step.Outputs).Select(output => output.Reason).ToList();
        Assert.Single(reasons, IncrementalStepRunReason.Modified);
        Assert.Equal(4, reasons.Count(r => r is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }

    [Fact]
    public void Without_implementation_outputs_no_step_runs()
    {
        var compilation = TestCompilation.Create(BothLowerings.Source(Program));
        GeneratorRunResult result = TestCompilation.Driver(IncrementalGeneratorOutputKind.Implementation).RunGenerators(compilation).GetRunResult().Results[0];
        Assert.Empty(result.GeneratedSources);
        Assert.DoesNotContain(CoroutineGenerator.VerdictStep, result.TrackedSteps.Keys);
        Assert.DoesNotContain(CoroutineGenerator.CallSiteStep, result.TrackedSteps.Keys);
    }

    [Fact]
    public void Half_typed_code_never_breaks_the_generator()
    {
        string source = BothLowerings.Source("[Coroutine] public static async Coroutine Main() { for (int i = 0; i < 3; i++) { await Later(i); if (i is string s) { await Text(s); } } using var x = ; switch (await Later(1)) { case 1: break; } }");
        for (int length = 0; length < source.Length; length += 7)
        {
            var compilation = TestCompilation.Create(source[..length]);
            GeneratorRunResult result = TestCompilation.Driver().RunGenerators(compilation).GetRunResult().Results[0];
            Assert.Null(result.Exception);
        }
    }
}
