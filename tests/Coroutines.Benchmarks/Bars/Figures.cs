using System.Globalization;

namespace Coroutines.Benchmarks.Bars;

/// <summary>The lines that the quick runner and the peers' script print, by case and contender.</summary>
internal sealed class Figures
{
    private readonly Dictionary<(string Case, string Contender), (double Nanoseconds, double Bytes)> _figures = [];

    public static Figures Read(TextReader lines)
    {
        var figures = new Figures();
        while (lines.ReadLine() is { } line)
        {
            if (line.Split('\t') is [var name, var contender, var nanoseconds, var bytes])
                figures._figures[(name, contender)] = (Number(nanoseconds), Number(bytes));
        }

        return figures;
    }

    public double? Nanoseconds(string @case, string contender) =>
        _figures.TryGetValue((@case, contender), out var figure) ? figure.Nanoseconds : null;

    public double? Bytes(string @case, string contender) =>
        _figures.TryGetValue((@case, contender), out var figure) ? figure.Bytes : null;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
