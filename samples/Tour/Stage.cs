using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tour;

/// <summary>Where scenes are shown: lines of text, checked claims, costs. Remembers whether a claim failed.</summary>
internal sealed class Stage
{
    private const int Width = 78;
    private const string Bold = "1";
    private const string Dim = "2";
    private const string Red = "31";
    private const string Green = "32";

    // https://no-color.org: any value that is not empty means no colour.
    private readonly bool _hasColour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && !Console.IsOutputRedirected
        && Environment.GetEnvironmentVariable("TERM") is { } terminal and not "dumb";

    private readonly long _opened = Stopwatch.GetTimestamp();
    private readonly List<string> _failures = [];
    private string _scene = "";
    private long _sceneBegan;
    private TimeSpan _lineBegan = TimeSpan.MinValue;

    public void Open()
    {
        Console.WriteLine(Paint(Bold, "Coroutines, a tour"));
        Console.WriteLine(Paint(Dim, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} processors"));
    }

    public void Present(int number, Scene scene)
    {
        string heading = $"── {number}. {scene.Title} ";
        Console.WriteLine();
        Console.WriteLine(Paint(Bold, heading) + Paint(Dim, new string('─', Math.Max(0, Width - heading.Length - scene.Name.Length - 1)) + " " + scene.Name));
        _scene = scene.Name;
        _sceneBegan = Stopwatch.GetTimestamp();
        _lineBegan = TimeSpan.MinValue;
        try
        {
            scene.Play(this);
        }
        catch (Exception exception)
        {
            Check(false, exception.ToString());
        }
    }

    /// <summary>Says how it went, and returns the exit code of the process.</summary>
    public int Close()
    {
        string length = $"{Stopwatch.GetElapsedTime(_opened).TotalSeconds:F1} s";
        Console.WriteLine();
        Console.WriteLine(_failures.Count == 0
            ? Paint(Green, $"Everything that was claimed was checked and holds. {length}.")
            : Paint(Red, $"Failed: {string.Join("; ", _failures)}. {length}."));
        return _failures.Count == 0 ? 0 : 1;
    }

    public void Tell(string text)
    {
        EndMoment();
        Console.WriteLine("   " + text);
    }

    /// <summary>Shows that something happens now. What happens at the same moment stands on the same line, behind the time since the scene began.</summary>
    public void Happens(string what)
    {
        var now = Stopwatch.GetElapsedTime(_sceneBegan);
        if (_lineBegan == TimeSpan.MinValue || now - _lineBegan > TimeSpan.FromSeconds(0.5))
        {
            EndMoment();
            _lineBegan = now;
            Console.Write(Paint(Dim, $"   {now.TotalSeconds,4:F1} s"));
        }

        Console.Write("  " + what);
    }

    /// <summary>States a claim and whether it holds. One that does not makes the tour fail.</summary>
    public void Check(bool holds, string claim)
    {
        EndMoment();
        Console.WriteLine($"   {(holds ? Paint(Green, "✓") : Paint(Red, "✗"))} {claim}");
        if (!holds)
            _failures.Add(_scene);
    }

    public void Show(Cost cost) =>
        Tell(Paint(Dim, $"cost: {cost.Wall.TotalSeconds:N2} s on the clock, {cost.Cpu.TotalMilliseconds:N0} ms of CPU, {cost.Bytes:N0} bytes allocated"));

    private void EndMoment()
    {
        if (_lineBegan != TimeSpan.MinValue)
            Console.WriteLine();
        _lineBegan = TimeSpan.MinValue;
    }

    private string Paint(string style, string text) => _hasColour ? $"\e[{style}m{text}\e[0m" : text;
}
