using System.Collections.Immutable;
using Coroutines.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Coroutines.Analyzers.Tests.Transitive;

/// <summary>What an editor shows while a file is typed: it asks for the findings of this file and never comes to the end of the compilation.</summary>
public sealed class LiveTests
{
    private const string Coroutines = """
        using Coroutines;

        partial class Scene
        {
            static void Near() => Nearer();
            static void Nearer() => Thread.Sleep(1);
            static void Shy() => Console.WriteLine();

            [Coroutine]
            static async Coroutine Run(Far far)
            {
                Near();
                far.Away();
                Far.Fixed();
                Shy();
                await Coroutine.Yield();
            }
        }
        """;

    private const string Far = """
        class Far { public virtual void Away() => Thread.Sleep(1); public static void Fixed() => Thread.Sleep(1); }
        """;

    [Fact]
    public async Task What_the_file_alone_tells_is_shown_at_once() =>
        Assert.Equal(["Near"], await Shown(live: true));

    [Fact]
    public async Task A_build_shows_the_rest_and_nothing_twice() =>
        Assert.Equal(["Near", "Away", "Fixed", "Shy"], await Shown(live: false));

    private static async Task<string[]> Shown(bool live)
    {
        Compilation compilation = (await TestProject.Create([Coroutines, Far]).GetCompilationAsync())!;
        SyntaxTree tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == "Test0.cs");
        var withAnalyzer = compilation.WithAnalyzers([new TransitiveBlockingAnalyzer()], new AnalyzerOptions([]));
        ImmutableArray<Diagnostic> found = live
            ? await withAnalyzer.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), filterSpan: null, CancellationToken.None)
            : await withAnalyzer.GetAnalyzerDiagnosticsAsync();
        return [.. found.OrderBy(finding => finding.Location.SourceSpan.Start).Select(finding => tree.GetText().ToString(finding.Location.SourceSpan))];
    }
}
