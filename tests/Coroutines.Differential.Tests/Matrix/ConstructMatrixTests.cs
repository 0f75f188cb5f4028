using Coroutines.Differential.RandomPrograms;
using Xunit;

namespace Coroutines.Differential.Matrix;

/// <summary>
/// Every construct at every position is generated, and leaves the trace that the compiler's lowering leaves: to its end, cancelled in any turn,
/// and with a fault in any operand that suspends. <c>COROUTINES_WHOLE_MATRIX</c> asks for every pair of construct and position.
/// </summary>
public sealed class ConstructMatrixTests
{
    private const int ProgramsPerCompilation = 400;
    private const int MostFaults = 6;

    [Fact]
    public void Every_construct_at_every_position_is_generated_and_leaves_the_reference_trace()
    {
        var report = new List<string>();
        int entries = 0;
        bool whole = Environment.GetEnvironmentVariable("COROUTINES_WHOLE_MATRIX") is { Length: > 0 };
        foreach (MatrixProgram[] programs in ConstructMatrix.Programs(whole).Chunk(ProgramsPerCompilation))
        {
            entries += programs.Length;
            var compiled = ProgramCompiler.Compile(MatrixPrelude.Source, programs.Select(program => (program.Name, program.Text)));
            foreach (var program in programs)
            {
                if (compiled.FramesOf(program.Name) != program.Coroutines)
                    report.Add($"{program.Name} is not generated: {string.Join("; ", ProgramCompiler.Refusals(MatrixPrelude.Source, program.Name, program.Text))}");
                else if (Difference(compiled, program) is { } difference)
                    report.Add($"{program.Name}: {difference}\n{program.Text}");
            }
        }

        Assert.True(report.Count == 0, $"{report.Count} of {entries} entries:\n{string.Join('\n', report.Take(40))}");
        Assert.True(entries >= 400, $"Only {entries} entries.");
    }

    private static Difference? Difference(CompiledPrograms compiled, MatrixProgram program)
    {
        if (compiled.Compare(program.Name) is { } difference)
            return difference;
        int points = compiled.CountPoints(program.Name);
        for (int fault = 1; fault <= Math.Min(points, MostFaults); fault++)
        {
            if (compiled.CompareWithFault(program.Name, fault) is { } broken)
                return broken;
        }

        return null;
    }
}
