using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Coroutines.Tests.Reactors;

/// <summary>What every backend must do: waits, closed handles, callbacks and polls, each in a file of its own. Loopback sockets and pipes deliver within the sending call, so nothing here depends on time.</summary>
public abstract partial class ReactorContract : IDisposable
{
    private const long TwoSeconds = 2 * TimeSpan.TicksPerSecond;

    private readonly EventLoop _loop = new();
    private readonly IReactor _reactor;

    protected ReactorContract() => _reactor = Create(_loop);

    internal IReactor Reactor => _reactor;

    internal abstract IReactor Create(EventLoop loop);

    public void Dispose()
    {
        _reactor.Dispose();
        _loop.Dispose();
        GC.SuppressFinalize(this);
    }

    private ProbeNode WaitFor(SafeHandle handle, ReadinessKind kind) => new ProbeNode().WaitFor(_reactor, handle, kind);

    private DescriptorCallback Callback(Action action) => new(_loop, static state => ((Action)state!)(), action);

    private void PollUntilSignalled(ProbeNode node)
    {
        // A poll may report something else first: the state at registration, for example.
        for (int polls = 0; !node.WasSignalled; polls++)
        {
            Assert.True(polls < 10, "not woken");
            _reactor.Poll(TwoSeconds);
        }
    }

    private void Drain(Socket socket, ProbeNode until)
    {
        var buffer = new byte[65536];
        while (!until.WasSignalled)
        {
            Assert.NotEqual(0, socket.Receive(buffer));
            _reactor.Poll(0);
        }
    }

    private void Turn()
    {
        _reactor.Poll(0);
        RunQueued();
    }

    private void RunQueued() => _loop.RunOnce();
}
