using System.Globalization;
using System.Runtime.CompilerServices;
using Coroutines.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Coroutines.Analyzers.Tests.Corpus;

/// <summary>How much of what is wrong the rules find, and how often they are wrong themselves, beside the packages that people use today.</summary>
public sealed class CorpusTests
{
    [Fact]
    public void The_corpus_is_large_enough_to_say_something()
    {
        Assert.InRange(Snippet.All.Count(snippet => snippet.IsBad), 100, int.MaxValue);
        Assert.InRange(Snippet.All.Count(snippet => !snippet.IsBad), 60, int.MaxValue);
        Assert.Distinct(Snippet.All.Select(snippet => snippet.Name));
    }

    [Fact]
    public async Task At_least_95_percent_is_found_and_at_most_3_percent_is_false()
    {
        var found = await Found(RulePack.Ours);
        Snippet[] missed = [.. Snippet.All.Where(snippet => snippet.IsBad && !found.Contains(snippet))];
        Snippet[] false_ = [.. Snippet.All.Where(snippet => !snippet.IsBad && found.Contains(snippet))];
        Assert.True(missed.Length <= 0.05 * Snippet.All.Count(snippet => snippet.IsBad), "missed " + string.Join("\nmissed ", missed.Select(snippet => snippet.Name)));
        Assert.True(false_.Length <= 0.03 * Snippet.All.Count(snippet => !snippet.IsBad), "false " + string.Join("\nfalse ", false_.Select(snippet => snippet.Name)));
    }

    /// <summary>The figures are read, not written by hand: when a rule, a snippet or a package changes, so does the line that this test asks for.</summary>
    [Fact]
    public async Task The_readme_compares_with_today_s_packages()
    {
        string readme = await File.ReadAllTextAsync(Path.Combine(Root(), "analyzers/README.md"));
        var table = new List<string>();
        foreach (RulePack pack in RulePack.Peers.Prepend(RulePack.Ours))
        {
            var found = await Found(pack);
            int bad = found.Count(snippet => snippet.IsBad);
            int clean = found.Count(snippet => !snippet.IsBad);
            table.Add($"| {pack.Name} | {Share(bad, isBad: true)} | {Share(clean, isBad: false)} |");
        }

        Assert.True(table.All(readme.Contains), string.Join('\n', table));
    }

    private static string Share(int count, bool isBad)
    {
        int all = Snippet.All.Count(snippet => snippet.IsBad == isBad);
        return string.Create(CultureInfo.InvariantCulture, $"{count} of {all} ({100.0 * count / all:F0} %)");
    }

    /// <summary>The snippets in which the pack reports something. Others than ours are also shown ordinary async methods, and may find it in either.</summary>
    private static async Task<HashSet<Snippet>> Found(RulePack pack)
    {
        var found = await Found(pack, (snippet, number) => snippet.Source(number), mustCompile: true);
        if (pack != RulePack.Ours)
            found.UnionWith(await Found(pack, (snippet, number) => snippet.OrdinarySource(number), mustCompile: false));
        return found;
    }

    private static async Task<HashSet<Snippet>> Found(RulePack pack, Func<Snippet, int, string> source, bool mustCompile)
    {
        Project project = TestProject.Create(Snippet.All.Select(source));
        Compilation compilation = (await project.GetCompilationAsync())!;
        if (mustCompile)
            Analysis.AssertCompiles(compilation);

        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(pack.Analyzers
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .Where(rule => pack.IsRelevant(rule.Id))
            .DistinctBy(rule => rule.Id)
            .ToDictionary(rule => rule.Id, _ => ReportDiagnostic.Warn)));
        var diagnostics = await compilation
            .WithAnalyzers(pack.Analyzers, new AnalyzerOptions([], TestOptions.None))
            .GetAnalyzerDiagnosticsAsync();
        var documents = project.Documents.Skip(1).Select(document => document.Name).ToList();
        return [.. diagnostics
            .Where(diagnostic => pack.IsRelevant(diagnostic.Id) && diagnostic.Location.SourceTree is not null)
            .Select(diagnostic => documents.IndexOf(Path.GetFileName(diagnostic.Location.SourceTree!.FilePath)))
            .Where(index => index >= 0)
            .Distinct()
            .Select(index => Snippet.All[index])];
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
