namespace Coroutines.Tests.Streams;

/// <summary>Closing a connection whose peer still sends: TCP would reset it, and take the answer away from the peer.</summary>
public abstract partial class LingeringTests(ReactorKind reactor)
{
    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    [Fact]
    public void The_answer_to_a_question_that_was_not_read_to_its_end_arrives() => EventLoop.Run(EarlyAnswer(), _options);

    [Fact]
    public void A_connection_that_was_read_to_its_end_is_closed_at_once() => EventLoop.Run(ReadToItsEnd(), _options);

    [Fact]
    public void A_peer_that_never_closes_is_not_waited_for_longer_than_a_second() =>
        EventLoop.Run(NeverClosed(), new EventLoopOptions { Reactor = reactor, Clock = new VirtualClock { AutoAdvance = false } });

    [Fact]
    public void Cancelling_ends_the_wait() => EventLoop.Run(Cancelled(), _options);

    [Coroutine]
    private static async Coroutine EarlyAnswer()
    {
        for (int i = 0; i < 20; i++)
        {
            await using var pair = await StreamPair.Connect();
            await using var group = new TaskGroup();
            group.Spawn(Refuse(pair.Far));
            // More than the system keeps, so that the server closes while this is under way.
            await pair.Near.Write(new byte[6_000_000]);
            Assert.Equal("too large", await pair.Near.ReadLine());
            Assert.Null(await pair.Near.ReadLine());
            await pair.Near.DisposeAsync();
            await group.Join();
        }
    }

    [Coroutine]
    private static async Coroutine Refuse(SocketStream stream)
    {
        await stream.ReadExactly(new byte[10]);
        stream.Output.WriteLine("too large");
        await stream.DisposeAsync();
    }

    [Coroutine]
    private static async Coroutine ReadToItsEnd()
    {
        await using var pair = await StreamPair.Connect();
        pair.Near.Output.WriteLine("question");
        Assert.Equal("question", await pair.Far.ReadLine());
        pair.Far.Output.WriteLine("answer");
        var disposing = EventLoop.Current.Spawn(pair.Far.DisposeAsync());
        await Coroutine.Yield();
        Assert.True(disposing.IsCompleted);
        Assert.Equal("answer", await pair.Near.ReadLine());
        Assert.Null(await pair.Near.ReadLine());
    }

    [Coroutine]
    private static async Coroutine NeverClosed()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Near.Write(new byte[10]);
        await pair.Near.Flush();
        var loop = EventLoop.Current;
        var disposing = loop.Spawn(pair.Far.DisposeAsync());
        await Coroutine.UntilIdle();
        Assert.Null(await pair.Near.ReadLine());
        await loop.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(disposing.IsCompleted);
        await loop.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(disposing.IsCompleted);
        Assert.True(pair.Far.Socket.SafeHandle.IsClosed);
    }

    [Coroutine]
    private static async Coroutine Cancelled()
    {
        await using var pair = await StreamPair.Connect();
        await pair.Near.Write(new byte[10]);
        await pair.Near.Flush();
        var disposing = EventLoop.Current.Spawn(pair.Far.DisposeAsync());
        await Coroutine.UntilIdle();
        Assert.False(disposing.IsCompleted);
        disposing.Cancel();
        await ReadingTests.Refused<OperationCanceledException>(Await(disposing));
        Assert.True(pair.Far.Socket.SafeHandle.IsClosed);

        static async Coroutine Await(CoroutineTask task) => await task;
    }
}
