using System.Net;
using System.Text;
using global::RespServer;

namespace Coroutines.Samples.Tests.RespServer;

/// <summary>What needs more than one connection, or a connection that misbehaves.</summary>
public partial class SessionTests
{
    [Fact]
    public void A_pipeline_is_answered_in_order() => Run(Pipeline);

    [Fact]
    public void A_person_can_type_commands() => Run(Inline);

    [Fact]
    public void Words_that_are_typed_are_quoted_as_for_redis() => Run(Quoting);

    [Fact]
    public void What_is_quoted_in_an_error_does_not_end_its_line() => Run(LinesInErrors);

    [Fact]
    public void A_request_may_arrive_in_pieces_of_any_size() => Run(Pieces);

    [Fact]
    public void What_is_not_the_protocol_is_answered_and_the_connection_closed() => Run(NotTheProtocol);

    [Fact]
    public void One_who_waits_for_an_item_gets_the_next_and_the_longest_waiter_comes_first() => Run(BlockingPop);

    [Fact]
    public void A_wait_that_was_given_up_takes_no_item() => Run(AbandonedPop);

    [Fact]
    public void A_wait_ends_with_its_connection_and_takes_no_item() => Run(HungUpPop);

    [Fact]
    public void What_is_sent_during_a_wait_is_answered_after_it() => Run(PipelinedPop);

    [Fact]
    public void A_wait_that_is_too_long_is_refused() => Run(EndlessPop);

    [Fact]
    public void Who_does_not_read_what_is_published_is_cut_off_and_nobody_else() => Run(SlowListener);

    [Fact]
    public void Published_messages_reach_all_who_listen() => Run(PublishSubscribe);

    [Fact]
    public void A_key_goes_when_its_time_has_come() => Run(Expiry);

    [Fact]
    public void Getting_and_setting_a_key_that_exists_allocates_nothing() => Run(Allocations);

    private static void Run(Func<Func<Coroutine<SocketStream>>, Coroutine> scenario) => EventLoop.Run(WithServer(scenario));

    [Coroutine]
    private static async Coroutine WithServer(Func<Func<Coroutine<SocketStream>>, Coroutine> scenario)
    {
        using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        var serving = EventLoop.Current.Spawn(listener.Serve(new Server(EventLoop.Current).Handle));
        await scenario(() => SocketStream.Connect(listener.LocalEndPoint));
        serving.Cancel();
    }

    [Coroutine]
    private static async Coroutine Pipeline(Func<Coroutine<SocketStream>> connect)
    {
        await using var stream = await connect();
        var client = new RespClient(stream);
        const int Count = 1000;
        for (int i = 0; i < Count; i++)
            client.Send(["INCR", "n"]);
        for (int i = 1; i <= Count; i++)
            Assert.Equal($":{i}", await client.Reply());
    }

    [Coroutine]
    private static async Coroutine Inline(Func<Coroutine<SocketStream>> connect)
    {
        await using var stream = await connect();
        var client = new RespClient(stream);
        client.Text("set  greeting \"hello world\"\r\n\r\nget greeting\nECHO 'a b'\r\n");
        Assert.Equal("+OK", await client.Reply());
        Assert.Equal("\"hello world\"", await client.Reply());
        Assert.Equal("\"a b\"", await client.Reply());
    }

    [Coroutine]
    private static async Coroutine Quoting(Func<Coroutine<SocketStream>> connect)
    {
        await using var stream = await connect();
        var client = new RespClient(stream);
        foreach (var (typed, word) in new[]
        {
            ("ECHO\ta", "a"),
            ("ECHO \t a \t", "a"),
            ("ECHO \"a\\x41\\n\\\"b\"", "aA\n\"b"),
            ("ECHO \"a\\tb\\\\c\\qd\\xZZ\"", "a\tb\\cqdxZZ"),
            ("ECHO 'a\\'b\"\\n'", "a'b\"\\n"),
            ("ECHO foo\"bar baz\"", "foobar baz"),
            ("ECHO \"\"", ""),
            ("\"ECHO\" ''", ""),
        })
        {
            client.Text(typed + "\r\n");
            Assert.Equal($"\"{word}\"", await client.Reply());
        }
    }

    [Coroutine]
    private static async Coroutine LinesInErrors(Func<Coroutine<SocketStream>> connect)
    {
        await using var stream = await connect();
        var client = new RespClient(stream);
        Assert.Equal("-ERR unknown command 'no  such', with args beginning with: 'a  +OK  ' ", await client.Ask("no\r\nsuch", "a\r\n+OK\r\n"));
        Assert.Equal("+PONG", await client.Ask("PING"));
    }

