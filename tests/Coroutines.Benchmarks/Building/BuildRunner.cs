using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace Coroutines.Benchmarks.Building;

/// <summary>
/// What the generator costs a build. Every round compiles a new project with a new generator, so nothing is cached; the first round, in which the compiler and the generator are
/// themselves compiled, is a line of its own, and of the others the best counts. <c>generator</c> is all the difference it makes, <c>generator-alone</c> leaves
/// out the compilation of what it wrote. The process should collect garbage as the SDK's compiler does, as a server: see <c>csc.runtimeconfig.json</c> there.
/// </summary>
internal static class BuildRunner
{
    public const string Argument = "build";

    private const int Methods = 1000;
    private const int Rounds = 5;

    public static void Run(TextWriter output)
    {
        // The compiler's own first time is not the generator's.
        Compile(new SampleProject(100), withGenerator: false);
        double first = Milliseconds(() => Compile(new SampleProject(Methods), withGenerator: true)) - Milliseconds(() => Compile(new SampleProject(Methods), withGenerator: false));
        double without = double.MaxValue, with = double.MaxValue, alone = double.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            without = Math.Min(without, Milliseconds(() => Compile(new SampleProject(Methods), withGenerator: false)));
            with = Math.Min(with, Milliseconds(() => Compile(new SampleProject(Methods), withGenerator: true)));
            alone = Math.Min(alone, Milliseconds(() => SampleProject.NewDriver().RunGenerators(new SampleProject(Methods).Compilation)));
        }

        Print(output, "build-method", "without", without / Methods);
        Print(output, "build-method", "with", with / Methods);
        Print(output, "build-method", "generator", (with - without) / Methods);
        Print(output, "build-method", "generator-alone", alone / Methods);
        Print(output, "build-method", "generator-first", first / Methods);
        Print(output, "build-edit", "generator", Edit(whileTyping: false));
        Print(output, "build-keystroke", "generator", Edit(whileTyping: true));
    }

    private static void Compile(SampleProject project, bool withGenerator)
    {
        Compilation compilation = project.Compilation;
        if (withGenerator)
            SampleProject.NewDriver().RunGeneratorsAndUpdateCompilation(compilation, out compilation, out _);
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image);
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    /// <summary>One body changes in a project on which the generator has run before; the time is that of the generator alone.</summary>
    private static double Edit(bool whileTyping)
    {
        var project = new SampleProject(Methods);
        GeneratorDriver driver = SampleProject.NewDriver(whileTyping).RunGenerators(project.Compilation);
        double best = double.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            Compilation edited = project.Edited(i, SampleEdit.Body);
            best = Math.Min(best, Milliseconds(() => driver = driver.RunGenerators(edited)));
        }

        return best;
    }

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
