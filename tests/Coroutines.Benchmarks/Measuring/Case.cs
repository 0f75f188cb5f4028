namespace Coroutines.Benchmarks.Measuring;

/// <summary>One way to do the work of a case. <paramref name="Round"/> does the given number of operations.</summary>
public sealed record Contender(string Name, Func<int, Sample> Round)
{
    public Contender(string name, Action<int> round)
        : this(name, operations => Meter.Of(round, operations))
    {
    }
}

/// <summary>
/// One line group of the output. <paramref name="Operations"/> is the size of a round: large enough that the clock's
/// resolution and what a round sets up do not show, small enough that a round fits between two disturbances of a busy machine. Many
/// short rounds therefore say more than few long ones.
/// </summary>
public sealed record Case(string Name, int Operations, int Rounds, params Contender[] Contenders);

/// <summary>Live bytes per suspended coroutine; there is no time in it, so it is measured once and not in rounds.</summary>
public sealed record LiveCase(string Name, int Count, params LiveContender[] Contenders);

public sealed record LiveContender(string Name, Func<int, double> BytesEach);
