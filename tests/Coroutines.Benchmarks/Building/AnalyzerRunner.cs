extern alias analyzers;

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;

namespace Coroutines.Benchmarks.Building;

/// <summary>
/// What the analyzers of the package cost, all of them together: a build of 100,000 lines, and one file of 2,000 lines after an edit, as an editor asks for it, the best of several. The build is measured in
/// time of the processor, whatever else the machine does.
/// </summary>
internal static class AnalyzerRunner
{
    private const int Lines = 100_000;
    private const int LiveLines = 2_000;
    private const int Edits = 20;

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
    [
        .. typeof(analyzers::Coroutines.Analyzers.BlockingCallAnalyzer).Assembly.GetTypes()
            .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>Builds do not run analyzers that have nothing above information to say.</summary>
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_inBuilds =
        s_analyzers.RemoveAll(analyzer => analyzer.SupportedDiagnostics.All(rule => !rule.IsEnabledByDefault || rule.DefaultSeverity < DiagnosticSeverity.Warning));

    /// <summary>Asks for the operations of every body, as the analyzers of the SDK do in every build: not ours to save.</summary>
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_binding = [new BindingAnalyzer()];

    public static void Run(TextWriter output)
    {
        // The compiler's and the analyzers' own first time is nobody's.
        Compilation small = Generated(new SampleProject(200));
        Emit(small);
        Analyze(small, s_analyzers);
        Print(output, "analyze-live-2000", "analyzers", Live(s_analyzers));
        Print(output, "analyze-live-2000", "binding", Live(s_binding));

        Compilation? project = null;
        double build = Processor(() => Emit(project = Generated(new SampleProject(Lines / SampleProject.LinesPerFile * SampleProject.MethodsPerFile))));
        // Compilations of their own, in which nothing is bound yet: as in the compiler, where analyzers share nothing with the emission.
        AnalysisResult? result = null;
        double analysis = Processor(() => result = Analyze(project!.WithAssemblyName("Analyzed"), s_inBuilds));
        double binding = Processor(() => Analyze(project!.WithAssemblyName("Bound"), s_binding));
        Print(output, "analyze-100k", "build", build);
        Print(output, "analyze-100k", "analyzers", analysis);
        Print(output, "analyze-100k", "binding", binding);
        foreach (var (analyzer, telemetry) in result!.AnalyzerTelemetryInfo.OrderByDescending(pair => pair.Value.ExecutionTime))
            Print(output, "analyze-100k", analyzer.GetType().Name, telemetry.ExecutionTime.TotalMilliseconds);
    }

    private static Compilation Generated(SampleProject project)
    {
        SampleProject.NewDriver().RunGeneratorsAndUpdateCompilation(project.Compilation, out Compilation compilation, out _);
        return compilation;
    }

    private static void Emit(Compilation compilation)
    {
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image);
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    private static AnalysisResult Analyze(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        Analysis(compilation, analyzers, withTimes: true).GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>The findings of one file, after its text has changed.</summary>
    private static double Live(ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var project = new SampleProject(SampleProject.MethodsPerFile, repeated: LiveLines / SampleProject.LinesPerFile);
        double best = double.MaxValue;
        for (int i = 0; i < Edits; i++)
        {
            Compilation edited = project.Edited(i);
            SemanticModel model = edited.GetSemanticModel(edited.SyntaxTrees.First());
            best = Math.Min(best, Milliseconds(() => Analysis(edited, analyzers, withTimes: false).GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None).GetAwaiter().GetResult()));
        }

        return best;
    }

    private static CompilationWithAnalyzers Analysis(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, bool withTimes) => compilation.WithAnalyzers(
        analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([], SampleProject.BuildOptions), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: withTimes));

    private static double Milliseconds(Action work)
    {
        GC.Collect();
        long startedAt = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
    }

    /// <summary>What the process computed meanwhile, on all threads: other work on the machine adds nothing to it.</summary>
    private static double Processor(Action work)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    private static void Print(TextWriter output, string name, string contender, double milliseconds) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{contender}\t{milliseconds * 1e6:F0}\t0.00"));
}
