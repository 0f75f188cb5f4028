extern alias reference;

using System.Reflection;

namespace Coroutines.Differential.RandomPrograms;

/// <summary>Programs in both lowerings.</summary>
internal sealed class CompiledPrograms(Assembly compilers, Assembly generators)
{
    private const int MostCancelledTurns = 6;

    /// <summary>How many coroutines have a generated frame.</summary>
    public int Generated => generators.GetTypes().Count(type => type.Name.Split('`')[0].EndsWith("__Frame", StringComparison.Ordinal));

    /// <summary>How many coroutines there are.</summary>
    public int Coroutines => reference::Coroutines.Differential.ReferenceWatch.Coroutines(compilers).Count();

    /// <summary>Runs a program to its end, and cancelled in each of its first turns, on both lowerings.</summary>
    /// <returns>The first difference, or null.</returns>
    public Difference? Compare(RandomProgram program)
    {
        int turns = 0;
        foreach (var cancellation in Cancellations())
        {
            if (cancellation.Turn > turns + 1)
                break;
            var expected = Trace(compilers, program, cancellation);
            var actual = Trace(generators, program, cancellation);
            if (!expected.SequenceEqual(actual))
                return new Difference(cancellation.ToString(), expected, actual);
            if (cancellation.Turn == 0)
                turns = int.Parse(expected[^1].Split('@', ' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        }

        return null;
    }

    public IReadOnlyList<string> ReferenceTrace(RandomProgram program) => Trace(compilers, program, default);

    private static IEnumerable<reference::Coroutines.Differential.Cancellation> Cancellations()
    {
        yield return default;
        for (int turn = 1; turn <= MostCancelledTurns; turn++)
        {
            yield return new(turn, Inside: false);
            yield return new(turn, Inside: true);
        }
    }

    private static IReadOnlyList<string> Trace(Assembly assembly, RandomProgram program, reference::Coroutines.Differential.Cancellation cancellation)
    {
        var method = assembly.GetType($"Programs.{program.Name}")!.GetMethod("M0")!;
        return reference::Coroutines.Differential.Run.ToEnd(trace => reference::Coroutines.Differential.Root.Create(method, trace), cancellation);
    }
}

/// <summary>Where the traces of the two lowerings part.</summary>
internal sealed record Difference(string When, IReadOnlyList<string> Expected, IReadOnlyList<string> Actual)
{
    public override string ToString()
    {
        int same = Expected.Zip(Actual).TakeWhile(pair => pair.First == pair.Second).Count();
        string Rest(IReadOnlyList<string> trace) => string.Join("\n    ", trace.Skip(same).Take(6));
        return $"{When}; after {same} equal lines (the last is \"{(same == 0 ? "" : Expected[same - 1])}\")\n  compiler's:\n    {Rest(Expected)}\n  generated:\n    {Rest(Actual)}";
    }
}
