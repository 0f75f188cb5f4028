using System.Net.Sockets;

namespace Coroutines.Tests.Streams;

/// <summary>A conversation in which the peer resets the connection after each of its steps, at once or when everything it sent has been dealt with.</summary>
public abstract partial class ResetTests(ReactorKind reactor)
{
    private const int Steps = 10;
    private const int Large = 4_000_000;

    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    public static TheoryData<int, bool> Moments
    {
        get
        {
            var moments = new TheoryData<int, bool>();
            for (int step = 0; step < Steps; step++)
            {
                moments.Add(step, true);
                moments.Add(step, false);
            }

            return moments;
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void A_reset_is_an_exception_where_the_conversation_stands(int steps, bool settled) => EventLoop.Run(ResetAfter(steps, settled), _options);

    [Fact]
    public void A_conversation_that_nobody_resets_ends() => EventLoop.Run(Undisturbed(), _options);

    [Coroutine]
    private static async Coroutine ResetAfter(int steps, bool settled)
    {
        await using var pair = await StreamPair.Connect();
        var loop = EventLoop.Current;
        var conversation = loop.Spawn(Converse(pair.Near));
        for (int step = 0; step < steps; step++)
            await Act(pair.Far, step);
        if (settled)
            await Coroutine.UntilIdle();
        pair.Far.Socket.LingerState = new LingerOption(true, 0);
        pair.Far.Abort();
        string end = await conversation;
        Assert.Contains("reset", end);
        // Every later operation says so, too, or that the stream has ended; none hangs.
        await ReadingTests.Refused<SocketException>(WriteUntilRefused(pair.Near));
        await pair.Near.DisposeAsync();
        Assert.Equal(1, loop.TaskCount);
        Assert.False(loop.Reactor.HasInterest);
    }

    [Coroutine]
    private static async Coroutine Undisturbed()
    {
        await using var pair = await StreamPair.Connect();
        var conversation = EventLoop.Current.Spawn(Converse(pair.Near));
        for (int step = 0; step < Steps; step++)
            await Act(pair.Far, step);
        await pair.Far.CompleteWrites();
        Assert.Equal("ended", await conversation);
    }

    [Coroutine]
    private static async Coroutine<string> Converse(SocketStream stream)
    {
        string at = "line";
        try
        {
            Assert.Equal("hello", await stream.ReadLine());
            at = "answer";
            await stream.Write("hi\n"u8.ToArray());
            await stream.Flush();
            at = "bytes";
            await stream.ReadExactly(new byte[8]);
            at = "large write";
            await stream.Write(new byte[Large]);
            at = "complete";
            await stream.CompleteWrites();
            at = "one more byte";
            await stream.ReadExactly(new byte[1]);
            at = "end";
            return await stream.ReadLine() is null ? "ended" : "not ended";
        }
        catch (SocketException exception)
        {
            Assert.True(exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted, exception.SocketErrorCode.ToString());
            return "reset at " + at;
        }
    }

    // What the peer does in the course of the conversation.
    [Coroutine]
    private static async Coroutine Act(SocketStream stream, int step)
    {
        switch (step)
        {
            case 0:
                await SendNow(stream, "hel"u8.ToArray());
                break;
            case 1:
                await SendNow(stream, "lo\n"u8.ToArray());
                break;
            case 2:
                Assert.Equal("hi", await stream.ReadLine());
                break;
            case 3 or 4:
                await SendNow(stream, new byte[4]);
                break;
            case 5:
                await stream.ReadExactly(new byte[1_000]);
                break;
            case 6:
                await stream.ReadExactly(new byte[Large / 2]);
                break;
            case 7:
                await stream.ReadExactly(new byte[Large / 2 - 1_000]);
                break;
            case 8:
                Assert.False(await stream.Fill());
                break;
            case 9:
                await SendNow(stream, new byte[1]);
                break;
        }
    }

    [Coroutine]
    private static async Coroutine SendNow(SocketStream stream, byte[] bytes)
    {
        await stream.Write(bytes);
        await stream.Flush();
    }

    [Coroutine]
    private static async Coroutine WriteUntilRefused(SocketStream stream)
    {
        try
        {
            for (int i = 0; i < 100; i++)
            {
                await stream.Write(new byte[1]);
                await stream.Flush();
            }
        }
        catch (InvalidOperationException)
        {
            // The conversation had completed its writes already.
            throw new SocketException((int)SocketError.Shutdown);
        }
    }
}
