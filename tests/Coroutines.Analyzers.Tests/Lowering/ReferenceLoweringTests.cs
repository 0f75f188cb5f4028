using Coroutines.Analyzers.Tests.Harness;
using Coroutines.Generator.Acceptance;
using Microsoft.CodeAnalysis;
using Xunit;
using static Coroutines.Analyzers.Tests.Harness.Source;
using Rule = Coroutines.Analyzers.Tests.Harness.Analyzer<Coroutines.Analyzers.ReferenceLoweringAnalyzer>;

namespace Coroutines.Analyzers.Tests.Lowering;

/// <summary>What is refused is the generator's business and tested there. Here: that a refusal is told, where, and how loudly.</summary>
public sealed class ReferenceLoweringTests
{
    [Fact]
    public Task A_coroutine_that_is_generated_needs_no_word() => Rule.Finds(InCoroutine("await Other();"));

    [Fact]
    public async Task A_refused_one_is_information_with_the_reason()
    {
        var found = await Rule.Finds("file partial class A { [Coroutines.Coroutine] async Coroutines.Coroutine {|CORO202:Run|}() => await Task.Yield(); }");
        Diagnostic diagnostic = Assert.Single(found);
        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Assert.Equal("'Run' keeps the compiler's lowering: " + string.Format(Refusals.FileLocalType.Message, "A"), diagnostic.GetMessage());
    }

    [Fact]
    public Task A_local_function_is_told_by_itself() => Rule.Finds("""
        partial class A
        {
            [Coroutines.Coroutine] async Coroutines.Coroutine Run()
            {
                await Inner();
                await Refused();
                [Coroutines.Coroutine] async Coroutines.Coroutine Inner() => await Task.Yield();
                [Coroutines.Coroutine] async Coroutines.Coroutine {|CORO211:Refused|}() { var kept = (1, new { X = 1 }); await Task.Yield(); _ = kept.Item2.X; }
                Func<Coroutines.Coroutine> lambda = async () =>
                {
                    await Deep();
                    [Coroutines.Coroutine] async Coroutines.Coroutine {|CORO214:Deep|}() => await Task.Yield();
                };
            }
            void Ordinary()
            {
                [Coroutines.Coroutine] async Coroutines.Coroutine {|CORO214:Inner|}() => await Task.Yield();
                [Coroutines.Coroutine(RequireGenerated = true)] async Coroutines.Coroutine Required() => await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Of_a_partial_method_the_part_with_the_body_counts() => Rule.Finds("""
        partial class A
        {
            [Coroutines.Coroutine] private partial Coroutines.Coroutine Generated(int n);
            private async partial Coroutines.Coroutine Generated(int n) => await Task.Yield();
            [Coroutines.Coroutine] private partial Coroutines.Coroutine Refused();
            private async partial Coroutines.Coroutine {|CORO211:Refused|}() { var kept = (1, new { X = 1 }); await Task.Yield(); _ = kept.Item2.X; }
        }
        """);

    [Theory]
    [InlineData("class A { [Coroutines.Coroutine] async Coroutines.Coroutine Run() => await Task.Yield(); }")]
    [InlineData("partial class A { [Coroutines.Coroutine] async Task Run() => await Task.Yield(); }")]
    [InlineData("abstract partial class A { [Coroutines.Coroutine] protected abstract Coroutines.Coroutine Run(); }")]
    [InlineData("partial class A { async Coroutines.Coroutine Unmarked() => await Task.Yield(); }")]
    public Task What_other_rules_report_is_not_repeated(string source) => Rule.Finds(source);

    [Fact]
    public async Task Code_that_does_not_compile_is_the_compiler_s_to_report()
    {
        Project project = TestProject.Create(["partial class A { [Coroutines.Coroutine] async Coroutines.Coroutine Run() => await Missing(); }"]);
        Compilation compilation = (await project.GetCompilationAsync())!;
        Assert.Empty(await Analysis.Run(compilation, new ReferenceLoweringAnalyzer()));
    }

    [Fact]
    public void Every_reason_of_the_generator_is_a_rule() => Assert.Equal(
        Refusals.All.Select(reason => reason.Id).Order(),
        new ReferenceLoweringAnalyzer().SupportedDiagnostics.Select(rule => rule.Id));

    [Fact]
    public Task What_must_be_generated_is_left_to_the_rule_about_that() => Rule.Finds(
        "file partial class A { [Coroutines.Coroutine(RequireGenerated = true)] async Coroutines.Coroutine Run() => await Task.Yield(); }");
}
