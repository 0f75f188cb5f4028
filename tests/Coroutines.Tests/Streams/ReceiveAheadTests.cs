using System.Net.Sockets;
using Coroutines.Tests.Reactors;

namespace Coroutines.Tests.Streams;

/// <summary>io_uring receives ahead of the readers of TCP streams: into buffers that all streams of a loop share, by requests that outlive each read.</summary>
public sealed partial class ReceiveAheadTests
{
    [Fact]
    public void With_fewer_buffers_than_streams_everything_arrives() => Run(FewBuffers, receiveBuffers: 2);

    [Fact]
    public void A_stream_that_nobody_reads_keeps_no_other_from_its_data() => Run(AllBuffersTaken, receiveBuffers: 2);

    [Fact]
    public void A_reader_that_stops_bounds_what_is_received_and_the_sender_waits() => Run(ReaderStops);

    [Fact]
    public void Reads_cancelled_again_and_again_lose_nothing() => Run(CancelledAgainAndAgain, receiveBuffers: 8);

    [Fact]
    public void Closing_with_data_that_nobody_read_resets_the_connection_and_gives_the_buffers_back() => Run(ClosedWithData);

    [Fact]
    public void Closing_under_a_request_closes_the_connection_at_once() => Run(ClosedAtOnce);

    [Fact]
    public void A_socket_that_was_closed_behind_the_back_of_its_stream_is_closed() => Run(ClosedBehindItsBack);

    [Fact]
    public void A_stream_that_was_forgotten_closes_its_connection() => Run(Forgotten);

    [Fact]
    public void A_descriptor_that_is_used_again_at_once_gets_its_own_data() => Run(UsedAgain, receiveBuffers: 16);

    [Fact]
    public void Closing_waits_for_the_peer_if_what_was_received_ahead_is_unread() => Run(Lingering);

    [Fact]
    public void A_kernel_without_such_receives_is_served_by_polls() => Run(AllBuffersTaken, receiveBuffers: 0, forOneThread: false);

    [Fact]
    public void A_loop_that_moves_to_another_thread_loses_nothing()
    {
        using var loop = new EventLoop(new EventLoopOptions { Reactor = ReactorKind.IoUring });
        using var pair = LoopbackPair.Connect();
        SocketStream stream = null!;
        byte sent = 0;
        byte expected = 0;
        loop.RunUntilComplete(Begin());
        for (int i = 0; i < 20; i++)
        {
            // Some before the loop moves, received or not; some after.
            Send();
            if (i % 2 == 0)
                loop.RunUntilComplete(Pass());
            Send();
            if (i % 3 == 0)
                loop.RunUntilComplete(ReadAll());
            var other = new Thread(() => loop.RunUntilComplete(ReadAll()));
            other.Start();
            other.Join();
            Send();
            loop.RunUntilComplete(ReadAll());
            Assert.Equal(sent, expected);
        }

        loop.RunUntilComplete(stream.DisposeAsync());

        void Send() => pair.Far.Send([sent++]);

        async Coroutine Begin()
        {
            stream = new SocketStream(pair.Near);
            await Arm(stream);
        }

        static async Coroutine Pass() => await Coroutine.UntilIdle();

        async Coroutine ReadAll()
        {
            while (expected != sent)
            {
                byte[] buffer = new byte[10];
                int count = await stream.Read(buffer);
                for (int i = 0; i < count; i++)
                    Assert.Equal(expected++, buffer[i]);
            }

            await Arm(stream);
        }
    }

    private static void Run(Func<IoUringReactor, Coroutine> body, int receiveBuffers = ReceiveBuffers.DefaultCount, bool forOneThread = true)
    {
        using var loop = new EventLoop();
        var reactor = new IoUringReactor(loop, Ring.TryCreate(Ring.DefaultEntries, out _, forOneThread)!, receiveBuffers);
        loop.Reactor = reactor;
        loop.RunUntilComplete(body(reactor));
        Assert.Equal(0, reactor.Buffers?.TakenCount ?? 0);
    }

