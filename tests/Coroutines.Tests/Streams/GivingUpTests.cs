using System.Buffers;

namespace Coroutines.Tests.Streams;

/// <summary>Closing under an operation, and cancelling one: the first is an exception, the second leaves everything as it was.</summary>
public abstract partial class GivingUpTests(ReactorKind reactor)
{
    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public void Whoever_waits_for_a_stream_that_is_closed_is_told(Transport transport) => EventLoop.Run(Closing(transport), _options);

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public void Whoever_accepts_on_a_listener_that_is_closed_is_told(Transport transport) => EventLoop.Run(ClosingListener(transport), _options);

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public void A_cancelled_accept_takes_no_connection(Transport transport) => EventLoop.Run(CancelledAccept(transport), _options);

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public void A_cancelled_half_close_can_be_repeated(Transport transport) => EventLoop.Run(CancelledHalfClose(transport), _options);

    [Fact]
    public void Operations_cancelled_again_and_again_lose_nothing() => EventLoop.Run(CancelledAgainAndAgain(), _options);

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public void A_descriptor_number_that_is_used_again_wakes_no_stranger(Transport transport) => EventLoop.Run(Reuse(transport), _options);

    [Coroutine]
    private static async Coroutine Closing(Transport transport)
    {
        var operations = new Func<SocketStream, Coroutine>[]
        {
            static stream => Ignore(stream.Fill()),
            static stream => Ignore(stream.Read(new byte[10])),
            static stream => stream.ReadExactly(new byte[10]),
            static stream => Ignore(stream.ReadUntil((byte)'!')),
            static stream => Ignore(stream.ReadLine()),
            static stream => ReadLines(stream),
            static stream => stream.Write(new byte[10_000_000]),
            static stream => WriteAndFlush(stream),
            static stream => WriteAndComplete(stream),
        };
        foreach (var operation in operations)
        {
            await using var pair = await StreamPair.Connect(transport);
            var running = EventLoop.Current.Spawn(operation(pair.Near));
            await Coroutine.UntilIdle();
            Assert.False(running.IsCompleted);
            pair.Near.Abort();
            await ReadingTests.Refused<ObjectDisposedException>(Await(running));
        }

        Assert.Equal(1, EventLoop.Current.TaskCount);
        Assert.False(EventLoop.Current.Reactor.HasInterest);
    }

    [Coroutine]
    private static async Coroutine ClosingListener(Transport transport)
    {
        using var listener = SocketListener.Listen(StreamPair.EndPointOf(transport));
        var accepting = EventLoop.Current.Spawn(Ignore(listener.Accept()));
        await Coroutine.UntilIdle();
        Assert.False(accepting.IsCompleted);
        listener.Dispose();
        await ReadingTests.Refused<ObjectDisposedException>(Await(accepting));
        Assert.False(EventLoop.Current.Reactor.HasInterest);
    }

    [Coroutine]
    private static async Coroutine CancelledAccept(Transport transport)
    {
        using var listener = SocketListener.Listen(StreamPair.EndPointOf(transport));
        for (int i = 0; i < 3; i++)
        {
            var accepting = EventLoop.Current.Spawn(Ignore(listener.Accept()));
            await Coroutine.UntilIdle();
            // The connection is there in the same turn.
            var connecting = EventLoop.Current.Spawn(SocketStream.Connect(listener.LocalEndPoint));
            accepting.Cancel();
            await using var connected = await connecting;
            await ReadingTests.Refused<OperationCanceledException>(Await(accepting));
            await using var accepted = await listener.Accept();
            accepted.Output.WriteLine("hello");
            Assert.Equal("hello", await connected.ReadLine());
        }
    }

    [Coroutine]
    private static async Coroutine CancelledHalfClose(Transport transport)
    {
        const int Total = 8_000_000;
        await using var pair = await StreamPair.Connect(transport, new ByteStreamOptions { HighWaterMark = Total });
        await pair.Near.Write(new byte[Total]);
        for (int i = 0; i < 3; i++)
        {
            var completing = EventLoop.Current.Spawn(pair.Near.CompleteWrites());
            await Coroutine.UntilIdle();
            completing.Cancel();
            await ReadingTests.Refused<OperationCanceledException>(Await(completing));
        }

        await using var group = new TaskGroup();
        var received = group.Spawn(Count(pair.Far));
        await pair.Near.CompleteWrites();
        await group.Join();
        Assert.Equal(Total, await received);
    }

