using System.Text;

namespace Coroutines.Tests.Streams;

/// <summary>What every byte stream promises, whatever it is made of.</summary>
public abstract partial class ByteStreamContract(ReactorKind reactor)
{
    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    public static TheoryData<Layer> Layers { get; } = [Layer.Tls, Layer.Stream, Layer.Pipe];

    public static TheoryData<Layer> HalfClosable { get; } = [Layer.Tls, Layer.Pipe];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Lines_arrive_in_both_directions_in_order(Layer layer) => EventLoop.Run(Lines(layer), _options);

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_megabyte_arrives_as_it_was_sent_in_pieces_of_every_size(Layer layer) => EventLoop.Run(Megabyte(layer), _options);

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_cancelled_read_loses_nothing(Layer layer) => EventLoop.Run(CancelledReads(layer), _options);

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_writer_waits_for_a_peer_that_does_not_read(Layer layer) => EventLoop.Run(SlowReader(layer), _options);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Disposing_sends_what_is_unsent_and_the_peer_reads_to_the_end(Layer layer) => EventLoop.Run(Disposed(layer), _options);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Aborting_ends_whoever_reads_or_writes(Layer layer) => EventLoop.Run(Aborted(layer), _options);

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_peer_that_vanishes_ends_the_stream_or_fails_it(Layer layer) => EventLoop.Run(Vanished(layer), _options);

    [Theory]
    [MemberData(nameof(HalfClosable))]
    public void A_half_close_ends_one_direction(Layer layer) => EventLoop.Run(HalfClose(layer), _options);

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_second_reader_is_refused_and_the_first_gets_everything(Layer layer) => EventLoop.Run(SecondReader(layer), _options);

    [Fact]
    public void A_half_close_that_is_refused_leaves_the_stream_as_it_was() => EventLoop.Run(RefusedHalfClose());

    [Fact]
    public void A_stream_that_has_no_half_close_says_so() => EventLoop.Run(NoHalfClose(), _options);

    [Coroutine]
    private static async Coroutine SecondReader(Layer layer)
    {
        await using var pair = await BytePair.Connect(layer);
        var first = EventLoop.Current.Spawn(pair.Far.Read(new byte[10]));
        await Coroutine.UntilIdle();
        await ReadingTests.Refused<InvalidOperationException>(Fill(pair.Far));
        await pair.Near.Write("abc"u8.ToArray());
        Assert.Equal(3, await first);

        static async Coroutine Fill(ByteStream stream) => await stream.Fill();
    }

    [Coroutine]
    private static async Coroutine RefusedHalfClose()
    {
        var below = new MemoryStream();
        await using var stream = ByteStream.From(below);
        await ReadingTests.Refused<NotSupportedException>(stream.CompleteWrites());
        await ReadingTests.Refused<NotSupportedException>(stream.CompleteWrites());
        await stream.Write("on"u8.ToArray());
        await stream.Flush();
        Assert.Equal("on"u8.ToArray(), below.ToArray());
    }

    [Coroutine]
    private static async Coroutine Lines(Layer layer)
    {
        await using var pair = await BytePair.Connect(layer);
        for (int i = 0; i < 100; i++)
        {
            pair.Near.Output.WriteLine($"question {i}");
            Assert.Equal($"question {i}", await pair.Far.ReadLine());
            await pair.Far.Write(Encoding.UTF8.GetBytes($"answer {i}\n"));
            Assert.Equal($"answer {i}", await pair.Near.ReadLine());
        }
    }

    [Coroutine]
    private static async Coroutine Megabyte(Layer layer)
    {
        await using var pair = await BytePair.Connect(layer);
        byte[] sent = new byte[1 << 20];
        new Random(7).NextBytes(sent);
        var writing = EventLoop.Current.Spawn(Write(pair.Near, sent));
        byte[] received = new byte[sent.Length];
        int size = 0;
        for (int at = 0; at < received.Length;)
            at += await pair.Far.Read(received.AsMemory(at, Math.Min((++size * 37 % 5000) + 1, received.Length - at)));
        await writing;
        Assert.Equal(sent, received);

        static async Coroutine Write(ByteStream stream, byte[] bytes)
        {
            int size = 1;
            for (int at = 0; at < bytes.Length; at += size)
            {
                size = Math.Min((size * 7 % 30_011) + 1, bytes.Length - at);
                await stream.Write(bytes.AsMemory(at, size));
            }

            await stream.Flush();
        }
    }

