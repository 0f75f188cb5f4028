using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Coroutines.Samples.Tests.RespServer;

/// <summary>A real server to compare with, where one is installed.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly Process _process;
    private readonly string _path;

    private RedisServer(Process process, string path)
    {
        _process = process;
        _path = path;
    }

    public EndPoint EndPoint => new UnixDomainSocketEndPoint(_path);

    public static RedisServer Start()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        var start = new ProcessStartInfo("redis-server", ["--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no"]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        // It says so when it listens; what it says later fits into the pipe.
        while (process.StandardOutput.ReadLine() is { } line && !line.Contains("eady to accept connections", StringComparison.Ordinal))
        {
        }

        return new RedisServer(process, path);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        // A server that is killed leaves it.
        File.Delete(_path);
    }
}
