using System.Globalization;

namespace Coroutines.Tests;

/// <summary>What happened, in order. Tests compare the whole of it.</summary>
internal sealed class Trace
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string line) => _lines.Add(line);

    /// <summary>Adds a line that begins with the loop's time in seconds.</summary>
    public void AddAt(EventLoop loop, string line) =>
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"t={loop.Now.TotalSeconds:0.###} {line}"));

    public void AssertIs(params string[] expected) => Assert.Equal(expected, _lines);
}
