using System.Net;
using System.Net.Sockets;
using System.Text;
using global::Chat;

namespace Coroutines.Samples.Tests.Chat;

public partial class RoomsTests
{
    [Fact]
    public void Guests_hear_those_in_their_room_and_nobody_else() => EventLoop.Run(Visit());

    [Fact]
    public void Names_are_unique_and_a_guest_without_one_is_let_go() => EventLoop.Run(Naming());

    [Fact]
    public void A_guest_who_hangs_up_has_left() => EventLoop.Run(HangUp());

    [Fact]
    public void A_guest_who_was_cut_off_takes_nobody_along() => EventLoop.Run(CutOff());

    [Coroutine]
    private static async Coroutine Visit()
    {
        using var listener = Open(out var serving);
        await using var anna = await Enter(listener.LocalEndPoint, "Anna");
        Assert.Equal("You are in lobby, with 0 others.", await anna.ReadLine());
        await using var ben = await Enter(listener.LocalEndPoint, "Ben");
        Assert.Equal("You are in lobby, with 1 others.", await ben.ReadLine());
        Assert.Equal("Ben has come in.", await anna.ReadLine());
        Say(anna, "hello");
        Assert.Equal("Anna: hello", await ben.ReadLine());
        Say(ben, "/who");
        Assert.Equal("Anna, Ben", await ben.ReadLine());
        Say(ben, "/join kitchen");
        Assert.Equal("You are in kitchen, with 0 others.", await ben.ReadLine());
        Assert.Equal("Ben has left.", await anna.ReadLine());
        Say(anna, "anybody?");
        Say(anna, "/rooms");
        Assert.Equal("kitchen (1), lobby (1)", await anna.ReadLine());
        Say(ben, "/dance");
        Assert.Equal("There is no such command.", await ben.ReadLine());
        Say(ben, "/quit");
        Assert.Equal("Good-bye.", await ben.ReadLine());
        Assert.Null(await ben.ReadLine());
        serving.Cancel();
        Assert.Equal("Good-bye.", await anna.ReadLine());
        Assert.Null(await anna.ReadLine());
    }

    [Coroutine]
    private static async Coroutine Naming()
    {
        using var listener = Open(out var serving);
        await using var first = await Enter(listener.LocalEndPoint, "Anna");
        await using var second = await SocketStream.Connect(listener.LocalEndPoint);
        Say(second, "anna");
        Assert.Equal("Your name?", await second.ReadLine());
        Assert.StartsWith("Hello anna2.", await second.ReadLine(), StringComparison.Ordinal);
        await using var third = await SocketStream.Connect(listener.LocalEndPoint);
        Say(third, "");
        Assert.Equal("Your name?", await third.ReadLine());
        Assert.Equal("Good-bye.", await third.ReadLine());
        Assert.Null(await third.ReadLine());
        await using var blank = await SocketStream.Connect(listener.LocalEndPoint);
        Say(blank, "   ");
        Assert.Equal("Your name?", await blank.ReadLine());
        Assert.Equal("Good-bye.", await blank.ReadLine());
        Assert.Null(await blank.ReadLine());
        serving.Cancel();
    }

    [Coroutine]
    private static async Coroutine HangUp()
    {
        using var listener = Open(out var serving);
        await using var anna = await Enter(listener.LocalEndPoint, "Anna");
        await using (var ben = await Enter(listener.LocalEndPoint, "Ben"))
            Assert.Equal("You are in lobby, with 1 others.", await ben.ReadLine());
        Assert.Equal("You are in lobby, with 0 others.", await anna.ReadLine());
        Assert.Equal("Ben has come in.", await anna.ReadLine());
        Assert.Equal("Ben has left.", await anna.ReadLine());
        serving.Cancel();
    }

    // What is said to him fails before his own coroutine hears of it, and what comes next was said before he went.
    [Coroutine]
    private static async Coroutine CutOff()
    {
        using var listener = Open(out var serving);
        await using var anna = await Enter(listener.LocalEndPoint, "Anna");
        await using var ben = await Enter(listener.LocalEndPoint, "Ben");
        await using var cleo = await Enter(listener.LocalEndPoint, "Cleo");
        Assert.Equal("You are in lobby, with 2 others.", await cleo.ReadLine());
        Say(ben, "one");
        await ben.Flush();
        // The next turn finds it; this coroutine is before Ben's in it.
        await Coroutine.Yield();
        Say(cleo, "two\n/who");
        await cleo.Flush();
        anna.Socket.LingerState = new LingerOption(true, 0);
        anna.Abort();
        Assert.Equal("Ben: one", await cleo.ReadLine());
        string[] rest = [await cleo.ReadLine() ?? "", await cleo.ReadLine() ?? ""];
        Assert.Contains(rest, static line => line.EndsWith("Ben, Cleo", StringComparison.Ordinal));
        serving.Cancel();
    }

    private static SocketListener Open(out CoroutineTask serving)
    {
        var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        serving = EventLoop.Current.Spawn(listener.Serve(new Rooms().Handle));
        return listener;
    }

    [Coroutine]
    private static async Coroutine<SocketStream> Enter(EndPoint server, string name)
    {
        var stream = await SocketStream.Connect(server);
        Say(stream, name);
        Assert.Equal("Your name?", await stream.ReadLine());
        Assert.StartsWith($"Hello {name}.", await stream.ReadLine(), StringComparison.Ordinal);
        return stream;
    }

    private static void Say(SocketStream stream, string text) => Encoding.UTF8.GetBytes(text + "\n", stream.Output);
}
