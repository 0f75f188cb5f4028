using System.Globalization;
using Coroutines;

namespace Fetch;

/// <summary>A chemical element.</summary>
/// <param name="Number">How many protons.</param>
/// <param name="Symbol">For example Fe.</param>
/// <param name="Name">In English.</param>
/// <param name="Mass">The standard atomic weight, or the mass number of the most stable isotope.</param>
public sealed record Element(int Number, string Symbol, string Name, double Mass);

/// <summary>The data set the server ships: the periodic table, one document an element.</summary>
public static class Elements
{
    public static IReadOnlyList<Element> All { get; } = Read();

    [NonBlocking("the resource lies in memory with the assembly")]
    private static List<Element> Read()
    {
        using var lines = new StreamReader(typeof(Elements).Assembly.GetManifestResourceStream("elements.csv")!);
        var elements = new List<Element>();
        lines.ReadLine();
        while (lines.ReadLine()?.Split(',') is [var number, var symbol, var name, var mass])
            elements.Add(new Element(int.Parse(number, CultureInfo.InvariantCulture), symbol, name, double.Parse(mass, CultureInfo.InvariantCulture)));
        return elements;
    }
}
