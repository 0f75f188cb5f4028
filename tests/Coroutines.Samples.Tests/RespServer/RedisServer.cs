using System.Diagnostics;
using System.Net;

namespace Coroutines.Samples.Tests.RespServer;

/// <summary>A real server to compare with, where one is installed.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly Process _process;

    private RedisServer(Process process, EndPoint endPoint)
    {
        _process = process;
        EndPoint = endPoint;
    }

    public EndPoint EndPoint { get; }

    public static RedisServer Start()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        var start = new ProcessStartInfo("redis-server", ["--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no"]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        // It says so when it listens; what it says later fits into the pipe.
        while (process.StandardOutput.ReadLine() is { } line && !line.Contains("eady to accept connections", StringComparison.Ordinal))
        {
        }

        return new RedisServer(process, new System.Net.Sockets.UnixDomainSocketEndPoint(path));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
