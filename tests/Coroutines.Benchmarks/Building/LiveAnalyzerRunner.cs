using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Benchmarks.Building;

/// <summary>
/// What the analyzers of the package cost while somebody types: all findings of one file of 2,000 lines after an edit, as an editor asks for them. The contenders take turns, in a process that lives as long as an
/// editor does, so that all is compiled; the best edit of each counts.
/// </summary>
internal static class LiveAnalyzerRunner
{
    private const int Lines = 2_000;
    private const int Edits = 150;

    private static readonly (string Name, ImmutableArray<DiagnosticAnalyzer> Analyzers, SampleEdit Edit)[] s_contenders =
    [
        ("body", AnalyzerRunner.Everything, SampleEdit.Body),
        ("declaration", AnalyzerRunner.Everything, SampleEdit.Declaration),
        ("using", AnalyzerRunner.Everything, SampleEdit.Using),
        ("binding", AnalyzerRunner.Binding, SampleEdit.Body),
    ];

    public static void Run(TextWriter output)
    {
        var project = new SampleProject(SampleProject.MethodsPerFile, repeated: Lines / SampleProject.LinesPerFile);
        double[] best = [.. s_contenders.Select(_ => double.MaxValue)];
        for (int edit = 0; edit < Edits; edit++)
        {
            for (int i = 0; i < best.Length; i++)
                best[i] = Math.Min(best[i], Findings(project.Edited(edit, s_contenders[i].Edit), s_contenders[i].Analyzers));
        }

        for (int i = 0; i < best.Length; i++)
            AnalyzerRunner.Print(output, "analyze-live-2000", s_contenders[i].Name, best[i]);
    }

    private static double Findings(Compilation edited, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        SemanticModel model = edited.GetSemanticModel(edited.SyntaxTrees.First());
        // What the others have left behind is not this one's.
        GC.Collect();
        long startedAt = Stopwatch.GetTimestamp();
        AnalyzerRunner.Analysis(edited, analyzers, withTimes: false).GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None).GetAwaiter().GetResult();
        return Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
    }
}
