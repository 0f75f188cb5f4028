using System.Diagnostics;
using System.Globalization;

namespace Coroutines.Benchmarks.Measuring;

/// <summary>
/// The comparison runner. All contenders of a case run in this process and interleaved (A B C A B C ...), so that a
/// disturbance of the machine, a change of its clock rate or the state of the heap meets all of them; of each, the best round
/// counts, since noise only ever adds. Standard output carries the figures and nothing else.
/// </summary>
public static class QuickRunner
{
    // Tiered compilation replaces a method after 30 calls, in the background, once no new method was met for 100 ms. A method
    // with a long loop that is called once is replaced on the stack, which is not the code a long-running program ends up
    // with: hence first many short rounds, then full ones until the compiler had time to finish.
    private const int ShortRounds = 50;
    private const int ShortRoundFraction = 500;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_compilerPause = TimeSpan.FromMilliseconds(150);

    public static void Run(string prefix, TextWriter output)
    {
        foreach (Case @case in CaseTable.Timed.Where(c => c.Name.StartsWith(prefix, StringComparison.Ordinal)))
            Measure(@case, output);

        foreach (LiveCase @case in CaseTable.Live.Where(c => c.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            foreach (LiveContender contender in @case.Contenders)
                Print(output, @case.Name, contender.Name, nanoseconds: 0, LiveProcess.Measure(@case, contender));
        }
    }

    private static void Measure(Case @case, TextWriter output)
    {
        WarmUp(@case);

        var best = new (double Nanoseconds, double Bytes)[@case.Contenders.Length];
        Array.Fill(best, (double.MaxValue, double.MaxValue));
        for (int round = 0; round < @case.Rounds; round++)
        {
            for (int i = 0; i < best.Length; i++)
            {
                // Garbage of the contender before must not be collected on the time of this one.
                GC.Collect();
                GC.WaitForPendingFinalizers();
                Sample sample = @case.Contenders[i].Round(@case.Operations);
                best[i] = (
                    Math.Min(best[i].Nanoseconds, sample.Time.TotalNanoseconds / @case.Operations),
                    Math.Min(best[i].Bytes, (double)sample.Bytes / @case.Operations));
            }
        }

        for (int i = 0; i < best.Length; i++)
            Print(output, @case.Name, @case.Contenders[i].Name, best[i].Nanoseconds, best[i].Bytes);
    }

    private static void WarmUp(Case @case)
    {
        int shortRound = Math.Max(1, @case.Operations / ShortRoundFraction);
        foreach (Contender contender in @case.Contenders)
        {
            for (int i = 0; i < ShortRounds; i++)
                contender.Round(shortRound);
        }

        Thread.Sleep(s_compilerPause);
        foreach (Contender contender in @case.Contenders)
        {
            long startedAt = Stopwatch.GetTimestamp();
            do
                contender.Round(@case.Operations);
            while (Stopwatch.GetElapsedTime(startedAt) < s_warmUp);
        }

        Thread.Sleep(s_compilerPause);
    }

    private static void Print(TextWriter output, string name, string contender, double nanoseconds, double bytes)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{contender}\t{nanoseconds:F2}\t{bytes:F2}"));
        output.Flush();
    }
}
