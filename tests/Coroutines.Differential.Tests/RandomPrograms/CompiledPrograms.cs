extern alias reference;

using System.Reflection;

namespace Coroutines.Differential.RandomPrograms;

/// <summary>Programs in both lowerings.</summary>
internal sealed class CompiledPrograms(Assembly compilers, Assembly generators)
{
    private const int MostCancelledTurns = 6;

    // Where turns differ, no limit of turns ends both lowerings in the same place; a limit of lines does, and is met long before.
    private const int MostTurnsOfStreams = 20_000;

    /// <summary>How many coroutines have a generated frame.</summary>
    public int Generated => generators.GetTypes().Count(type => type.Name.Split('`')[0].EndsWith("__Frame", StringComparison.Ordinal));

    /// <summary>How many coroutines there are.</summary>
    public int Coroutines => reference::Coroutines.Differential.ReferenceWatch.Coroutines(compilers).Count();

    /// <summary>How many coroutines of a program, local functions too, have generated frames. If they have, those frames are what runs.</summary>
    public int FramesOf(string program) => Types(TypeOf(generators, program)).Count(type => type.Name.Split('`')[0].EndsWith("__Frame", StringComparison.Ordinal));

    /// <summary>Runs a program to its end, and cancelled in each of its first turns, on both lowerings.</summary>
    /// <returns>The first difference, or null.</returns>
    public Difference? Compare(string program)
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

    /// <summary>Runs a program to its end on both lowerings, and compares what happens, in which order and at which time, but not in which turn.</summary>
    private Difference? CompareWithoutTurns(string program)
    {
        IReadOnlyList<string> expected = WithoutTurns(Trace(compilers, program, default, MostTurnsOfStreams)), actual = WithoutTurns(Trace(generators, program, default, MostTurnsOfStreams));
        return expected.SequenceEqual(actual) ? null : new Difference("without turns", expected, actual);
    }

    /// <summary>Runs a program whose prelude can fail at the operand of that number, on both lowerings.</summary>
    public Difference? CompareWithFault(string program, int fault)
    {
        var expected = Faulty(compilers, program, fault);
        var actual = Faulty(generators, program, fault);
        return expected.SequenceEqual(actual) ? null : new Difference($"fault {fault}", expected, actual);
    }

    /// <summary>How many operands suspend when the program runs to its end.</summary>
    public int CountPoints(string program)
    {
        Faulty(generators, program, 0);
        return (int)Counter(generators, "Points").GetValue(null)!;
    }

    public Difference? Compare(RandomProgram program) => program.HasStreams ? CompareWithoutTurns(program.Name) : Compare(program.Name);

    public IReadOnlyList<string> ReferenceTrace(RandomProgram program) => Trace(compilers, program.Name, default);

    private static IEnumerable<reference::Coroutines.Differential.Cancellation> Cancellations()
    {
        yield return default;
        for (int turn = 1; turn <= MostCancelledTurns; turn++)
        {
            yield return new(turn, Inside: false);
            yield return new(turn, Inside: true);
        }
    }

    // A callback has its turn whatever the root does meanwhile, so it says nothing where turns differ.
    private static List<string> WithoutTurns(IEnumerable<string> trace) =>
        [.. trace.Where(line => !line.Contains(" beside: ", StringComparison.Ordinal)).Select(line => line[line.IndexOfAny(['@', ' '])..])];

    private static IReadOnlyList<string> Faulty(Assembly assembly, string program, int fault)
    {
        Counter(assembly, "Points").SetValue(null, 0);
        Counter(assembly, "Fault").SetValue(null, fault);
        var trace = Trace(assembly, program, default);
        Counter(assembly, "Fault").SetValue(null, 0);
        return trace;
    }

    private static FieldInfo Counter(Assembly assembly, string name) => assembly.GetType("Programs.P")!.GetField(name)!;

    private static IEnumerable<Type> Types(Type type) => type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).SelectMany(Types).Prepend(type);

    private static Type TypeOf(Assembly assembly, string program) => assembly.GetType($"Programs.{program}")!;

    private static IReadOnlyList<string> Trace(
        Assembly assembly, string program, reference::Coroutines.Differential.Cancellation cancellation, int mostTurns = reference::Coroutines.Differential.Run.MostTurns)
    {
        var method = TypeOf(assembly, program).GetMethod("M0")!;
        return reference::Coroutines.Differential.Run.ToEnd(trace => reference::Coroutines.Differential.Root.Create(method, trace), cancellation, watch: null, mostTurns);
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
