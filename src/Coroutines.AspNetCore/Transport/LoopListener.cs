using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Coroutines.AspNetCore;

/// <summary>Accepts on each loop; Kestrel takes the connections from here. Any thread.</summary>
internal sealed partial class LoopListener : IConnectionListener
{
    private readonly WebLoops _loops;
    private readonly ILogger _logger;
    private readonly Socket[] _sockets;
    private readonly Channel<LoopConnection> _accepted = Channel.CreateUnbounded<LoopConnection>(new UnboundedChannelOptions { SingleReader = true });
    private Task[] _accepting = [];
    // One socket for all loops: how many connections each of them has, and whose turn it is.
    private readonly int[] _taken;
    private int _next;

    private LoopListener(Socket[] sockets, WebLoops loops, ILogger logger)
    {
        _sockets = sockets;
        _loops = loops;
        _logger = logger;
        EndPoint = sockets[0].LocalEndPoint!;
        _taken = new int[loops.Loops.Count];
    }

    public EndPoint EndPoint { get; }

    private bool HasSocketForEachLoop => _sockets.Length == _loops.Loops.Count;

    public static Task<LoopListener> Bind(EndPoint endpoint, WebLoops loops, ILogger logger)
    {
        var listener = new LoopListener(ListeningSocket.Bind(endpoint, loops.Loops.Count, loops.Options.Backlog), loops, logger);
        listener._accepting = Array.ConvertAll(listener._sockets, socket => loops.Group.Spawn(Array.IndexOf(listener._sockets, socket), () => listener.Accept(socket)));
        return Task.FromResult(listener);
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _accepted.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    /// <summary>Takes a turn of each loop, so it is not given up: a server that is disposed of without having been stopped says from the start that it has no time.</summary>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        for (int i = 0; i < _sockets.Length; i++)
        {
            if (!_loops.Loops[i].TryPostUntyped(static socket => ((Socket)socket!).Dispose(), _sockets[i]))
                _sockets[i].Dispose();
        }

        try
        {
            await Task.WhenAll(_accepting).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loops have ended.
        }

        _accepted.Writer.TryComplete();
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync().ConfigureAwait(false);
        // What was accepted after Kestrel had stopped asking.
        while (_accepted.Reader.TryRead(out var connection))
            await connection.DisposeAsync().ConfigureAwait(false);
    }

    [Coroutine]
    private async Coroutine Accept(Socket socket)
    {
        var loop = EventLoop.Current;
        var room = new LoopSemaphore((int)Math.Min((long)_loops.Options.MaxConnections * (HasSocketForEachLoop ? 1 : _loops.Loops.Count), int.MaxValue));
        while (true)
        {
            await room.Acquire();
            try
            {
                var accepted = await loop.Accept(socket);
                if (HasSocketForEachLoop)
                    Take(accepted, () => room.Release());
                else
                    Spread(accepted, loop, room);
                continue;
            }
            catch (SocketException exception) when (DescriptorShortage.IsTold(exception))
            {
                // Nothing was taken: see DescriptorShortage.
                OutOfDescriptors(_logger, exception.Message);
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            room.Release();
            await Coroutine.Delay(DescriptorShortage.Retry);
        }
    }

    // On the loop to which the connection will belong.
    private void Take(Socket accepted, Action ended)
    {
        var connection = new LoopConnection(accepted, _loops.Options, ended);
        if (!_accepted.Writer.TryWrite(connection))
            connection.Abort();
    }

    // Where the system does not, each loop that has room gets its turn. One has: there is a permit for each place.
    private void Spread(Socket accepted, EventLoop acceptor, LoopSemaphore room)
    {
        do
            _next = (_next + 1) % _taken.Length;
        while (_taken[_next] >= _loops.Options.MaxConnections);
        int place = _next;
        _taken[place]++;
        var loop = _loops.Loops[place];
        if (ReferenceEquals(loop, acceptor))
            Take(accepted, Leave);
        else
            loop.CallSoonThreadSafe(() => Take(accepted, () => acceptor.TryPost(static leave => leave(), Leave)));

        void Leave()
        {
            _taken[place]--;
            room.Release();
        }
    }

    [LoggerMessage(LogLevel.Warning, "No connection can be accepted: {Reason} Those there are go on, and new ones are taken once there is room.")]
    private static partial void OutOfDescriptors(ILogger logger, string reason);
}
