using System.Globalization;

namespace Coroutines.Benchmarks.Measuring;

/// <summary>
/// Live memory is measured in a process of its own: pools keep what earlier rounds returned to them, so in a process that has
/// run the case before, a million sleepers seem to cost nothing.
/// </summary>
internal static class LiveProcess
{
    public const string Argument = "live";

    public static double Measure(LiveCase @case, LiveContender contender) =>
        double.Parse(OwnProcess.Run([Argument, @case.Name, contender.Name]), CultureInfo.InvariantCulture);

    /// <summary>The other side: what the process started above runs.</summary>
    public static void Answer(string caseName, string contenderName)
    {
        LiveCase @case = CaseTable.Live.Single(c => c.Name == caseName);
        LiveContender contender = @case.Contenders.Single(c => c.Name == contenderName);
        Console.WriteLine(contender.BytesEach(@case.Count).ToString(CultureInfo.InvariantCulture));
    }
}
