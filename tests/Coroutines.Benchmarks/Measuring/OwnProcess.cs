using System.Diagnostics;

namespace Coroutines.Benchmarks.Measuring;

/// <summary>This program once more, for what has to be measured in a process of its own.</summary>
internal static class OwnProcess
{
    /// <summary>Runs it to its end and returns what it wrote.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What its environment has beside ours.</param>
    public static string Run(IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        // Started by "dotnet", the program is its first argument.
        string path = Environment.ProcessPath!;
        bool isHosted = Path.GetFileNameWithoutExtension(path) == "dotnet";
        var start = new ProcessStartInfo(path, isHosted ? arguments.Prepend(typeof(OwnProcess).Assembly.Location) : arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}.");
    }
}
