using System.Text;
using static Coroutines.Tests.Streams.ReadingTests;

namespace Coroutines.Tests.Streams.Pipes;

public abstract partial class PipeTests(ReactorKind reactor)
{
    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(PipeKind.Descriptor)]
    [InlineData(PipeKind.Threaded)]
    public void Text_arrives_as_lines_however_it_is_cut(PipeKind kind)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("one\r\ntwo\n\nvier ä €\nlast");
        for (int size = 1; size <= bytes.Length; size++)
            Assert.Equal(["one", "two", "", "vier ä €", "last"], EventLoop.Run(LinesOf(kind, bytes, size), _options));
    }

    [Theory]
    [InlineData(PipeKind.Descriptor)]
    [InlineData(PipeKind.Threaded)]
    public void A_cancelled_read_of_any_kind_loses_nothing(PipeKind kind) => EventLoop.Run(CancelledReads(kind), _options);

    [Theory]
    [InlineData(PipeKind.Descriptor)]
    [InlineData(PipeKind.Threaded)]
    public void A_full_pipe_makes_its_writer_wait_and_memory_stays_at_the_water_mark(PipeKind kind) => EventLoop.Run(Full(kind), _options);

    [Theory]
    [InlineData(PipeKind.Descriptor)]
    [InlineData(PipeKind.Threaded)]
    public void A_write_that_is_cancelled_in_a_full_pipe_has_written_a_part_from_the_front(PipeKind kind) => EventLoop.Run(CancelledWrite(kind), _options);

    [Theory]
    [InlineData(PipeKind.Descriptor)]
    [InlineData(PipeKind.Threaded)]
    public void A_pipe_without_a_reader_refuses_the_next_write(PipeKind kind) => EventLoop.Run(Broken(kind), _options);

    [Theory]
    [InlineData(PipeKind.Descriptor)]
    [InlineData(PipeKind.Threaded)]
    public void An_end_does_one_thing_only(PipeKind kind) => EventLoop.Run(WrongWay(kind), _options);

    [Theory]
    [InlineData(PipeKind.Descriptor)]
    [InlineData(PipeKind.Threaded)]
    public void Aborting_ends_who_reads_and_who_writes(PipeKind kind) => EventLoop.Run(Aborted(kind), _options);

    [Theory]
    [InlineData(PipeKind.Descriptor)]
    [InlineData(PipeKind.Threaded)]
    public void A_line_that_is_too_long_or_no_text_is_refused_and_stays(PipeKind kind) => EventLoop.Run(BadLines(kind), _options);

    [Theory]
    [InlineData(PipeKind.Descriptor)]
    [InlineData(PipeKind.Threaded)]
    public void Virtual_time_does_not_jump_while_a_read_waits(PipeKind kind)
    {
        var trace = new Trace();
        VirtualLoop.Run(Main());
        trace.AssertIs("line", "hour");

        async Coroutine Main()
        {
            using var pair = new PipePair(kind);
            await Coroutine.WhenAll(Hour(), Line(pair), Feed(pair));
        }

        async Coroutine Hour()
        {
            await Coroutine.Delay(TimeSpan.FromHours(1));
            trace.Add("hour");
        }

        async Coroutine Line(PipePair pair) => trace.Add((await pair.Reader.ReadLine())!);

        // Through another thread, so that the loop really waits meanwhile.
        async Coroutine Feed(PipePair pair)
        {
            await EventLoop.Current.RunInExecutor(static () => { });
            await pair.Writer.Write("line\n"u8.ToArray());
        }
    }

    [Fact]
    public void The_end_of_the_loop_does_not_wait_for_a_thread_that_reads()
    {
        PipePair? left = null;
        EventLoop.Run(Leave(), _options);
        left!.Dispose();

        async Coroutine Leave()
        {
            left = new PipePair(PipeKind.Threaded);
            _ = EventLoop.Current.Spawn(Forever(left.Reader));
            await Coroutine.Yield();
        }

        static async Coroutine Forever(PipeStream reader) => await reader.Fill();
    }

    [Coroutine]
    private static async Coroutine<List<string>> LinesOf(PipeKind kind, byte[] bytes, int size)
    {
        using var pair = new PipePair(kind);
        var lines = new List<string>();
        await using var group = new TaskGroup();
        group.Spawn(Send(pair.Writer, bytes, size));
        await foreach (string line in pair.Reader.Lines())
            lines.Add(line);
        await group.Join();
        return lines;
    }

    [Coroutine]
    private static async Coroutine Send(PipeStream stream, byte[] bytes, int size)
    {
        for (int at = 0; at < bytes.Length; at += size)
        {
            await stream.Write(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)));
            await stream.Flush();
        }

        await stream.CompleteWrites();
    }

    [Coroutine]
    private static async Coroutine CancelledReads(PipeKind kind)
    {
        using var pair = new PipePair(kind);
        await pair.Writer.Write("half a li"u8.ToArray());
        await pair.Writer.Flush();
        Assert.False((await Coroutine.MoveOnAfter(pair.Reader.ReadLine(), s_moment)).Finished);
        Assert.False((await Coroutine.MoveOnAfter(pair.Reader.ReadUntil((byte)'!'), s_moment)).Finished);
        Assert.False(await Coroutine.MoveOnAfter(pair.Reader.ReadExactly(new byte[100]), s_moment));
        Assert.False((await Coroutine.MoveOnAfter(pair.Reader.Fill(), s_moment)).Finished);
        await pair.Writer.Write("ne\n"u8.ToArray());
        await pair.Writer.Flush();
        Assert.Equal("half a line", await pair.Reader.ReadLine());
        Assert.False((await Coroutine.MoveOnAfter(pair.Reader.Read(new byte[1]), s_moment)).Finished);
        await pair.Writer.Write("xyz"u8.ToArray());
        byte[] one = new byte[1];
        Assert.Equal(1, await pair.Reader.Read(one));
        Assert.Equal("x"u8.ToArray(), one);
        byte[] rest = new byte[2];
        await pair.Reader.ReadExactly(rest);
        Assert.Equal("yz"u8.ToArray(), rest);
    }

    [Coroutine]
    private static async Coroutine Full(PipeKind kind)
    {
        const int Total = 1_000_000;
        using var pair = new PipePair(kind, new ByteStreamOptions { HighWaterMark = 10_000, LowWaterMark = 2_000 });
        Assert.InRange(await SlowTransfer.MostUnsent(pair.Writer, pair.Reader, Total), 2_000, 10_000);
    }

    [Coroutine]
    private static async Coroutine CancelledWrite(PipeKind kind)
    {
        using var pair = new PipePair(kind, new ByteStreamOptions { HighWaterMark = 1_000, LowWaterMark = 0 });
        byte[] bytes = new byte[1_000_000];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(i * 31);
        Assert.False(await Coroutine.MoveOnAfter(pair.Writer.Write(bytes), TimeSpan.FromMilliseconds(20)));
        var closing = EventLoop.Current.Spawn(pair.Writer.CompleteWrites());
        int received = 0;
        while (await pair.Reader.Fill())
        {
            foreach (byte value in pair.Reader.Buffered)
                Assert.Equal((byte)(received++ * 31), value);
            pair.Reader.Consume(pair.Reader.Buffered.Length);
        }

        await closing;
        Assert.InRange(received, 1_000, bytes.Length - 1);
    }

    [Coroutine]
    private static async Coroutine Broken(PipeKind kind)
    {
        using var pair = new PipePair(kind);
        pair.Reader.Abort();
        await pair.Writer.Write(new byte[1]);
        await Refused<IOException>(pair.Writer.Flush());
        await Refused<IOException>(pair.Writer.Write(new byte[1]));
    }

    [Coroutine]
    private static async Coroutine WrongWay(PipeKind kind)
    {
        using var pair = new PipePair(kind);
        Assert.Equal((true, false, false, true), (pair.Reader.CanRead, pair.Reader.CanWrite, pair.Writer.CanRead, pair.Writer.CanWrite));
        await Refused<NotSupportedException>(pair.Reader.Write(new byte[1]));
        await Refused<NotSupportedException>(pair.Reader.Flush());
        Assert.Throws<NotSupportedException>(() => pair.Reader.Output.GetSpan());
        await Refused<NotSupportedException>(Filled(pair.Writer));
        await Refused<NotSupportedException>(Read(pair.Writer));
        await pair.Reader.DisposeAsync();

        static async Coroutine Filled(PipeStream stream) => await stream.Fill();

        static async Coroutine Read(PipeStream stream) => await stream.Read(new byte[1]);
    }

    [Coroutine]
    private static async Coroutine Aborted(PipeKind kind)
    {
        using var pair = new PipePair(kind, new ByteStreamOptions { HighWaterMark = 1_000 });
        using var full = new PipePair(kind, new ByteStreamOptions { HighWaterMark = 1_000 });
        var reading = EventLoop.Current.Spawn(Refused<ObjectDisposedException>(Filled(pair.Reader)));
        var writing = EventLoop.Current.Spawn(Refused<ObjectDisposedException>(full.Writer.Write(new byte[1_000_000])));
        for (int i = 0; i < 10; i++)
            await Coroutine.Yield();
        Assert.False(reading.IsCompleted);
        Assert.False(writing.IsCompleted);
        pair.Reader.Abort();
        full.Writer.Abort();
        await reading;
        await writing;

        static async Coroutine Filled(PipeStream stream) => await stream.Fill();
    }

    [Coroutine]
    private static async Coroutine BadLines(PipeKind kind)
    {
        using var pair = new PipePair(kind);
        await pair.Writer.Write("0123456789\n"u8.ToArray());
        await pair.Writer.Write(new byte[] { 0x66, 0xC3, 0x0A });
        await pair.Writer.CompleteWrites();
        await Refused<InvalidDataException>(Line(pair.Reader, limit: 10));
        Assert.Equal("0123456789", await pair.Reader.ReadLine());
        await Refused<InvalidDataException>(Line(pair.Reader, limit: 100));
        Assert.Equal([0x66, 0xC3, 0x0A], (await pair.Reader.ReadUntil((byte)'\n')).ToArray());
        Assert.Null(await pair.Reader.ReadLine());

        static async Coroutine Line(PipeStream stream, int limit) => await stream.ReadLine(limit);
    }
}
