using System.Globalization;
using Coroutines.Differential.RandomPrograms;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Coroutines.Differential.Matrix;

/// <summary>
/// Half-typed code: programs of the matrix that lack one token never make the generator throw. <c>COROUTINES_MALFORMED_PROGRAMS</c> says how many, <c>COROUTINES_RANDOM_SEED</c> which.
/// </summary>
public sealed class MalformedProgramTests
{
    private const int ProgramsPerCompilation = 100;

    private static readonly int s_programs = Setting("COROUTINES_MALFORMED_PROGRAMS", 200);
    private static readonly int s_seed = Setting("COROUTINES_RANDOM_SEED", 1);

    [Fact]
    public void A_program_that_lacks_a_token_never_makes_the_generator_throw()
    {
        var random = new Random(s_seed);
        MatrixProgram[] whole = [.. ConstructMatrix.Programs(whole: false)];
        for (int done = 0; done < s_programs; done += ProgramsPerCompilation)
        {
            // One file each, and names of their own: what one lacks is no error in another.
            var programs = Enumerable.Range(done, Math.Min(ProgramsPerCompilation, s_programs - done)).Select(number => ($"Malformed{number}", WithoutAToken(whole[random.Next(whole.Length)], number, random))).ToList();
            var failure = ProgramCompiler.GeneratorFailure(MatrixPrelude.Source, programs);
            Assert.True(failure is null, $"{failure}\nSeed {s_seed}, programs {done} to {done + programs.Count}; one of:\n{string.Join('\n', programs.Where(program => Fails(program)).Take(1))}");
        }
    }

    private static bool Fails((string Name, string Text) program) => ProgramCompiler.GeneratorFailure(MatrixPrelude.Source, [program]) is not null;

    private static string WithoutAToken(MatrixProgram program, int number, Random random)
    {
        string text = program.Text.Replace($"class {program.Name}", $"class Malformed{number}", StringComparison.Ordinal);
        int body = text.IndexOf("M0", StringComparison.Ordinal);
        var tokens = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(token => token.SpanStart > body && token.Span.Length > 0).ToList();
        var lost = tokens[random.Next(tokens.Count)];
        return text.Remove(lost.SpanStart, lost.Span.Length);
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
