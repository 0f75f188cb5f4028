using System.Diagnostics;

namespace Coroutines.Tests.Stress;

/// <summary>This assembly run as a program, with a limit of open files, on the other end of two pipes.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    public ChildProcess(string name, ReactorKind reactor, string argument = "", int openFiles = 20_000)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string part in new[] { "-c", "ulimit -n $1; shift; exec \"$@\"", "sh", openFiles.ToString(), Environment.ProcessPath!, "exec", typeof(ChildProcess).Assembly.Location, name, reactor.ToString(), argument })
            start.ArgumentList.Add(part);
        // The runtime's debugging pipe holds a descriptor that cannot be seen.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _process = Process.Start(start)!;
    }

    /// <summary>How many descriptors it has open.</summary>
    public int OpenFiles => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    public string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new EndOfStreamException("The process has ended.");

    public string Ask(string question)
    {
        _process.StandardInput.WriteLine(question);
        _process.StandardInput.Flush();
        return ReadLine();
    }

    /// <summary>What it wrote until it ended, and with which code.</summary>
    public (string Output, int ExitCode) End()
    {
        _process.StandardInput.Close();
        string output = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return (output, _process.ExitCode);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
