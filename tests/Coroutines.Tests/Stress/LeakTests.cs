namespace Coroutines.Tests.Stress;

/// <summary>What connections take is given back, however they end.</summary>
public sealed class LeakTests
{
    [Theory]
    [InlineData(ReactorKind.Epoll, 100_000)]
    [InlineData(ReactorKind.IoUring, 20_000)]
    [InlineData(ReactorKind.Portable, 20_000)]
    public void Broken_connections_leave_no_descriptor_thread_task_or_buffer(ReactorKind reactor, int connections)
    {
        using var process = new ChildProcess(BrokenConnections.Name, reactor, connections.ToString());
        var (output, exitCode) = process.End();
        Assert.StartsWith("as before:", output);
        Assert.EndsWith(" 0 buffers", output.TrimEnd());
        Assert.Equal(0, exitCode);
    }
}
