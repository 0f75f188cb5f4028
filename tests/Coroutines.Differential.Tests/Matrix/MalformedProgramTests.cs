using Coroutines.Differential.RandomPrograms;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Coroutines.Differential.Matrix;

/// <summary>
/// Half-typed code: programs of the matrix that lack one token never make the generator or an analyzer throw. <c>COROUTINES_MALFORMED_PROGRAMS</c> says how many, <c>COROUTINES_RANDOM_SEED</c> which.
/// </summary>
public sealed class MalformedProgramTests
{
    private const int ProgramsPerCompilation = 100;

    /// <summary>A batch takes seconds.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    private static readonly int s_programs = Settings.Number("COROUTINES_MALFORMED_PROGRAMS", 1000);
    private static readonly int s_seed = Settings.Number("COROUTINES_RANDOM_SEED", 1);

    [Fact]
    public async Task A_program_that_lacks_a_token_makes_neither_the_generator_nor_an_analyzer_throw_or_hang()
    {
        MatrixProgram[] whole = [.. ConstructMatrix.Programs(whole: false)];
        await Parallel.ForEachAsync(Enumerable.Range(0, s_programs).Chunk(ProgramsPerCompilation), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (numbers, _) =>
        {
            // One file each, and names of their own: what one lacks is no error in another.
            var programs = numbers.Select(number => WithoutAToken(whole, number)).ToList();
            string? failure = await Failure(programs);
            if (failure is null)
                return;
            foreach (var program in programs)
            {
                if (await Failure([program]) is { } own)
                    Assert.Fail($"{own}\n{program.Text}");
            }

            Assert.Fail($"Together only, seed {s_seed}, programs {numbers[0]} to {numbers[^1]}: {failure}");
        });
    }

    private static async Task<string?> Failure(IEnumerable<(string Name, string Text)> programs)
    {
        using var hanging = new CancellationTokenSource(s_longest);
        try
        {
            return await ProgramCompiler.Failure(MatrixPrelude.Source, programs, hanging.Token);
        }
        catch (OperationCanceledException)
        {
            return $"No end after {s_longest}.";
        }
    }

    private static (string Name, string Text) WithoutAToken(MatrixProgram[] whole, int number)
    {
        var random = new Random(unchecked((s_seed * 1_000_003) + number));
        return ($"Malformed{number}", WithoutAToken(whole[random.Next(whole.Length)], number, random));
    }

    private static string WithoutAToken(MatrixProgram program, int number, Random random)
    {
        string text = program.Text.Replace($"class {program.Name}", $"class Malformed{number}", StringComparison.Ordinal);
        int body = text.IndexOf("M0", StringComparison.Ordinal);
        var tokens = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(token => token.SpanStart > body && token.Span.Length > 0).ToList();
        var lost = tokens[random.Next(tokens.Count)];
        return text.Remove(lost.SpanStart, lost.Span.Length);
    }
}
