using System.Globalization;
using System.Runtime.CompilerServices;
using Coroutines.Analyzers.Tests.Harness;
using Coroutines.Analyzers.Tests.Transitive;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Coroutines.Analyzers.Tests.Rules;

/// <summary>
/// Real programs with a token missing, as they are while they are typed: no analyzer of the package may throw. In each round every file loses one token. <c>COROUTINES_DELETIONS</c> says how many are deleted in all,
/// <c>COROUTINES_DELETIONS_SEED</c> which.
/// </summary>
public sealed class TokenDeletionTests
{
    [Fact]
    public async Task No_analyzer_throws_when_tokens_are_missing()
    {
        int deletions = Setting("COROUTINES_DELETIONS", 400), seed = Setting("COROUTINES_DELETIONS_SEED", 1);
        Compilation compilation = (await TestProject.Create(Sources()).GetCompilationAsync())!;
        SyntaxTree[] whole = [.. compilation.SyntaxTrees.Skip(1)];
        SyntaxToken[][] tokens = [.. whole.Select(tree => tree.GetRoot().DescendantTokens().Where(token => token.Span.Length > 0).ToArray())];
        var random = new Random(seed);
        Assert.True(whole.Length > 10, $"{whole.Length} files");
        for (int deleted = 0; deleted < deletions; deleted += whole.Length)
        {
            SyntaxTree[] broken = [.. whole.Select((tree, file) => Without(tokens[file][random.Next(tokens[file].Length)], tree))];
            await Analyze(compilation.RemoveSyntaxTrees(whole).AddSyntaxTrees(broken), round: deleted);
        }
    }

    private static async Task Analyze(Compilation compilation, int round)
    {
        var crashes = new List<string>();
        var analysis = compilation.WithAnalyzers(
            [.. AnalyzerHabitsTests.All()],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                onAnalyzerException: (exception, analyzer, _) =>
                {
                    lock (crashes)
                        crashes.Add($"round {round}, {analyzer.GetType().Name}: {exception}");
                },
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false));
        await analysis.GetAnalyzerDiagnosticsAsync();
        Assert.Empty(crashes);
    }

    private static SyntaxTree Without(SyntaxToken token, SyntaxTree tree) =>
        CSharpSyntaxTree.ParseText(tree.GetText().WithChanges(new TextChange(token.Span, "")), (CSharpParseOptions)tree.Options, tree.FilePath);

    /// <summary>The sample, behaviours of the differential suite, and a program whose functions call one another at random.</summary>
    private static IEnumerable<string> Sources() => Files("samples/Tour").Concat(Files("tests/Coroutines.Differential.Tests/Behaviours"))
        .Select(File.ReadAllText)
        .Concat(GeneratedProgram.Files(files: 6, seed: 3));

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
