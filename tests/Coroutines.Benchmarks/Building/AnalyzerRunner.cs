extern alias analyzers;

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;

namespace Coroutines.Benchmarks.Building;

/// <summary>
/// What the analyzers of the package cost, all of them together: a build of 100,000 lines, and one file of 2,000 lines after an edit, as an editor asks for it. The best of several rounds, each over
/// a new project, so that nothing is bound already.
/// </summary>
internal static class AnalyzerRunner
{
    private const int Lines = 100_000;
    private const int LiveLines = 2_000;
    private const int Rounds = 3;
    private const int Edits = 20;

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
    [
        .. typeof(analyzers::Coroutines.Analyzers.BlockingCallAnalyzer).Assembly.GetTypes()
            .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static void Run(TextWriter output)
    {
        int methods = Lines / SampleProject.LinesPerFile * SampleProject.MethodsPerFile;
        // The compiler's and the analyzers' own first time is nobody's.
        Compile(new SampleProject(200), withAnalyzers: true);
        double without = double.MaxValue, with = double.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            without = Math.Min(without, Milliseconds(() => Compile(new SampleProject(methods), withAnalyzers: false)));
            with = Math.Min(with, Milliseconds(() => Compile(new SampleProject(methods), withAnalyzers: true)));
        }

        Print(output, "analyze-100k", "without", without);
        Print(output, "analyze-100k", "with", with);
        Print(output, "analyze-100k", "analyzers", with - without);
        Print(output, "analyze-live-2000", "analyzers", Live());
    }

    private static void Compile(SampleProject project, bool withAnalyzers)
    {
        SampleProject.NewDriver().RunGeneratorsAndUpdateCompilation(project.Compilation, out Compilation compilation, out _);
        Task analysis = withAnalyzers ? Analysis(compilation).GetAnalyzerDiagnosticsAsync() : Task.CompletedTask;
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image);
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        analysis.GetAwaiter().GetResult();
    }

    /// <summary>The findings of one file, after its text has changed.</summary>
    private static double Live()
    {
        var project = new SampleProject(SampleProject.MethodsPerFile, repeated: LiveLines / SampleProject.LinesPerFile);
        double best = double.MaxValue;
        for (int i = 0; i < Edits; i++)
        {
            Compilation edited = project.Edited(i);
            SemanticModel model = edited.GetSemanticModel(edited.SyntaxTrees.First());
            best = Math.Min(best, Milliseconds(() => Analysis(edited).GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None).GetAwaiter().GetResult()));
        }

        return best;
    }

    private static CompilationWithAnalyzers Analysis(Compilation compilation) => compilation.WithAnalyzers(
        s_analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));

    private static double Milliseconds(Action work)
    {
        GC.Collect();
        long startedAt = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
    }

    private static void Print(TextWriter output, string name, string contender, double milliseconds) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{contender}\t{milliseconds * 1e6:F0}\t0.00"));
}
