using System.Net.Sockets;

namespace Coroutines.Tests.Streams;

/// <summary>What closing a stream tells, and what is left of it.</summary>
public abstract partial class ClosingTests(ReactorKind reactor)
{
    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_written_and_could_not_be_sent_is_told_by_disposing_whether_or_not_the_turn_has_ended(bool endsTurn) => EventLoop.Run(Lost(endsTurn), _options);

    [Fact]
    public void A_failure_is_told_by_disposing_only_if_nobody_was_told_before() => EventLoop.Run(LostAndTold(), _options);

    [Fact]
    public void A_second_disposing_does_not_cut_off_what_the_first_one_sends() => EventLoop.Run(DisposedTwice(), _options);

    [Fact]
    public void Nothing_is_buffered_in_a_closed_stream() => EventLoop.Run(BufferedWhenClosed(), _options);

    [Fact]
    public void Room_that_was_not_given_or_is_no_more_is_not_filled() => EventLoop.Run(Room(), _options);

    [Coroutine]
    private static async Coroutine Lost(bool endsTurn)
    {
        await using var pair = await StreamPair.Connect();
        Reset(pair.Far);
        await pair.Near.Write("lost"u8.ToArray());
        if (endsTurn)
            await Coroutine.Yield();
        await ReadingTests.Refused<SocketException>(pair.Near.DisposeAsync());
        Assert.True(pair.Near.Socket.SafeHandle.IsClosed);
        await pair.Near.DisposeAsync();
    }

    [Coroutine]
    private static async Coroutine LostAndTold()
    {
        await using var pair = await StreamPair.Connect();
        Reset(pair.Far);
        await pair.Near.Write("lost"u8.ToArray());
        await ReadingTests.Refused<SocketException>(pair.Near.Flush());
        await pair.Near.DisposeAsync();
    }

    [Coroutine]
    private static async Coroutine DisposedTwice()
    {
        await using var pair = await StreamPair.Connect(Transport.Unix);
        pair.LimitBuffers();
        await pair.Near.Write("first "u8.ToArray());
        System.Buffers.BuffersExtensions.Write(pair.Near.Output, new byte[1_000_000]);
        var disposing = EventLoop.Current.Spawn(pair.Near.DisposeAsync());
        await Coroutine.UntilIdle();
        Assert.False(await CancelScope.Run(scope => DisposeCancelled(pair.Near, scope)));
        int received = 0;
        for (byte[] buffer = new byte[100_000]; await pair.Far.Read(buffer) is > 0 and var count; received += count)
        {
        }

        await disposing;
        Assert.Equal(1_000_006, received);
    }

    [Coroutine]
    private static async Coroutine DisposeCancelled(SocketStream stream, CancelScope scope)
    {
        scope.Cancel();
        await stream.DisposeAsync();
        await Coroutine.Checkpoint();
    }

    [Coroutine]
    private static async Coroutine BufferedWhenClosed()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Far.Write("line\nmore"u8.ToArray());
        await pair.Near.ReadUntil((byte)'\n');
        pair.Near.Abort();
        Assert.Equal(0, pair.Near.Buffered.Length);
        Assert.Equal(0, pair.Near.BufferedMemory.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Near.Consume(1));
    }

    [Coroutine]
    private static async Coroutine Room()
    {
        await using var pair = await StreamPair.Connect();
        var output = pair.Near.Output;
        output.Advance(0);
        Assert.Throws<InvalidOperationException>(() => output.Advance(1));
        int length = output.GetMemory().Length;
        Assert.Throws<InvalidOperationException>(() => output.Advance(length + 1));
        output.GetSpan()[0] = (byte)'a';
        output.GetSpan(2)[0] = (byte)'b';
        output.Advance(1);
        output.Advance(1);
        // Behind what is written meanwhile there is other room.
        output.GetSpan();
        await pair.Near.Write("c"u8.ToArray());
        Assert.Throws<InvalidOperationException>(() => output.Advance(1));
        await pair.Near.CompleteWrites();
        byte[] received = new byte[4];
        await pair.Far.ReadExactly(received.AsMemory(0, 3));
        Assert.Equal([(byte)'b', received[1], (byte)'c', 0], received);
        Assert.Equal(0, await pair.Far.Read(received));
    }

    private static void Reset(SocketStream stream)
    {
        stream.Socket.LingerState = new LingerOption(true, 0);
        stream.Abort();
    }
}

public sealed class EpollClosingTests() : ClosingTests(ReactorKind.Epoll);

public sealed class PortableClosingTests() : ClosingTests(ReactorKind.Portable);

public sealed class IoUringClosingTests() : ClosingTests(ReactorKind.IoUring);
