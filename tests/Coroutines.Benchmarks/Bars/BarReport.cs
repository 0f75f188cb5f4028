namespace Coroutines.Benchmarks.Bars;

/// <summary>Says of each bar what was wanted, what was seen and whether it is reached; a bar without figures is left out.</summary>
internal static class BarReport
{
    /// <returns>The number of bars not reached, for use as an exit code.</returns>
    public static int Print(Figures figures, TextWriter output)
    {
        int missed = 0;
        foreach (Bar bar in BarTable.All)
        {
            if (bar.Describe(figures) is not { } seen)
                continue;

            bool reached = bar.Reached(figures);
            missed += reached ? 0 : 1;
            output.WriteLine($"{(reached ? "ok " : "NOT")}\t{bar.Case,-18}\twanted {bar.Wanted,-34}\tseen {seen}");
        }

        return missed;
    }
}
