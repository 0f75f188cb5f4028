using System.IO.Pipes;
using System.Net.Sockets;

namespace Coroutines.Tests.Reactors;

// One-shot waits: who is woken by what, and who is not.
public abstract partial class ReactorContract
{
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
        // The next operation calls first.
        Assert.Equal(1, pair.Near.Receive(new byte[10]));
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

    [Fact]
    public void A_regular_file_is_refused()
    {
        using var file = File.OpenHandle(typeof(ReactorContract).Assembly.Location);
        Assert.Throws<NotSupportedException>(() => WaitFor(file, ReadinessKind.Read));
        Assert.False(_reactor.HasInterest);
    }
}
