using System.Buffers;
using System.Net.Sockets;

namespace Coroutines.Tests.Streams;

public abstract partial class WritingTests(ReactorKind reactor)
{
    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    [Fact]
    public void What_is_written_in_a_turn_leaves_when_it_ends() => EventLoop.Run(Coalesced(), _options);

    [Fact]
    public void A_flush_does_not_wait_for_the_turn() => EventLoop.Run(FlushedAtOnce(), _options);

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public void A_writer_waits_for_a_peer_that_is_slower_and_memory_stays_at_the_water_mark(Transport transport) => EventLoop.Run(SlowReader(transport), _options);

    [Fact]
    public void A_high_water_mark_alone_is_enough() => EventLoop.Run(HighMarkOnly(), _options);

    [Fact]
    public void A_cancelled_write_stops_waiting_and_what_was_written_is_sent() => EventLoop.Run(CancelledWrite(), _options);

    [Fact]
    public void Pieces_and_formatted_output_keep_their_order() => EventLoop.Run(InOrder(), _options);

    [Fact]
    public void A_reset_is_told_to_the_next_write_and_not_lost() => EventLoop.Run(Reset(), _options);

    [Fact]
    public void Disposing_sends_what_is_unsent() => EventLoop.Run(DisposedWithRest(), _options);

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public void What_the_peer_sent_and_nobody_read_does_not_cost_it_the_end(Transport transport) => EventLoop.Run(DisposedWithUnread(transport), _options);

    [Fact]
    public void A_peer_that_sends_for_ever_does_not_keep_a_closed_stream_open() => EventLoop.Run(Lingered(), _options);

    [Fact]
    public void Disposing_in_a_cancelled_scope_closes_at_once() => EventLoop.Run(DisposedInCancelledScope(), _options);

    [Fact]
    public void Aborting_ends_whoever_reads_or_writes() => EventLoop.Run(Aborted(), _options);

    [Fact]
    public void A_closed_stream_refuses_everything() => EventLoop.Run(Closed(), _options);

    [Fact]
    public void A_loop_that_ends_does_not_wait_for_a_peer_that_never_reads()
    {
        SocketStream? left = null;
        EventLoop.Run(Leave(), _options);
        left!.Abort();

        async Coroutine Leave()
        {
            var pair = await StreamPair.Connect();
            pair.LimitBuffers();
            left = pair.Far;
            EventLoop.Current.Spawn(WriteForEver(pair.Near));
            await Coroutine.Delay(TimeSpan.FromMilliseconds(1));
        }
    }

