using System.Net;
using System.Text;
using global::EchoServer;

namespace Coroutines.Samples.Tests.EchoServer;

public partial class ReverseEchoTests
{
    [Fact]
    public void Lines_come_back_in_reverse_and_accents_stay_whole() => EventLoop.Run(Conversation("abc\r\n\ne\u0301tude ö 👍🏽!\nrest", "cba\n\n!👍🏽 ö edute\u0301\ntser\n"));

    [Fact]
    public void A_line_that_is_too_long_ends_the_connection_with_a_reason() =>
        EventLoop.Run(Conversation(new string('x', 5000), "error: More than 4096 bytes have come without the delimiter 10. Allow more with the limit argument, or close the connection.\n"));

    [Fact]
    public void A_thousand_clients_are_served_at_once() => EventLoop.Run(Crowd());

    [Coroutine]
    private static async Coroutine Conversation(string sent, string expected)
    {
        using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        var serving = EventLoop.Current.Spawn(listener.Serve(static stream => ReverseEcho.Handle(stream)));
        Assert.Equal(expected, await Ask(listener.LocalEndPoint, sent));
        listener.Dispose();
        await serving;
    }

    [Coroutine]
    private static async Coroutine Crowd()
    {
        using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, 0), backlog: 1000);
        var serving = EventLoop.Current.Spawn(listener.Serve(static stream => ReverseEcho.Handle(stream)));
        await using (var group = new TaskGroup())
        {
            for (int i = 0; i < 1000; i++)
                group.Spawn(Check(listener.LocalEndPoint));
            await group.Join();
        }

        listener.Dispose();
        await serving;
    }

    [Coroutine]
    private static async Coroutine Check(EndPoint server) => Assert.Equal("olleh\n", await Ask(server, "hello"));

    [Coroutine]
    private static async Coroutine<string> Ask(EndPoint server, string text)
    {
        await using var stream = await SocketStream.Connect(server);
        await stream.Write(Encoding.UTF8.GetBytes(text));
        await stream.CompleteWrites();
        while (await stream.Fill())
        {
        }

        return Encoding.UTF8.GetString(stream.Buffered);
    }
}