    // A read that was cancelled leaves its request under way.
    [Coroutine]
    private static async Coroutine Arm(SocketStream stream)
    {
        var reading = EventLoop.Current.Spawn(Fill(stream));
        await Coroutine.UntilIdle();
        reading.Cancel();
        try
        {
            await reading;
        }
        catch (OperationCanceledException)
        {
        }
    }

    [Coroutine]
    private static async Coroutine Fill(SocketStream stream) => await stream.Fill();

    [Coroutine]
    private static async Coroutine FewBuffers(IoUringReactor reactor)
    {
        await using var group = new TaskGroup();
        for (int i = 0; i < 8; i++)
            group.Spawn(Transfer());
        await group.Join();

        static async Coroutine Transfer()
        {
            await using var pair = await StreamPair.Connect(options: new ByteStreamOptions { HighWaterMark = 30_000, LowWaterMark = 2_000 });
            await SlowTransfer.MostUnsent(pair.Near, pair.Far, 200_000);
        }
    }

    [Coroutine]
    private static async Coroutine AllBuffersTaken(IoUringReactor reactor)
    {
        await using var unread = await StreamPair.Connect();
        await Arm(unread.Near);
        await unread.Far.Write(new byte[20_000]);
        await unread.Far.Flush();
        // Where nobody waits, nobody polls.
        reactor.Poll(0);
        Assert.Equal(reactor.Buffers is null ? 0 : 2, reactor.Buffers?.TakenCount ?? 0);
        await using var other = await StreamPair.Connect();
        await SlowTransfer.MostUnsent(other.Far, other.Near, 100_000);
        byte[] late = new byte[20_000];
        await unread.Near.ReadExactly(late);
    }

    [Coroutine]
    private static async Coroutine ReaderStops(IoUringReactor reactor)
    {
        const int Total = 8_000_000;
        await using var pair = await StreamPair.Connect();
        pair.LimitBuffers(64 * 1024);
        await Arm(pair.Near);
        await using var group = new TaskGroup();
        var writing = group.Spawn(Send(pair.Far, Total));
        // Until nothing moves any more.
        for (int unsent = -1; unsent != pair.Far.UnsentLength || reactor.Buffers!.TakenCount == 0;)
        {
            unsent = pair.Far.UnsentLength;
            await Coroutine.UntilIdle();
        }

        Assert.False(writing.IsCompleted);
        // What is received between two turns may come on top of it: no more than the system's buffers hold.
        Assert.InRange(reactor.Buffers!.TakenCount * ReceiveBuffers.Size, IoUringReactor.MostUnread, IoUringReactor.MostUnread + (512 * 1024));
        byte[] buffer = new byte[10_000];
        int received = 0;
        while (await pair.Near.Read(buffer) is var count and > 0)
        {
            for (int i = 0; i < count; i++)
                Assert.Equal((byte)received++, buffer[i]);
        }

        Assert.Equal(Total, received);
        await group.Join();
    }

    [Coroutine]
    private static async Coroutine CancelledAgainAndAgain(IoUringReactor reactor)
    {
        const int Total = 300_000;
        await using var pair = await StreamPair.Connect(options: new ByteStreamOptions { ReadSize = 100 });
        var random = new Random(1);
        await using var group = new TaskGroup();
        group.Spawn(Send(pair.Far, Total));
        byte[] buffer = new byte[300];
        for (int received = 0; received < Total;)
        {
            var reading = EventLoop.Current.Spawn(pair.Near.Read(buffer.AsMemory(0, random.Next(1, buffer.Length))));
            for (int turns = random.Next(3); turns > 0; turns--)
                await Coroutine.Yield();
            if (!reading.IsCompleted && random.Next(2) == 0)
                reading.Cancel();
            try
            {
                int count = await reading;
                for (int i = 0; i < count; i++)
                    Assert.Equal((byte)received++, buffer[i]);
            }
            catch (OperationCanceledException)
            {
            }
        }

        Assert.False(await pair.Near.Fill());
        await group.Join();
    }