    [Coroutine]
    private static async Coroutine CancelledAgainAndAgain()
    {
        const int Total = 200_000;
        await using var pair = await StreamPair.Connect(Transport.Unix, new ByteStreamOptions { HighWaterMark = 3_000, LowWaterMark = 1_000, ReadSize = 100 });
        pair.LimitBuffers();
        var random = new Random(1);
        await using var group = new TaskGroup();
        group.Spawn(Send(pair.Far, Total));
        int received = 0;
        byte[] record = new byte[7];
        while (received < Total - record.Length)
        {
            // A wait of no time at all: cancelled wherever it had to wait.
            var reading = EventLoop.Current.Spawn(pair.Near.ReadExactly(record));
            for (int turns = random.Next(3); turns > 0; turns--)
                await Coroutine.Yield();
            if (!reading.IsCompleted && random.Next(2) == 0)
                reading.Cancel();
            try
            {
                await reading;
            }
            catch (OperationCanceledException)
            {
                continue;
            }

            foreach (byte value in record)
                Assert.Equal((byte)received++, value);
        }

        while (await pair.Near.Fill())
        {
        }

        Assert.Equal(Total - received, pair.Near.Buffered.Length);
        await group.Join();
    }

    [Coroutine]
    private static async Coroutine Send(SocketStream stream, int total)
    {
        var random = new Random(2);
        for (int sent = 0; sent < total;)
        {
            byte[] piece = new byte[Math.Min(total - sent, random.Next(1, 500))];
            for (int i = 0; i < piece.Length; i++)
                piece[i] = (byte)sent++;
            await stream.Write(piece);
            // What was written leaves, whether or not anybody waits for it.
            var flushing = EventLoop.Current.Spawn(stream.Flush());
            if (random.Next(3) == 0)
                flushing.Cancel();
            try
            {
                await flushing;
            }
            catch (OperationCanceledException)
            {
            }
        }

        await stream.CompleteWrites();
    }

    [Coroutine]
    private static async Coroutine Reuse(Transport transport)
    {
        int reused = 0;
        for (int i = 0; i < 200; i++)
        {
            var old = await StreamPair.Connect(transport);
            nint number = old.Near.Socket.SafeHandle.DangerousGetHandle();
            var waiting = EventLoop.Current.Spawn(Ignore(old.Near.ReadLine()));
            await Coroutine.UntilIdle();
            // Data for the old owner of the number, that nobody has heard of yet; then its number goes to another.
            await EventLoop.Current.SendAll(old.Far.Socket, "old\n"u8.ToArray());
            old.Near.Abort();
            var fresh = await StreamPair.Connect(transport);
            reused += fresh.Near.Socket.SafeHandle.DangerousGetHandle() == number || fresh.Far.Socket.SafeHandle.DangerousGetHandle() == number ? 1 : 0;
            var reading = EventLoop.Current.Spawn(fresh.Near.ReadLine());
            await ReadingTests.Refused<ObjectDisposedException>(Await(waiting));
            await Coroutine.UntilIdle();
            Assert.False(reading.IsCompleted);
            fresh.Far.Output.WriteLine("fresh");
            Assert.Equal("fresh", await reading);
            await old.DisposeAsync();
            await fresh.DisposeAsync();
        }

        // Other tests of this process open descriptors, too, but not that many.
        Assert.InRange(reused, 1, 200);
    }

    [Coroutine]
    private static async Coroutine<int> Count(SocketStream stream)
    {
        byte[] buffer = new byte[100_000];
        int received = 0;
        while (await stream.Read(buffer) is var count and > 0)
            received += count;
        return received;
    }

    [Coroutine]
    private static async Coroutine ReadLines(SocketStream stream)
    {
        await foreach (string line in stream.Lines())
            Assert.Fail("read " + line);
    }

    [Coroutine]
    private static async Coroutine WriteAndFlush(SocketStream stream)
    {
        stream.Output.Write(new byte[10_000_000]);
        await stream.Flush();
    }

    [Coroutine]
    private static async Coroutine WriteAndComplete(SocketStream stream)
    {
        stream.Output.Write(new byte[10_000_000]);
        await stream.CompleteWrites();
    }

    [Coroutine]
    private static async Coroutine Ignore<T>(Coroutine<T> operation) => await operation;

    [Coroutine]
    private static async Coroutine Await(CoroutineTask task) => await task;
}
