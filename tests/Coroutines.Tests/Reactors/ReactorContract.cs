using System.Diagnostics;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Coroutines.Tests.Reactors;

/// <summary>What every backend must do. Loopback sockets and pipes deliver within the sending call, so nothing here depends on time.</summary>
public abstract class ReactorContract : IDisposable
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

    [Fact]
    public void A_waiter_is_woken_when_data_arrives()
    {
        using var pair = LoopbackPair.Connect();
        var reader = WaitFor(pair.Near.SafeHandle, ReadinessKind.Read);
        _reactor.Poll(0);
        Assert.True(reader.IsWaiting);
        pair.Far.Send([1]);
        PollUntilSignalled(reader);
        Assert.False(_reactor.HasInterest);
    }

    [Fact]
    public void The_first_wait_sees_data_that_was_there_before()
    {
        using var pair = LoopbackPair.Connect();
        pair.Far.Send([1]);
        PollUntilSignalled(WaitFor(pair.Near.SafeHandle, ReadinessKind.Read));
    }

    [Fact]
    public void A_later_wait_sees_an_edge_that_came_after_the_call_that_would_block()
    {
        using var pair = LoopbackPair.Connect();
        PollUntilSignalled(WaitFor(pair.Near.SafeHandle, ReadinessKind.Write));
        for (int i = 0; i < 100; i++)
        {
            // The call that would block is here; then the data comes, then the wait, then the poll.
            pair.Far.Send([1]);
            PollUntilSignalled(WaitFor(pair.Near.SafeHandle, ReadinessKind.Read));
            Assert.Equal(1, pair.Near.Receive(new byte[10]));
        }
    }

    [Fact]
    public void What_happens_while_nobody_waits_is_dropped()
    {
        using var pair = LoopbackPair.Connect();
        PollUntilSignalled(WaitFor(pair.Near.SafeHandle, ReadinessKind.Write));
        pair.Far.Send([1]);
        _reactor.Poll(0);
        var reader = WaitFor(pair.Near.SafeHandle, ReadinessKind.Read);
        _reactor.Poll(0);
        Assert.True(reader.IsWaiting);
    }

    [Fact]
    public void Reader_and_writer_wait_apart()
    {
        using var pair = LoopbackPair.Connect(s => { s.SendBufferSize = 4096; s.ReceiveBufferSize = 4096; });
        LoopbackPair.Fill(pair.Near);
        var reader = WaitFor(pair.Near.SafeHandle, ReadinessKind.Read);
        var writer = WaitFor(pair.Near.SafeHandle, ReadinessKind.Write);
        _reactor.Poll(0);
        Assert.True(reader.IsWaiting);
        Assert.True(writer.IsWaiting);

        pair.Far.Send([1]);
        PollUntilSignalled(reader);
        Assert.True(writer.IsWaiting);

        Drain(pair.Far, until: writer);
        Assert.False(_reactor.HasInterest);
    }

    [Fact]
    public void A_second_waiter_for_the_same_direction_is_refused_and_the_first_undisturbed()
    {
        using var pair = LoopbackPair.Connect();
        var first = WaitFor(pair.Near.SafeHandle, ReadinessKind.Read);
        var refusal = Assert.Throws<InvalidOperationException>(() => WaitFor(pair.Near.SafeHandle, ReadinessKind.Read));
        Assert.Contains("already receiving or accepting", refusal.Message);
        pair.Far.Send([1]);
        PollUntilSignalled(first);
    }

    [Fact]
    public void A_claim_alone_registers_no_interest()
    {
        using var pair = LoopbackPair.Connect();
        _reactor.Claim(pair.Near.SafeHandle, ReadinessKind.Read);
        Assert.False(_reactor.HasInterest);
    }

    [Fact]
    public void An_abandoned_waiter_leaves_nothing_and_the_next_one_is_woken()
    {
        using var pair = LoopbackPair.Connect();
        var cancelled = WaitFor(pair.Near.SafeHandle, ReadinessKind.Read);
        Assert.True(_reactor.HasInterest);
        cancelled.Cancel();
        Assert.False(_reactor.HasInterest);
        var next = WaitFor(pair.Near.SafeHandle, ReadinessKind.Read);
        pair.Far.Send([1]);
        PollUntilSignalled(next);
        Assert.False(cancelled.WasSignalled);
    }

    [Fact]
    public void The_end_of_the_stream_wakes_the_reader_only()
    {
        using var pair = LoopbackPair.Connect(s => { s.SendBufferSize = 4096; s.ReceiveBufferSize = 4096; });
        LoopbackPair.Fill(pair.Near);
        var reader = WaitFor(pair.Near.SafeHandle, ReadinessKind.Read);
        var writer = WaitFor(pair.Near.SafeHandle, ReadinessKind.Write);
        pair.Far.Shutdown(SocketShutdown.Send);
        PollUntilSignalled(reader);
        Assert.True(writer.IsWaiting);
    }

    [Fact]
    public void A_reset_wakes_both_directions()
    {
        using var pair = LoopbackPair.Connect(s => { s.SendBufferSize = 4096; s.ReceiveBufferSize = 4096; });
        LoopbackPair.Fill(pair.Near);
        var reader = WaitFor(pair.Near.SafeHandle, ReadinessKind.Read);
        var writer = WaitFor(pair.Near.SafeHandle, ReadinessKind.Write);
        LoopbackPair.Reset(pair.Far);
        PollUntilSignalled(reader);
        PollUntilSignalled(writer);
    }

    [Fact]
    public void The_writer_of_a_full_pipe_is_woken_when_the_other_end_closes()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        pipe.Write(new byte[65536]);
        var writer = WaitFor(pipe.SafePipeHandle, ReadinessKind.Write);
        _reactor.Poll(0);
        Assert.True(writer.IsWaiting);
        pipe.ClientSafePipeHandle.Dispose();
        PollUntilSignalled(writer);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public void Closing_a_handle_wakes_its_waiters_even_in_a_poll_without_end(int watched)
    {
        var pairs = Enumerable.Range(0, watched).Select(_ => LoopbackPair.Connect()).ToArray();
        var readers = pairs.Select(p => WaitFor(p.Near.SafeHandle, ReadinessKind.Read)).ToArray();
        _reactor.Poll(0);
        foreach (int closed in new[] { watched - 1, watched / 2, 0 }.Distinct())
        {
            pairs[closed].Near.Dispose();
            while (!readers[closed].WasSignalled)
                _reactor.Poll(-1);
        }

        Assert.Equal(Math.Max(0, watched - 3), readers.Count(r => r.IsWaiting));
        foreach (var pair in pairs)
            pair.Dispose();
    }

    [Fact]
    public void Closing_a_handle_wakes_the_writer_too()
    {
        using var pair = LoopbackPair.Connect(s => { s.SendBufferSize = 4096; s.ReceiveBufferSize = 4096; });
        LoopbackPair.Fill(pair.Near);
        var writer = WaitFor(pair.Near.SafeHandle, ReadinessKind.Write);
        var reader = WaitFor(pair.Near.SafeHandle, ReadinessKind.Read);
        pair.Near.Dispose();
        PollUntilSignalled(writer);
        PollUntilSignalled(reader);
        Assert.False(_reactor.HasInterest);
    }

    [Fact]
    public void A_number_reused_by_another_handle_wakes_the_old_waiter_and_serves_the_new_one()
    {
        using var first = LoopbackPair.Connect();
        nint number = first.Near.Handle;
        var old = WaitFor(first.Near.SafeHandle, ReadinessKind.Read);
        _reactor.Poll(0);
        first.Near.Dispose();

        // The kernel hands out the lowest free number; other tests in this process may be faster.
        var others = new List<Socket>();
        Socket reused;
        do
            others.Add(reused = LoopbackPair.NewSocket());
        while (reused.Handle != number && others.Count < 1000);
        if (reused.Handle == number)
        {
            using var listener = LoopbackPair.Listen();
            reused.Connect(listener.LocalEndPoint!);
            using var far = listener.Accept();
            var fresh = WaitFor(reused.SafeHandle, ReadinessKind.Read);
            Assert.True(old.WasSignalled);
            Assert.True(fresh.IsWaiting);
            far.Send([1]);
            PollUntilSignalled(fresh);
        }

        others.ForEach(s => s.Dispose());
    }

    [Fact]
    public void A_closed_handle_is_refused()
    {
        var pair = LoopbackPair.Connect();
        var handle = pair.Near.SafeHandle;
        pair.Dispose();
        Assert.Throws<ObjectDisposedException>(() => WaitFor(handle, ReadinessKind.Read));
        Assert.Throws<ObjectDisposedException>(() => _reactor.SetCallback(handle, ReadinessKind.Read, Callback(() => { })));
        Assert.False(_reactor.SetCallback(handle, ReadinessKind.Read, null));
    }

    [Fact]
    public void A_regular_file_is_refused()
    {
        using var file = File.OpenHandle(typeof(ReactorContract).Assembly.Location);
        Assert.Throws<NotSupportedException>(() => WaitFor(file, ReadinessKind.Read));
        Assert.False(_reactor.HasInterest);
    }

    [Fact]
    public void A_callback_is_queued_by_every_poll_while_there_is_data()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using var end = new AnonymousPipeClientStream(PipeDirection.Out, pipe.ClientSafePipeHandle);
        var trace = new List<string>();
        Assert.False(_reactor.SetCallback(pipe.SafePipeHandle, ReadinessKind.Read, Callback(() => trace.Add("read"))));
        Turn();
        trace.Add("write 2");
        end.Write([1, 2]);
        Turn();
        Turn();
        trace.Add("take " + pipe.ReadByte());
        Turn();
        trace.Add("take " + pipe.ReadByte());
        Turn();
        Assert.True(_reactor.SetCallback(pipe.SafePipeHandle, ReadinessKind.Read, null));
        Assert.False(_reactor.HasInterest);
        trace.Add("removed");
        end.WriteByte(3);
        Turn();
        Assert.Equal(["write 2", "read", "read", "take 1", "read", "take 2", "removed"], trace);
    }

    [Fact]
    public void A_callback_removed_after_it_was_queued_is_not_called()
    {
        using var pair = LoopbackPair.Connect();
        bool called = false;
        _reactor.SetCallback(pair.Near.SafeHandle, ReadinessKind.Write, Callback(() => called = true));
        _reactor.Poll(TwoSeconds);
        Assert.True(_reactor.SetCallback(pair.Near.SafeHandle, ReadinessKind.Write, null));
        RunQueued();
        Assert.False(called);
    }

    [Fact]
    public void A_callback_is_replaced_and_both_directions_have_their_own()
    {
        using var pair = LoopbackPair.Connect();
        var trace = new List<string>();
        var handle = pair.Near.SafeHandle;
        _reactor.SetCallback(handle, ReadinessKind.Write, Callback(() => trace.Add("first writer")));
        Assert.True(_reactor.SetCallback(handle, ReadinessKind.Write, Callback(() => trace.Add("writer"))));
        Assert.False(_reactor.SetCallback(handle, ReadinessKind.Read, Callback(() => trace.Add("reader"))));
        Turn();
        pair.Far.Send([1]);
        Turn();
        Assert.True(_reactor.SetCallback(handle, ReadinessKind.Write, null));
        Turn();
        Assert.Equal(["writer", "reader", "writer", "reader"], trace);
    }

    [Fact]
    public void The_callback_of_a_closed_handle_is_dropped()
    {
        var pair = LoopbackPair.Connect();
        _reactor.SetCallback(pair.Near.SafeHandle, ReadinessKind.Write, Callback(() => Assert.Fail("called")));
        pair.Dispose();
        _reactor.Poll(0);
        Assert.False(_reactor.HasInterest);
        RunQueued();
    }

    [Fact]
    public void Waits_and_callbacks_do_not_mix()
    {
        using var pair = LoopbackPair.Connect();
        var handle = pair.Near.SafeHandle;
        var reader = WaitFor(handle, ReadinessKind.Read);
        Assert.Throws<InvalidOperationException>(() => _reactor.SetCallback(handle, ReadinessKind.Write, Callback(() => { })));
        reader.Cancel();
        _reactor.SetCallback(handle, ReadinessKind.Write, Callback(() => { }));
        Assert.Throws<InvalidOperationException>(() => WaitFor(handle, ReadinessKind.Read));
        _reactor.SetCallback(handle, ReadinessKind.Write, null);
        pair.Far.Send([1]);
        PollUntilSignalled(WaitFor(handle, ReadinessKind.Read));
    }

    [Fact]
    public void A_wake_ends_a_poll_on_another_thread_and_is_not_lost_before_one()
    {
        var waker = new Thread(_reactor.Wake);
        waker.Start();
        _reactor.Poll(-1);
        waker.Join();

        _reactor.Wake();
        _reactor.Wake();
        _reactor.Poll(-1);
    }

    [Fact]
    public void Wakes_before_a_poll_are_one()
    {
        _reactor.Wake();
        _reactor.Wake();
        _reactor.Poll(-1);
        long before = Stopwatch.GetTimestamp();
        _reactor.Poll(20 * TimeSpan.TicksPerMillisecond);
        Assert.True(Stopwatch.GetElapsedTime(before).Ticks >= 20 * TimeSpan.TicksPerMillisecond, "the second wake was reported twice");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9_999)]
    [InlineData(123_457)]
    public void A_poll_never_ends_before_its_timeout(long ticks)
    {
        long before = Stopwatch.GetTimestamp();
        _reactor.Poll(ticks);
        Assert.True(Stopwatch.GetElapsedTime(before).Ticks >= ticks);
    }

    [Fact]
    public void Waking_a_disposed_reactor_does_nothing()
    {
        _reactor.Dispose();
        _reactor.Wake();
        _reactor.Dispose();
    }

    [Fact]
    public void A_handle_nobody_waits_for_is_not_kept_alive()
    {
        var handle = WaitAndForget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.False(handle.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference WaitAndForget()
    {
        var pair = LoopbackPair.Connect();
        WaitFor(pair.Near.SafeHandle, ReadinessKind.Read).Cancel();
        return new WeakReference(pair.Near.SafeHandle);
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