    [Coroutine]
    private static async Coroutine Coalesced()
    {
        await using var pair = await StreamPair.Connect();
        for (byte i = 0; i < 10; i++)
            await pair.Near.Write(new[] { i });
        Assert.Equal(10, pair.Near.UnsentLength);
        Assert.Equal(0, pair.Far.Socket.Available);
        await Coroutine.Yield();
        Assert.Equal(0, pair.Near.UnsentLength);
        byte[] received = new byte[10];
        // One send, so one receive has it all.
        Assert.Equal(10, await pair.Far.Read(received));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], received);
    }

    [Coroutine]
    private static async Coroutine FlushedAtOnce()
    {
        await using var pair = await StreamPair.Connect(Transport.Unix);
        await pair.Near.Write(new byte[7]);
        await pair.Near.Flush();
        Assert.Equal(0, pair.Near.UnsentLength);
        Assert.Equal(7, pair.Far.Socket.Available);
    }

    [Coroutine]
    private static async Coroutine SlowReader(Transport transport)
    {
        const int Total = 2_000_000;
        await using var pair = await StreamPair.Connect(transport, new ByteStreamOptions { HighWaterMark = 10_000, LowWaterMark = 2_000 });
        // With less, TCP sends a packet now and then only.
        pair.LimitBuffers(64 * 1024);
        Assert.InRange(await SlowTransfer.MostUnsent(pair.Near, pair.Far, Total), 2_000, 10_000);
    }

    // The low mark is larger unless set.
    [Coroutine]
    private static async Coroutine HighMarkOnly()
    {
        await using var pair = await StreamPair.Connect(Transport.Unix, new ByteStreamOptions { HighWaterMark = 1 });
        var writing = EventLoop.Current.Spawn(pair.Near.Write("hello\n"u8.ToArray()));
        Assert.Equal("hello", await pair.Far.ReadLine());
        await writing;
    }

    [Coroutine]
    private static async Coroutine CancelledWrite()
    {
        await using var pair = await StreamPair.Connect(Transport.Unix, new ByteStreamOptions { HighWaterMark = 1_000, LowWaterMark = 100 });
        pair.LimitBuffers();
        Assert.False(await Coroutine.MoveOnAfter(pair.Near.Write(new byte[1_000_000]), TimeSpan.FromMilliseconds(1)));
        Assert.False(await Coroutine.MoveOnAfter(pair.Near.Flush(), TimeSpan.FromMilliseconds(1)));
        int unsent = pair.Near.UnsentLength;
        Assert.InRange(unsent, 1, 1_000);
        await using var group = new TaskGroup();
        var received = group.Spawn(Count(pair.Far));
        await pair.Near.CompleteWrites();
        await group.Join();
        Assert.Equal(0, pair.Near.UnsentLength);
        Assert.True(await received >= unsent);
    }

    [Coroutine]
    private static async Coroutine<int> Count(SocketStream stream)
    {
        byte[] buffer = new byte[1000];
        int received = 0;
        while (await stream.Read(buffer) is var count and > 0)
            received += count;
        return received;
    }

    [Coroutine]
    private static async Coroutine InOrder()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Near.Write("a"u8.ToArray());
        pair.Near.Output.Write("b"u8);
        var second = new Segment("d"u8.ToArray(), null, 1);
        await pair.Near.Write(new ReadOnlySequence<byte>(new Segment("c"u8.ToArray(), second, 0), 0, second, 1));
        pair.Near.Output.Write("\n"u8);
        await pair.Near.Flush();
        Assert.Equal("abcd", await pair.Far.ReadLine());
    }

    [Coroutine]
    private static async Coroutine Reset()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Near.Write(new byte[10]);
        await pair.Near.Flush();
        // Closed with unread data, TCP resets.
        pair.Far.Abort();
        await ReadingTests.Refused<SocketException>(WriteForEver(pair.Near));
        await ReadingTests.Refused<SocketException>(pair.Near.Write(new byte[1]));
        await ReadingTests.Refused<SocketException>(pair.Near.Flush());
    }

    [Coroutine]
    private static async Coroutine DisposedWithRest()
    {
        await using var pair = await StreamPair.Connect(Transport.Unix);
        pair.LimitBuffers();
        await using var group = new TaskGroup();
        var received = group.Spawn(Count(pair.Far));
        pair.Near.Output.Write(new byte[100_000]);
        await pair.Near.DisposeAsync();
        await pair.Near.DisposeAsync();
        await group.Join();
        Assert.Equal(100_000, await received);
    }

    [Coroutine]
    private static async Coroutine DisposedWithUnread(Transport transport)
    {
        await using var pair = await StreamPair.Connect(transport);
        pair.Far.Output.WriteLine("nobody reads this");
        await pair.Far.Flush();
        pair.Near.Output.WriteLine("the end");
        var closing = EventLoop.Current.Spawn(pair.Near.DisposeAsync());
        await Coroutine.UntilIdle();
        Assert.False(closing.IsCompleted);
        Assert.Equal("the end", await pair.Far.ReadLine());
        Assert.Null(await pair.Far.ReadLine());
        pair.Far.Abort();
        await closing;
    }

    [Coroutine]
    private static async Coroutine Lingered()
    {
        await using var pair = await StreamPair.Connect(options: new ByteStreamOptions { LingerTime = TimeSpan.FromMilliseconds(5) });
        var writing = EventLoop.Current.Spawn(WriteForEver(pair.Far));
        await pair.Near.Fill();
        await pair.Near.DisposeAsync();
        await ReadingTests.Refused<System.Net.Sockets.SocketException>(Join(writing));

        static async Coroutine Join(CoroutineTask task) => await task;
    }

    [Coroutine]
    private static async Coroutine DisposedInCancelledScope()
    {
        await using var pair = await StreamPair.Connect(Transport.Unix);
        pair.LimitBuffers();
        bool finished = await CancelScope.Run(scope => Dispose(pair.Near, scope));
        Assert.False(finished);
        Assert.True(pair.Near.Socket.SafeHandle.IsClosed);

        static async Coroutine Dispose(SocketStream stream, CancelScope scope)
        {
            stream.Output.Write(new byte[1_000_000]);
            scope.Cancel();
            await stream.DisposeAsync();
        }
    }

    [Coroutine]
    private static async Coroutine Aborted()
    {
        await using var pair = await StreamPair.Connect(Transport.Unix);
        pair.LimitBuffers();
        var loop = EventLoop.Current;
        var reading = loop.Spawn(pair.Near.ReadLine());
        var writing = loop.Spawn(WriteForEver(pair.Near));
        await Coroutine.Delay(TimeSpan.FromMilliseconds(1));
        pair.Near.Abort();
        await ReadingTests.Refused<ObjectDisposedException>(Await(reading));
        await ReadingTests.Refused<ObjectDisposedException>(AwaitVoid(writing));

        static async Coroutine Await(CoroutineTask<string?> task) => await task;

        static async Coroutine AwaitVoid(CoroutineTask task) => await task;
    }

    [Coroutine]
    private static async Coroutine Closed()
    {
        await using var pair = await StreamPair.Connect();
        pair.Near.Abort();
        await ReadingTests.Refused<ObjectDisposedException>(pair.Near.Write(new byte[1]));
        await ReadingTests.Refused<ObjectDisposedException>(pair.Near.Flush());
        await ReadingTests.Refused<ObjectDisposedException>(pair.Near.ReadExactly(new byte[1]));
        Assert.Throws<ObjectDisposedException>(() => pair.Near.Output.GetSpan());
        await pair.Near.DisposeAsync();
    }

    [Coroutine]
    private static async Coroutine WriteForEver(SocketStream stream)
    {
        byte[] bytes = new byte[1000];
        while (true)
        {
            await stream.Write(bytes);
            await stream.Flush();
        }
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? next, long at)
        {
            Memory = bytes;
            Next = next;
            RunningIndex = at;
        }
    }
}
