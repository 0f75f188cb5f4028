using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Coroutines.Analyzers.Tests.Harness;

/// <summary>What tests of an analyzer say: it <see cref="Finds"/> exactly what is marked.</summary>
internal static class Analyzer<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    private static readonly TAnalyzer s_analyzer = new();

    /// <summary>The rule that <c>[|…|]</c> stands for.</summary>
    public static string? OnlyRule => s_analyzer.SupportedDiagnostics is [var only] ? only.Id : null;

    public static async Task<IReadOnlyList<Diagnostic>> Finds(string marked, AnalyzerConfigOptionsProvider? options = null, params AdditionalText[] files)
    {
        var expected = MarkedSource.Parse(marked, OnlyRule);
        Project project = TestProject.Create([expected.Text]);
        var diagnostics = await Analysis.Run(project, s_analyzer, options, files);
        Assert.Equal(expected.Marked, await Analysis.Mark(project.Documents.Last(), diagnostics));
        return diagnostics;
    }

    /// <summary>The only finding's message.</summary>
    public static async Task<string> Message(string marked) => Assert.Single(await Finds(marked)).GetMessage();
}
