using System.IO.Pipes;

namespace Coroutines.Tests.Reactors;

// Callbacks: called by every poll that finds their descriptor ready, until they are removed.
public abstract partial class ReactorContract
{
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
}
