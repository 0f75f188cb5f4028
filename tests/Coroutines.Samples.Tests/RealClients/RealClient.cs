using System.Diagnostics;

namespace Coroutines.Samples.Tests.RealClients;

/// <summary>A program somebody else wrote, run against a server of ours.</summary>
internal static class RealClient
{
    public static bool IsInstalled(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>What the program writes, given <paramref name="input"/>, once it has ended. Ordinary async code: its output is read by threads, while the loop serves it.</summary>
    public static Task<string> Run(string program, string[] arguments, string? input = null) => Task.Run(async () =>
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}{await output}");
        return await output;
    });
}

/// <summary>A test that needs a program of the system.</summary>
public sealed class RealClientFactAttribute : FactAttribute
{
    public RealClientFactAttribute(string program)
    {
        if (!RealClient.IsInstalled(program))
            Skip = $"{program} is not installed";
    }
}
