using System.Text;

namespace Coroutines.Tests.Streams;

public abstract partial class ReadingTests(ReactorKind reactor)
{
    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public void Text_arrives_as_lines_however_it_is_cut(Transport transport)
    {
        // Every size of piece, from one byte to all at once, so that each boundary is met, within a character too.
        string text = "one\r\ntwo\n\nvier ä ö ü €\nlast";
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int size = 1; size <= bytes.Length; size++)
            Assert.Equal(["one", "two", "", "vier ä ö ü €", "last"], EventLoop.Run(LinesOf(transport, bytes, size), _options));
    }

    [Fact]
    public void ReadExactly_waits_for_all_and_leaves_the_rest() => EventLoop.Run(Exactly(), _options);

    [Fact]
    public void ReadExactly_says_how_much_was_missing_and_takes_nothing() => EventLoop.Run(ExactlyTooMuch(), _options);

    [Fact]
    public void ReadUntil_gives_the_bytes_with_the_delimiter() => EventLoop.Run(Until(), _options);

    [Fact]
    public void A_line_that_is_too_long_is_refused_and_stays() => EventLoop.Run(TooLong(), _options);

    [Fact]
    public void A_line_as_long_as_the_limit_is_read() => EventLoop.Run(JustFits(), _options);

    [Fact]
    public void A_rest_as_long_as_the_limit_is_read() => EventLoop.Run(RestJustFits(), _options);

    [Fact]
    public void Text_that_is_not_utf8_is_refused_and_stays() => EventLoop.Run(InvalidText(), _options);

    [Fact]
    public void Protocols_can_parse_in_place() => EventLoop.Run(InPlace(), _options);

    [Fact]
    public void A_cancelled_read_of_any_kind_loses_nothing() => EventLoop.Run(CancelledReads(), _options);

    [Fact]
    public void A_second_reader_is_refused_while_the_first_waits_for_the_rest_of_a_line() => EventLoop.Run(SecondReader(), _options);

    [Fact]
    public void A_read_needs_room() => EventLoop.Run(NoRoom(), _options);

    [Fact]
    public void Streams_end_where_the_peer_ends_its_side_and_go_on_in_the_other_direction() => EventLoop.Run(HalfClose(), _options);

    [Coroutine]
    private static async Coroutine<List<string>> LinesOf(Transport transport, byte[] bytes, int size)
    {
        await using var pair = await StreamPair.Connect(transport);
        var lines = new List<string>();
        await using var group = new TaskGroup();
        group.Spawn(Send(pair.Far, bytes, size));
        await foreach (string line in pair.Near.Lines())
            lines.Add(line);
        await group.Join();
        return lines;
    }

    [Coroutine]
    private static async Coroutine Send(SocketStream stream, byte[] bytes, int size)
    {
        for (int at = 0; at < bytes.Length; at += size)
        {
            await stream.Write(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)));
            await stream.Flush();
            await Coroutine.Yield();
        }

        await stream.CompleteWrites();
    }

    [Coroutine]
    private static async Coroutine Exactly()
    {
        await using var pair = await StreamPair.Connect();
        await using var group = new TaskGroup();
        group.Spawn(Send(pair.Far, [1, 2, 3, 4, 5, 6, 7], size: 2));
        byte[] five = new byte[5];
        await pair.Near.ReadExactly(five);
        Assert.Equal([1, 2, 3, 4, 5], five);
        byte[] rest = new byte[10];
        int count = 0;
        while (await pair.Near.Read(rest.AsMemory(count)) is var read and > 0)
            count += read;
        Assert.Equal([6, 7], rest[..count]);
        Assert.Equal(0, await pair.Near.Read(rest));
        await group.Join();
    }

    [Coroutine]
    private static async Coroutine ExactlyTooMuch()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Far.Write(new byte[] { 1, 2, 3 });
        await pair.Far.CompleteWrites();
        var missing = await Refused<EndOfStreamException>(pair.Near.ReadExactly(new byte[4]));
        Assert.Equal("The stream ended after 3 of 4 bytes.", missing.Message);
        byte[] three = new byte[3];
        await pair.Near.ReadExactly(three);
        Assert.Equal([1, 2, 3], three);
    }

    [Coroutine]
    private static async Coroutine Until()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Far.Write("a;bc;d"u8.ToArray());
        await pair.Far.CompleteWrites();
        Assert.Equal("a;"u8.ToArray(), (await pair.Near.ReadUntil((byte)';')).ToArray());
        Assert.Equal("bc;"u8.ToArray(), (await pair.Near.ReadUntil((byte)';')).ToArray());
        await Refused<EndOfStreamException>(Ignored(pair.Near));
        Assert.Equal("d", await pair.Near.ReadLine());
        Assert.Null(await pair.Near.ReadLine());

        static async Coroutine Ignored(SocketStream stream) => await stream.ReadUntil((byte)';');
    }

    [Coroutine]
    private static async Coroutine TooLong()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Far.Write("0123456789\nnext\n"u8.ToArray());
        await pair.Far.Flush();
        await Refused<InvalidDataException>(Line(pair.Near, limit: 10));
        Assert.Equal("0123456789", await pair.Near.ReadLine());
        Assert.Equal("next", await pair.Near.ReadLine(limit: 5));
    }

    [Coroutine]
    private static async Coroutine JustFits()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Far.Write("0123456789\n"u8.ToArray());
        await pair.Far.Flush();
        Assert.Equal("0123456789", await pair.Near.ReadLine(limit: 11));
    }

    [Coroutine]
    private static async Coroutine RestJustFits()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Far.Write("0123456789"u8.ToArray());
        await pair.Far.CompleteWrites();
        await Refused<InvalidDataException>(Line(pair.Near, limit: 9));
        Assert.Equal("0123456789", await pair.Near.ReadLine(limit: 10));
        Assert.Null(await pair.Near.ReadLine(limit: 10));
    }

    [Coroutine]
    private static async Coroutine InvalidText()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Far.Write(new byte[] { 0x66, 0xC3, 0x0A });
        await pair.Far.Flush();
        await Refused<InvalidDataException>(Line(pair.Near, limit: 100));
        Assert.Equal([0x66, 0xC3, 0x0A], (await pair.Near.ReadUntil((byte)'\n')).ToArray());
    }

    [Coroutine]
    private static async Coroutine InPlace()
    {
        await using var pair = await StreamPair.Connect(options: new ByteStreamOptions { ReadSize = 2 });
        await using var group = new TaskGroup();
        group.Spawn(Send(pair.Far, [3, 10, 11, 12, 1, 20], size: 1));
        var frames = new List<byte[]>();
        while (frames.Count < 2)
        {
            if (pair.Near.Buffered is [var length, .. var rest] && rest.Length >= length)
            {
                frames.Add(rest[..length].ToArray());
                pair.Near.Consume(1 + length);
            }
            else
            {
                Assert.True(await pair.Near.Fill());
            }
        }

        Assert.Equal([[10, 11, 12], [20]], frames);
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Near.Consume(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Near.Consume(-1));
        Assert.False(await pair.Near.Fill());
        Assert.False(await pair.Near.Fill());
        await group.Join();
    }

    [Coroutine]
    private static async Coroutine CancelledReads()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Far.Write("half a li"u8.ToArray());
        await pair.Far.Flush();
        var moment = TimeSpan.FromMilliseconds(1);
        Assert.False((await Coroutine.MoveOnAfter(pair.Near.ReadLine(), moment)).Finished);
        Assert.False((await Coroutine.MoveOnAfter(pair.Near.ReadUntil((byte)'!'), moment)).Finished);
        Assert.False(await Coroutine.MoveOnAfter(pair.Near.ReadExactly(new byte[100]), moment));
        Assert.False((await Coroutine.MoveOnAfter(pair.Near.Fill(), moment)).Finished);
        await pair.Far.Write("ne\n"u8.ToArray());
        await pair.Far.Flush();
        Assert.Equal("half a line", await pair.Near.ReadLine());
        Assert.False((await Coroutine.MoveOnAfter(pair.Near.Read(new byte[1]), moment)).Finished);
        await pair.Far.Write("x"u8.ToArray());
        byte[] one = new byte[1];
        Assert.Equal(1, await pair.Near.Read(one));
        Assert.Equal("x"u8.ToArray(), one);
    }

    [Coroutine]
    private static async Coroutine NoRoom()
    {
        await using var pair = await StreamPair.Connect();
        await Refused<ArgumentException>(Read(pair.Near));

        static async Coroutine Read(SocketStream stream) => await stream.Read(Memory<byte>.Empty);
    }

    [Coroutine]
    private static async Coroutine SecondReader()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Far.Write("abc"u8.ToArray());
        var line = EventLoop.Current.Spawn(pair.Near.ReadLine());
        await Coroutine.UntilIdle();
        await Refused<InvalidOperationException>(Read(pair.Near));
        await pair.Far.Write("d\n"u8.ToArray());
        Assert.Equal("abcd", await line);

        static async Coroutine Read(SocketStream stream) => await stream.Read(new byte[10]);
    }

    [Coroutine]
    private static async Coroutine HalfClose()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Near.Write("question\n"u8.ToArray());
        await pair.Near.CompleteWrites();
        await pair.Near.CompleteWrites();
        Assert.Equal("question", await pair.Far.ReadLine());
        Assert.Null(await pair.Far.ReadLine());
        await pair.Far.Write("answer\n"u8.ToArray());
        await pair.Far.CompleteWrites();
        Assert.Equal("answer", await pair.Near.ReadLine());
        Assert.Null(await pair.Near.ReadLine());
        await Refused<InvalidOperationException>(pair.Near.Write(new byte[1]));
    }

    [Coroutine]
    private static async Coroutine Line(SocketStream stream, int limit) => await stream.ReadLine(limit);

    [Coroutine]
    internal static async Coroutine<T> Refused<T>(Coroutine operation)
        where T : Exception
    {
        try
        {
            await operation;
        }
        catch (T expected)
        {
            return expected;
        }

        throw new InvalidOperationException($"No {typeof(T).Name} was thrown.");
    }
}