    [Coroutine]
    private static async Coroutine Send(SocketStream stream, int total)
    {
        var random = new Random(2);
        for (int sent = 0; sent < total;)
        {
            byte[] piece = new byte[Math.Min(total - sent, random.Next(1, 3_000))];
            for (int i = 0; i < piece.Length; i++)
                piece[i] = (byte)sent++;
            await stream.Write(piece);
            if (random.Next(3) == 0)
                await Coroutine.Yield();
        }

        await stream.CompleteWrites();
    }

    [Coroutine]
    private static async Coroutine ClosedWithData(IoUringReactor reactor)
    {
        await using var pair = await StreamPair.Connect();
        await Arm(pair.Near);
        await pair.Far.Write(new byte[10_000]);
        await pair.Far.Flush();
        reactor.Poll(0);
        Assert.Equal(0, pair.Near.Socket.Available);
        Assert.InRange(reactor.Buffers!.TakenCount, 1, 10);
        pair.Near.Abort();
        Assert.Equal(0, reactor.Buffers.TakenCount);
        var failure = await ReadingTests.Refused<SocketException>(Fill(pair.Far));
        Assert.Equal(SocketError.ConnectionReset, failure.SocketErrorCode);
    }

    [Coroutine]
    private static async Coroutine ClosedAtOnce(IoUringReactor reactor)
    {
        await using var pair = await StreamPair.Connect();
        await Arm(pair.Near);
        pair.Near.Abort();
        // No turn of the loop is needed.
        Assert.True(EventLoop.Current.Sockets.TryReceive(pair.Far.Socket, new byte[1], out int received));
        Assert.Equal(0, received);
    }

    [Coroutine]
    private static async Coroutine ClosedBehindItsBack(IoUringReactor reactor)
    {
        await using var pair = await StreamPair.Connect();
        await Arm(pair.Near);
        pair.Near.Socket.Dispose();
        Assert.False(await pair.Far.Fill());
    }

    [Coroutine]
    private static async Coroutine Forgotten(IoUringReactor reactor)
    {
        var (far, near) = await ConnectAndForget();
        while (near.TryGetTarget(out _))
        {
            Collect();
            await Coroutine.Yield();
        }

        // As any socket that was not closed: the peer is told that nobody reads any more.
        var failure = await ReadingTests.Refused<SocketException>(Fill(far));
        Assert.Equal(SocketError.ConnectionReset, failure.SocketErrorCode);
        await far.DisposeAsync();
    }

    [NonBlocking("nothing else runs on the loop")]
    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Coroutine]
    private static async Coroutine<(SocketStream Far, WeakReference<Socket> Near)> ConnectAndForget()
    {
        var pair = await StreamPair.Connect();
        await Arm(pair.Near);
        return (pair.Far, new WeakReference<Socket>(pair.Near.Socket));
    }

    [Coroutine]
    private static async Coroutine UsedAgain(IoUringReactor reactor)
    {
        var seen = new HashSet<nint>();
        bool isUsedAgain = false;
        for (int i = 0; i < 50; i++)
        {
            await using var pair = await StreamPair.Connect();
            isUsedAgain |= !seen.Add(pair.Near.Socket.Handle);
            await Arm(pair.Near);
            await pair.Far.Write(new byte[] { (byte)i });
            await pair.Far.Flush();
            // What the one before was sent last is received by nobody.
            if (i % 2 == 0)
                Assert.Equal(i, await ReadByte(pair.Near));
            pair.Near.Abort();
        }

        Assert.True(isUsedAgain);
    }

    [Coroutine]
    private static async Coroutine<int> ReadByte(SocketStream stream)
    {
        byte[] one = new byte[1];
        await stream.ReadExactly(one);
        return one[0];
    }

    [Coroutine]
    private static async Coroutine Lingering(IoUringReactor reactor)
    {
        await using var pair = await StreamPair.Connect();
        await Arm(pair.Near);
        await pair.Far.Write(new byte[10]);
        await pair.Far.Flush();
        reactor.Poll(0);
        Assert.Equal(1, reactor.Buffers!.TakenCount);
        var disposing = EventLoop.Current.Spawn(pair.Near.DisposeAsync());
        await Coroutine.UntilIdle();
        Assert.False(disposing.IsCompleted);
        Assert.False(await pair.Far.Fill());
        pair.Far.Abort();
        await disposing;
    }
}
