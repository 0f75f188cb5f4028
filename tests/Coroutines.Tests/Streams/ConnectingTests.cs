using System.Net;
using System.Net.Sockets;

namespace Coroutines.Tests.Streams;

/// <summary>Connections that are not made: refused, unreachable, out of time, given up.</summary>
public abstract partial class ConnectingTests(ReactorKind reactor)
{
    private readonly EventLoopOptions _options = new() { Reactor = reactor };

    [Fact]
    public void A_refused_connection_says_so() => EventLoop.Run(Refused(), _options);

    [Fact]
    public void A_path_where_nobody_listens_says_so() => EventLoop.Run(NoPath(), _options);

    [Fact]
    public void An_unreachable_address_says_so() => EventLoop.Run(Unreachable(), _options);

    [Fact]
    public void An_attempt_that_the_system_gives_up_says_so() => EventLoop.Run(GivenUpBySystem(), _options);

    [Fact]
    public void An_attempt_ends_with_its_scope_and_leaves_nothing() => EventLoop.Run(OutOfTime(), _options);

    [Fact]
    public void A_connection_that_is_made_when_the_wait_for_it_is_given_up_is_closed()
    {
        // In each of the turns of the race for it.
        for (int turns = 0; turns < 12; turns++)
            EventLoop.Run(GivenUpAfter(turns), _options);
    }

    [Coroutine]
    private static async Coroutine Refused()
    {
        var nobody = NobodyListens();
        for (int i = 0; i < 100; i++)
        {
            var refusal = await ReadingTests.Refused<SocketException>(Connect(nobody));
            Assert.Equal(SocketError.ConnectionRefused, refusal.SocketErrorCode);
        }

        Assert.False(EventLoop.Current.Reactor.HasInterest);
    }

    [Coroutine]
    private static async Coroutine NoPath()
    {
        var refusal = await ReadingTests.Refused<SocketException>(Connect(StreamPair.EndPointOf(Transport.Unix)));
        Assert.Equal(SocketError.AddressNotAvailable, refusal.SocketErrorCode);
    }

    [Coroutine]
    private static async Coroutine Unreachable()
    {
        // The broadcast address of the loopback network: TCP reaches nobody there, on any machine.
        var refusal = await ReadingTests.Refused<SocketException>(Connect(new IPEndPoint(IPAddress.Parse("127.255.255.255"), 9)));
        Assert.Equal(SocketError.NetworkUnreachable, refusal.SocketErrorCode);
    }

    [Coroutine]
    private static async Coroutine GivenUpBySystem()
    {
        // Attempts beyond a full backlog are dropped, and repeated by the system until its own time is up: here, after the first repetition.
        const int Tcp = 6;
        const int UserTimeout = 18;
        using var full = new FullBacklog();
        using var socket = SocketStream.NewSocket(AddressFamily.InterNetwork);
        socket.SetRawSocketOption(Tcp, UserTimeout, BitConverter.GetBytes(200));
        var refusal = await ReadingTests.Refused<SocketException>(EventLoop.Current.Connect(socket, full.EndPoint));
        Assert.Equal(SocketError.TimedOut, refusal.SocketErrorCode);
    }

    [Coroutine]
    private static async Coroutine OutOfTime()
    {
        using var full = new FullBacklog();
        var attempt = await Coroutine.MoveOnAfter(SocketStream.Connect(full.EndPoint), TimeSpan.FromMilliseconds(5));
        Assert.False(attempt.Finished);
        Assert.False(EventLoop.Current.Reactor.HasInterest);
    }

    [Coroutine]
    private static async Coroutine GivenUpAfter(int turns)
    {
        using var listener = SocketStream.NewSocket(AddressFamily.InterNetwork);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var loop = EventLoop.Current;
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        var connecting = loop.Spawn(HappyEyeballs.Connect([IPAddress.Loopback, IPAddress.Parse("127.0.0.2")], port));
        for (int turn = 0; turn < turns; turn++)
            await Coroutine.Yield();
        connecting.Cancel();
        try
        {
            (await connecting).Dispose();
        }
        catch (OperationCanceledException)
        {
        }

        // Over loopback all of this has happened when the call that causes it returns.
        if (!listener.Poll(0, SelectMode.SelectRead))
            return;
        using var accepted = await loop.Accept(listener);
        Assert.True(accepted.Poll(0, SelectMode.SelectRead), $"Given up after {turns} turns, it is open still.");
    }

    [Coroutine]
    private static async Coroutine Connect(EndPoint remote) => (await SocketStream.Connect(remote)).Abort();

    private static EndPoint NobodyListens()
    {
        using var listener = SocketListener.Listen(StreamPair.EndPointOf(Transport.Tcp));
        return listener.LocalEndPoint;
    }

    /// <summary>A listener that takes no more connections.</summary>
    private sealed class FullBacklog : IDisposable
    {
        private readonly Socket _listener = SocketStream.NewSocket(AddressFamily.InterNetwork);
        private readonly List<Socket> _fill = [];

        public FullBacklog()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(0);
            // One is kept, or two; those after it stay under way.
            for (int i = 0; i < 4; i++)
            {
                var socket = SocketStream.NewSocket(AddressFamily.InterNetwork);
                _fill.Add(socket);
                socket.ConnectAsync(EndPoint).ContinueWith(static attempt => _ = attempt.Exception, TaskScheduler.Default);
            }
        }

        public EndPoint EndPoint => _listener.LocalEndPoint!;

        public void Dispose()
        {
            foreach (var socket in _fill)
                socket.Dispose();
            _listener.Dispose();
        }
    }
}