    [Coroutine]
    private static async Coroutine CancelledReads(Layer layer)
    {
        await using var pair = await BytePair.Connect(layer);
        for (int i = 0; i < 20; i++)
        {
            Assert.False((await Coroutine.MoveOnAfter(pair.Far.ReadLine(), TimeSpan.Zero)).Finished);
            var (finished, _) = await Coroutine.MoveOnAfter(pair.Far.Read(new byte[1]), TimeSpan.Zero);
            Assert.False(finished);
            pair.Near.Output.WriteLine($"line {i}");
            await pair.Near.Flush();
            Assert.Equal($"line {i}", await pair.Far.ReadLine());
        }
    }

    [Coroutine]
    private static async Coroutine SlowReader(Layer layer)
    {
        const int Total = 2 << 20;
        await using var pair = await BytePair.Connect(layer, new ByteStreamOptions { HighWaterMark = 10_000, LowWaterMark = 2_000 }, Transport.Unix);
        pair.Below.LimitBuffers();
        var writing = EventLoop.Current.Spawn(Write(pair.Near));
        await Coroutine.UntilIdle();
        Assert.False(writing.IsCompleted);
        Assert.InRange(pair.Near.UnsentLength, 1, 10_000);

        // What lies in the layers between is bounded, too.
        Assert.InRange(pair.Below.Near.UnsentLength, 0, 10_000 + (16 * 1024) + 100);
        byte[] buffer = new byte[50_000];
        int received = 0;
        while (received < Total)
            received += await pair.Far.Read(buffer);
        await writing;

        static async Coroutine Write(ByteStream stream)
        {
            byte[] piece = new byte[1 << 16];
            for (int sent = 0; sent < Total; sent += piece.Length)
                await stream.Write(piece);
        }
    }

    [Coroutine]
    private static async Coroutine Disposed(Layer layer)
    {
        await using var pair = await BytePair.Connect(layer);
        byte[] all = new byte[300_000];
        var closing = EventLoop.Current.Spawn(WriteAndDispose(pair.Near, all));
        int received = 0;
        byte[] buffer = new byte[10_000];
        while (await pair.Far.Read(buffer) is var count and > 0)
            received += count;
        await closing;
        Assert.Equal(all.Length, received);
        await ReadingTests.Refused<ObjectDisposedException>(Use(pair.Near));

        static async Coroutine WriteAndDispose(ByteStream stream, byte[] all)
        {
            await stream.Write(all);
            await stream.DisposeAsync();
        }
    }

    [Coroutine]
    private static async Coroutine Use(ByteStream stream) => await stream.Fill();

    [Coroutine]
    private static async Coroutine Aborted(Layer layer)
    {
        await using var pair = await BytePair.Connect(layer, new ByteStreamOptions { HighWaterMark = 1_000 });
        pair.Below.LimitBuffers();
        var reading = EventLoop.Current.Spawn(Use(pair.Near));
        var writing = EventLoop.Current.Spawn(pair.Near.Write(new byte[8 << 20]));
        await Coroutine.UntilIdle();
        Assert.False(reading.IsCompleted);
        Assert.False(writing.IsCompleted);
        pair.Near.Abort();
        await ReadingTests.Refused<ObjectDisposedException>(Await(reading));
        await ReadingTests.Refused<ObjectDisposedException>(Await(writing));
    }

    [Coroutine]
    private static async Coroutine Await(CoroutineTask task) => await task;

    [Coroutine]
    private static async Coroutine Vanished(Layer layer)
    {
        await using var pair = await BytePair.Connect(layer);
        pair.Below.Far.Socket.LingerState = new(true, 0);
        pair.Below.Far.Abort();
        try
        {
            Assert.False(await pair.Near.Fill());
        }
        catch (Exception exception)
        {
            Assert.True(exception is IOException or System.Net.Sockets.SocketException, exception.ToString());
        }
    }

    [Coroutine]
    private static async Coroutine HalfClose(Layer layer)
    {
        await using var pair = await BytePair.Connect(layer);
        pair.Near.Output.WriteLine("the last question");
        await pair.Near.CompleteWrites();
        Assert.Equal("the last question", await pair.Far.ReadLine());
        Assert.Null(await pair.Far.ReadLine());
        pair.Far.Output.WriteLine("the answer");
        await pair.Far.CompleteWrites();
        Assert.Equal("the answer", await pair.Near.ReadLine());
        Assert.Null(await pair.Near.ReadLine());
    }

    [Coroutine]
    private static async Coroutine NoHalfClose()
    {
        await using var pair = await BytePair.Connect(Layer.Stream);
        await ReadingTests.Refused<NotSupportedException>(pair.Near.CompleteWrites());
    }
}