    [Coroutine]
    private static async Coroutine Pieces(Func<Coroutine<SocketStream>> connect)
    {
        await using var stream = await connect();
        var client = new RespClient(stream);
        string request = "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$4\r\nx\r\ny\r\n";
        for (int size = 1; size <= request.Length; size++)
        {
            foreach (char[] piece in request.Chunk(size))
            {
                client.Text(new string(piece));
                await stream.Flush();
                await Coroutine.Yield();
            }

            Assert.Equal("+OK", await client.Reply());
        }

        Assert.Equal("\"x\r\ny\"", await client.Ask("GET", "a"));
    }

    [Coroutine]
    private static async Coroutine NotTheProtocol(Func<Coroutine<SocketStream>> connect)
    {
        foreach (var (sent, error) in new[]
        {
            ("*abc\r\n", "-ERR Protocol error: invalid multibulk length"),
            ("*1\r\n:1\r\n", "-ERR Protocol error: expected '$', got ':'"),
            ("*+1\r\n$4\r\nPING\r\n", "-ERR Protocol error: invalid multibulk length"),
            ("*01\r\n$4\r\nPING\r\n", "-ERR Protocol error: invalid multibulk length"),
            ("*1\r\n$-5\r\n", "-ERR Protocol error: invalid bulk length"),
            ("*1\r\n$-1\r\n", "-ERR Protocol error: invalid bulk length"),
            ("*1\r\n$+4\r\nPING\r\n", "-ERR Protocol error: invalid bulk length"),
            ("*1\r\n\r\n", "-ERR Protocol error: expected '$', got ' '"),
            ("ECHO \"a\"b\r\n", "-ERR Protocol error: unbalanced quotes in request"),
            ("ECHO a'b\r\n", "-ERR Protocol error: unbalanced quotes in request"),
            ("GET \"a\r\n", "-ERR Protocol error: unbalanced quotes in request"),
            (new string('x', 70_000), "-ERR Protocol error: too big inline request"),
        })
        {
            await using var stream = await connect();
            var client = new RespClient(stream);
            client.Text(sent);
            Assert.Equal(error, await client.Reply());
            Assert.False(await stream.Fill());
        }
    }

    [Coroutine]
    private static async Coroutine BlockingPop(Func<Coroutine<SocketStream>> connect)
    {
        await using var first = await connect();
        await using var second = await connect();
        await using var third = await connect();
        var (one, two, pusher) = (new RespClient(first), new RespClient(second), new RespClient(third));
        one.Send(["BLPOP", "other", "q", "0"]);
        await pusher.Ask("PING");
        await Seen(pusher, first);
        two.Send(["BLPOP", "q", "10"]);
        await Seen(pusher, second);
        Assert.Equal(":3", await pusher.Ask("RPUSH", "q", "a", "b", "c"));
        Assert.Equal("[\"q\", \"a\"]", await one.Reply());
        Assert.Equal("[\"q\", \"b\"]", await two.Reply());
        Assert.Equal("[\"c\"]", await pusher.Ask("LRANGE", "q", "0", "-1"));
        Assert.Equal("+PONG", await one.Ask("PING"));
    }

    // What was sent on one connection is read before what is sent on another one after it has left; one round trip later the server has run it.
    [Coroutine]
    private static async Coroutine Seen(RespClient other, SocketStream stream)
    {
        await stream.Flush();
        for (int i = 0; i < 3; i++)
            await other.Ask("PING");
    }

    [Coroutine]
    private static async Coroutine AbandonedPop(Func<Coroutine<SocketStream>> connect)
    {
        await using var first = await connect();
        await using var second = await connect();
        var (waiter, pusher) = (new RespClient(first), new RespClient(second));
        Assert.Equal("nil", await waiter.Ask("BLPOP", "q", "0.01"));
        Assert.Equal(":1", await pusher.Ask("LPUSH", "q", "a"));
        Assert.Equal(":1", await pusher.Ask("LLEN", "q"));
    }

    [Coroutine]
    private static async Coroutine HungUpPop(Func<Coroutine<SocketStream>> connect)
    {
        await using var second = await connect();
        var pusher = new RespClient(second);
        await using (var first = await connect())
        {
            new RespClient(first).Send(["BLPOP", "q", "0"]);
            await Seen(pusher, first);
        }

        await Seen(pusher, second);
        Assert.Equal(":1", await pusher.Ask("LPUSH", "q", "a"));
        Assert.Equal(":1", await pusher.Ask("LLEN", "q"));
    }

