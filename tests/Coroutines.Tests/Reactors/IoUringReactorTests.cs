using System.Runtime.CompilerServices;

namespace Coroutines.Tests.Reactors;

/// <summary>As with a kernel before 6.1: the ring is any thread's, and nothing is received ahead.</summary>
public sealed class IoUringOfOldKernelsReactorTests : ReactorContract
{
    internal override IReactor Create(EventLoop loop) =>
        new IoUringReactor(loop, Ring.TryCreate(Ring.DefaultEntries, out _, forOneThread: false)!, receiveBuffers: 0);
}

public sealed class IoUringReactorTests : ReactorContract
{
    internal override IReactor Create(EventLoop loop)
    {
        var reactor = ReactorSelection.Create(ReactorKind.IoUring, loop, out string? fallback);
        Assert.Null(fallback);
        return reactor;
    }

    [Fact]
    public void Structures_have_the_sizes_and_places_of_the_kernel()
    {
        Assert.Equal(64, Unsafe.SizeOf<RingSubmission>());
        Assert.Equal(16, Unsafe.SizeOf<RingCompletion>());
        Assert.Equal(120, Unsafe.SizeOf<RingParameters>());
        Assert.Equal(24, Unsafe.SizeOf<RingWait>());
        Assert.Equal(16, Unsafe.SizeOf<KernelTime>());
        Assert.Equal(16, Unsafe.SizeOf<OfferedBuffer>());
        Assert.Equal(40, Unsafe.SizeOf<BufferRingRegistration>());
    }

    [Fact]
    public void A_loop_says_which_reactor_it_has()
    {
        using var loop = new EventLoop(new EventLoopOptions { Reactor = ReactorKind.IoUring });
        Assert.Equal(ReactorKind.IoUring, loop.ReactorKind);
        Assert.Null(loop.ReactorFallback);
        using var other = new EventLoop();
        Assert.Equal(ReactorKind.Epoll, other.ReactorKind);
        Assert.Null(other.ReactorFallback);
    }

    [Fact]
    public void Where_the_kernel_refuses_it_is_epoll_and_says_why()
    {
        using var loop = new EventLoop();
        // No kernel gives a queue of no length.
        using var reactor = ReactorSelection.CreateIoUring(loop, entries: 0, out string? fallback);
        Assert.Equal(ReactorKind.Epoll, reactor.ReactorKind);
        Assert.Equal("io_uring is not used: io_uring_setup failed: Invalid argument (errno 22).", fallback);
    }

    [Fact]
    public void Polls_are_served_whatever_thread_the_loop_moves_to()
    {
        using var pair = LoopbackPair.Connect();
        var reader = new ProbeNode();
        // The thread that submitted the poll ends, and the kernel cancels what it had submitted.
        var thread = new Thread(() =>
        {
            reader.WaitFor(Reactor, pair.Near.SafeHandle, ReadinessKind.Read);
            Reactor.Poll(0);
        });
        thread.Start();
        thread.Join();
        Reactor.Poll(0);
        Assert.True(reader.IsWaiting);
        pair.Far.Send([1]);
        for (int polls = 0; reader.IsWaiting; polls++)
        {
            Assert.True(polls < 10, "not woken");
            Reactor.Poll(-1);
        }

        var waker = new Thread(Reactor.Wake);
        waker.Start();
        Reactor.Poll(-1);
        waker.Join();
    }

    [Fact]
    public void More_descriptors_than_the_queues_have_places_are_served()
    {
        var pairs = Enumerable.Range(0, 1_500).Select(_ => LoopbackPair.Connect()).ToArray();
        foreach (var pair in pairs)
        {
            pair.Far.Send([1]);
            pair.Near.Send([1]);
        }

        var readers = pairs.SelectMany(pair => new[] { pair.Near, pair.Far }).Select(socket => new ProbeNode().WaitFor(Reactor, socket.SafeHandle, ReadinessKind.Read)).ToArray();
        for (int polls = 0; readers.Any(reader => reader.IsWaiting); polls++)
        {
            Assert.True(polls < 10, "not woken");
            Reactor.Poll(-1);
        }

        foreach (var pair in pairs)
            pair.Dispose();
    }
}
