using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Coroutines.Analyzers.Tests.Harness;

/// <summary>Runs an analyzer over a project. The source must compile, and the analyzer must not throw.</summary>
internal static class Analysis
{
    public static async Task<IReadOnlyList<Diagnostic>> Run(
        Project project, DiagnosticAnalyzer analyzer, AnalyzerConfigOptionsProvider? options = null, params AdditionalText[] files)
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        AssertCompiles(compilation);
        return await Run(compilation, analyzer, options, files);
    }

    public static async Task<IReadOnlyList<Diagnostic>> Run(
        Compilation compilation, DiagnosticAnalyzer analyzer, AnalyzerConfigOptionsProvider? options = null, params AdditionalText[] files)
    {
        compilation = compilation.WithOptions(SwitchOn(compilation.Options, analyzer));
        var crashes = new List<Exception>();
        var withAnalyzer = new CompilationWithAnalyzers(compilation, [analyzer], new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([.. files], options ?? TestOptions.None),
            onAnalyzerException: (exception, _, _) => { lock (crashes) crashes.Add(exception); },
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false));
        var diagnostics = await withAnalyzer.GetAnalyzerDiagnosticsAsync();
        Assert.Empty(crashes);
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(diagnostic => diagnostic.Id)];
    }

    /// <summary>Rules that are off by default, unless the options say something about them.</summary>
    private static CompilationOptions SwitchOn(CompilationOptions options, DiagnosticAnalyzer analyzer) => options.WithSpecificDiagnosticOptions(
        options.SpecificDiagnosticOptions.SetItems(analyzer.SupportedDiagnostics
            .Where(rule => !rule.IsEnabledByDefault && !options.SpecificDiagnosticOptions.ContainsKey(rule.Id))
            .Select(rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Warn))));

    public static void AssertCompiles(Compilation compilation) =>
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

    /// <summary>The document's text with the diagnostics in it marked.</summary>
    public static async Task<string> Mark(Document document, IEnumerable<Diagnostic> diagnostics)
    {
        SyntaxTree tree = (await document.GetSyntaxTreeAsync())!;
        return MarkedSource.Mark(tree.ToString(), diagnostics
            .Where(diagnostic => diagnostic.Location.SourceTree?.FilePath == tree.FilePath)
            .Select(diagnostic => new Finding(diagnostic.Id, diagnostic.Location.SourceSpan)));
    }
}
