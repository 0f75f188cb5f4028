using System.Collections.Concurrent;
using Xunit;

namespace Coroutines.Differential.RandomPrograms;

/// <summary>
/// Programs nobody thought of leave the same traces on both lowerings, uncancelled and cancelled in any of their first turns.
/// <c>COROUTINES_RANDOM_PROGRAMS</c> and <c>COROUTINES_RANDOM_SEED</c> say how many, and from which seed on.
/// </summary>
public sealed class RandomProgramTests
{
    // Many, because what programs call is compiled with each lot of them.
    private const int ProgramsPerCompilation = 125;
    private const int MostReported = 3;

    private static readonly int s_programs = Settings.Number("COROUTINES_RANDOM_PROGRAMS", 3000);
    private static readonly int s_firstSeed = Settings.Number("COROUTINES_RANDOM_SEED", 1);

    [Fact]
    public void Random_programs_leave_the_same_trace_on_both_lowerings()
    {
        int coroutines = 0, generated = 0;
        var different = new ConcurrentBag<int>();
        var report = new ConcurrentQueue<string>();
        Parallel.ForEach(Enumerable.Range(s_firstSeed, s_programs).Chunk(ProgramsPerCompilation), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seeds =>
        {
            var programs = seeds.Select(ProgramGrammar.Write).ToList();
            var compiled = ProgramCompiler.Compile(programs);
            Interlocked.Add(ref coroutines, compiled.Coroutines);
            Interlocked.Add(ref generated, compiled.Generated);
            foreach (var program in programs)
            {
                if (compiled.Compare(program) is null)
                    continue;
                different.Add(program.Seed);
                if (different.Count <= MostReported)
                    report.Enqueue(Shrunk(program));
            }
        });

        Assert.True(different.IsEmpty, $"{different.Count} of {s_programs} programs differ: {string.Join(", ", different)}.\n{string.Join('\n', report)}");
        // A program that falls back compares the compiler's lowering with itself.
        Assert.True(generated >= coroutines * 0.98, $"Only {generated} of {coroutines} coroutines were generated:\n{Refusals()}");
    }

    [Fact]
    public void A_difference_between_two_programs_is_found_and_shrunk_to_the_statement_that_makes_it()
    {
        const string Wrong = "P.Say(t, \"only in one lowering\");";
        var program = ProgramGrammar.Write(seed: 7);
        var changed = ProgramGrammar.Write(seed: 7);
        changed.Methods[0].Body.Insert(3, new Statement(Wrong));
        int whole = changed.Write().Length;
        Assert.NotEqual(Trace(program), Trace(changed));

        var shrunk = new ProgramShrinking(changed, candidate => Trace(candidate)?.Any(line => line.Contains("only in one lowering", StringComparison.Ordinal)) == true).Run();

        Assert.Contains(Wrong, shrunk.Write(), StringComparison.Ordinal);
        Assert.True(shrunk.Write().Length < whole / 2);
    }

    [Fact]
    public void The_same_seed_writes_the_same_program() =>
        Assert.Equal(ProgramGrammar.Write(seed: 42).Write(), ProgramGrammar.Write(seed: 42).Write());

    private static IReadOnlyList<string>? Trace(RandomProgram program)
    {
        try
        {
            return ProgramCompiler.Compile([program]).ReferenceTrace(program);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Shrunk(RandomProgram program)
    {
        var shrunk = new ProgramShrinking(program, candidate => Differs(candidate) is not null).Run();
        return $"Seed {program.Seed}, shrunk; {Differs(shrunk)}\n{shrunk.Write()}";
    }

    private static Difference? Differs(RandomProgram program)
    {
        try
        {
            return ProgramCompiler.Compile([program]).Compare(program);
        }
        catch (InvalidOperationException)
        {
            // Without the statement it does not compile.
            return null;
        }
    }

    private static string Refusals() => string.Join(
        '\n', Enumerable.Range(s_firstSeed, 20).Select(ProgramGrammar.Write)
            .SelectMany(program => ProgramCompiler.Refusals(ProgramPrelude.Source, program.Name, program.Write())).Take(20));
}
