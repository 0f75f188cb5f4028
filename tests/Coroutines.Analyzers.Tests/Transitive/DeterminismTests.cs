using Coroutines.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Coroutines.Analyzers.Tests.Transitive;

public sealed class DeterminismTests
{
    private const int Runs = 20;

    [Fact]
    public async Task Twenty_runs_with_shuffled_files_and_concurrent_execution_say_the_same()
    {
        string[] sources = GeneratedProgram.Files(files: 40, seed: 1);
        string[]? first = null;
        for (int run = 0; run < Runs; run++)
        {
            string[] now = await Findings(sources, new Random(run));
            Assert.Equal(first ??= now, now);
        }

        // All ranks and both ways of reporting take part.
        foreach (string id in new[] { "CORO105", "CORO106", "CORO107" })
            Assert.Contains(first!, finding => finding.Contains(id, StringComparison.Ordinal));
        Assert.True(first!.Length > 100, $"{first.Length} findings");
    }

    [Fact]
    public async Task What_is_found_does_not_depend_on_how_a_program_is_cut_into_files()
    {
        string[] sources = GeneratedProgram.Files(files: 10, seed: 2);
        string whole = "using Coroutines;\n" + string.Concat(sources).Replace("using Coroutines;", "", StringComparison.Ordinal);
        string[] cut = await Findings(sources, new Random(0));
        string[] uncut = await Findings([whole], new Random(0));
        Assert.Equal(cut.Select(Severity).Order(), uncut.Select(Severity).Order());

        static string Severity(string finding) => finding.Split(' ')[1] + finding.Split(' ')[2];
    }

    /// <summary>Each finding with its file, place and message, in an order of their own.</summary>
    private static async Task<string[]> Findings(string[] sources, Random random)
    {
        Compilation compilation = (await TestProject.Create(sources).GetCompilationAsync())!;
        SyntaxTree[] trees = [.. compilation.SyntaxTrees];
        random.Shuffle(trees);
        // New trees, so that nothing of another run is bound already.
        compilation = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees.Select(tree =>
            CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options, tree.FilePath)));
        var found = await Analysis.Run(compilation, new TransitiveBlockingAnalyzer());
        return [.. found.Select(finding => $"{finding.Location.SourceTree!.FilePath}{finding.Location.SourceSpan} {finding.Severity} {finding.Id} {finding.GetMessage()}").Order(StringComparer.Ordinal)];
    }
}
