namespace Coroutines.Tests.Sockets;

/// <summary>The loop's socket operations over loopback, on one backend and in one of their two lowerings: transfers, connecting, cancelling and failures, each in a file of its own.</summary>
public abstract partial class SocketContract : IDisposable
{
    private readonly EventLoop _loop;
    private readonly SocketOperations _io;
    private readonly List<string> _trace = [];

    protected SocketContract(ReactorKind reactor = ReactorKind.Epoll)
    {
        _loop = new EventLoop(new EventLoopOptions { Reactor = reactor });
        _io = Lower(_loop);
    }

    protected abstract SocketOperations Lower(EventLoop loop);

    public void Dispose()
    {
        _loop.Dispose();
        GC.SuppressFinalize(this);
    }

    [Coroutine]
    private static async Coroutine<T> Await<T>(CoroutineTask<T> task) => await task;

    [Coroutine]
    private static async Coroutine Await(CoroutineTask task) => await task;

    private static byte[] Bytes(int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    // Turns that do not block: an operation that would wait is waiting afterwards.
    private void TurnUntilIdle()
    {
        for (int i = 0; i < 20; i++)
            _loop.RunOnce();
    }

    private void TurnUntil(Func<bool> condition)
    {
        for (int turns = 0; !condition(); turns++)
        {
            Assert.True(turns < 1_000_000, "It did not come to pass.");
            _loop.RunOnce(TimeSpan.FromSeconds(1));
        }
    }
}