    [Coroutine]
    private static async Coroutine PipelinedPop(Func<Coroutine<SocketStream>> connect)
    {
        await using var first = await connect();
        await using var second = await connect();
        var (waiter, pusher) = (new RespClient(first), new RespClient(second));
        waiter.Send(["BLPOP", "q", "0"]);
        await Seen(pusher, first);
        string large = new('x', 3_000_000);
        waiter.Send(["ECHO", large]);
        waiter.Send(["PING"]);
        await pusher.Ask("PING");
        Assert.Equal(":1", await pusher.Ask("LPUSH", "q", "a"));
        Assert.Equal("[\"q\", \"a\"]", await waiter.Reply());
        Assert.Equal($"\"{large}\"", await waiter.Reply());
        Assert.Equal("+PONG", await waiter.Reply());
    }

    [Coroutine]
    private static async Coroutine EndlessPop(Func<Coroutine<SocketStream>> connect)
    {
        await using var stream = await connect();
        var client = new RespClient(stream);
        foreach (string timeout in new[] { "1e300", "9223372036854775807" })
            Assert.Equal("-ERR timeout is out of range", await client.Ask("BLPOP", "q", timeout));
        Assert.Equal("+PONG", await client.Ask("PING"));
    }

    [Coroutine]
    private static async Coroutine SlowListener(Func<Coroutine<SocketStream>> connect)
    {
        const int Small = 200;
        await using var first = await connect();
        await using var second = await connect();
        await new RespClient(first).Ask("SUBSCRIBE", "news");
        var publisher = new RespClient(second);
        string large = new('x', 16 << 20);
        for (int i = 0; i < 3; i++)
            publisher.Send(["PUBLISH", "news", large]);
        for (int i = 0; i < Small; i++)
            publisher.Send(["PUBLISH", "news", "x"]);
        // The third is more than may be unread. What follows it lies beside its end.
        for (int i = 0; i < 3; i++)
            Assert.Equal(":1", await publisher.Reply());
        for (int i = 0; i < Small; i++)
            Assert.Equal(":0", await publisher.Reply());
        Assert.Equal("+PONG", await publisher.Ask("PING"));
    }

    [Coroutine]
    private static async Coroutine PublishSubscribe(Func<Coroutine<SocketStream>> connect)
    {
        await using var first = await connect();
        await using var second = await connect();
        await using var third = await connect();
        var (one, two, publisher) = (new RespClient(first), new RespClient(second), new RespClient(third));
        Assert.Equal("[\"subscribe\", \"news\", :1]", await one.Ask("SUBSCRIBE", "news"));
        Assert.Equal("[\"subscribe\", \"news\", :1]", await two.Ask("SUBSCRIBE", "news", "more"));
        Assert.Equal("[\"subscribe\", \"more\", :2]", await two.Reply());
        Assert.Equal(":2", await publisher.Ask("PUBLISH", "news", "hello"));
        Assert.Equal("[\"message\", \"news\", \"hello\"]", await one.Reply());
        Assert.Equal("[\"message\", \"news\", \"hello\"]", await two.Reply());
        Assert.StartsWith("-ERR Can't execute 'get'", await one.Ask("GET", "a"), StringComparison.Ordinal);
        Assert.Equal("[\"pong\", \"\"]", await one.Ask("PING"));
        Assert.Equal("[\"unsubscribe\", \"news\", :0]", await one.Ask("UNSUBSCRIBE"));
        Assert.Equal("nil", await one.Ask("GET", "a"));
        await second.DisposeAsync();
        await one.Ask("PING");
        Assert.Equal(":0", await publisher.Ask("PUBLISH", "nobody", "hello"));
    }

    [Coroutine]
    private static async Coroutine Expiry(Func<Coroutine<SocketStream>> connect)
    {
        await using var stream = await connect();
        var client = new RespClient(stream);
        // In one piece: no time passes between the two.
        client.Send(["SET", "k", "v", "PX", "20"]);
        client.Send(["GET", "k"]);
        Assert.Equal("+OK", await client.Reply());
        Assert.Equal("\"v\"", await client.Reply());
        while (await client.Ask("GET", "k") != "nil")
            await Coroutine.Yield();
        Assert.Equal(":0", await client.Ask("DBSIZE"));
    }

    [Coroutine]
    private static async Coroutine Allocations(Func<Coroutine<SocketStream>> connect)
    {
        await using var stream = await connect();
        byte[] requests = Encoding.ASCII.GetBytes("*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\nvalue\r\n*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n");
        int answers = "+OK\r\n$5\r\nvalue\r\n".Length;
        await Exchange(stream, requests, answers, 1_000);
        // A collection that another thread began can take what is left of this thread's allocation area for allocated; it does so in one round, and not in the next.
        long least = long.MaxValue;
        for (int round = 0; round < 3 && least != 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            await Exchange(stream, requests, answers, 10_000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Coroutine]
    private static async Coroutine Exchange(SocketStream stream, byte[] requests, int answers, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await stream.Write(requests);
            while (stream.Buffered.Length < answers)
                Assert.True(await stream.Fill());
            stream.Consume(answers);
        }
    }
}
