extern alias analyzers;

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;

namespace Coroutines.Benchmarks.Building;

/// <summary>
/// What the analyzers of the package cost, all of them together, in a build of 100,000 lines, in time of the processor: whatever else the machine does.
/// </summary>
internal static class AnalyzerRunner
{
    /// <summary>All of the package.</summary>
    public static readonly ImmutableArray<DiagnosticAnalyzer> Everything =
    [
        .. typeof(analyzers::Coroutines.Analyzers.BlockingCallAnalyzer).Assembly.GetTypes()
            .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>Builds do not run analyzers that have nothing above information to say.</summary>
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_inBuilds =
        Everything.RemoveAll(analyzer => analyzer.SupportedDiagnostics.All(rule => !rule.IsEnabledByDefault || rule.DefaultSeverity < DiagnosticSeverity.Warning));

    /// <summary>Asks for the operations of every body, as the analyzers of the SDK do in every build: not ours to save.</summary>
    public static readonly ImmutableArray<DiagnosticAnalyzer> Binding = [new BindingAnalyzer()];

    public static void Run(TextWriter output)
    {
        // The compiler's and the analyzers' own first time is nobody's.
        Compilation small = Generated(new SampleProject(200));
        Emit(small);
        Analyze(small, Everything);

        Compilation? project = null;
        double build = Processor(() => Emit(project = Generated(SampleProject.Large())));
        // Compilations of their own, in which nothing is bound yet: as in the compiler, where analyzers share nothing with the emission.
        AnalysisResult? result = null;
        double analysis = Processor(() => result = Analyze(project!.WithAssemblyName("Analyzed"), s_inBuilds));
        double binding = Processor(() => Analyze(project!.WithAssemblyName("Bound"), Binding));
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

    public static CompilationWithAnalyzers Analysis(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, bool withTimes) => compilation.WithAnalyzers(
        analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([], SampleProject.BuildOptions), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: withTimes));

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

    public static void Print(TextWriter output, string name, string contender, double milliseconds) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{contender}\t{milliseconds * 1e6:F0}\t0.00"));
}
