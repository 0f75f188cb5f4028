using System.Net;
using System.Net.Sockets;

namespace Coroutines;

/// <summary>Takes connections: TCP, or a Unix domain socket. Belongs to one loop; loop thread only.</summary>
public sealed partial class SocketListener : IDisposable
{
    private readonly EventLoop _loop;
    private readonly Socket _socket;
    private readonly ByteStreamOptions? _options;

    private SocketListener(Socket socket, ByteStreamOptions? options)
    {
        _loop = EventLoop.Current;
        _socket = socket;
        _options = options;
    }

    /// <summary>Raised on the loop's thread when the handler of a connection in <see cref="Serve"/> has failed. Without one the exception goes to <see cref="EventLoop.UnhandledException"/>.</summary>
    public event EventHandler<LoopExceptionEventArgs>? ConnectionFailed;

    /// <summary>Where it listens, with the port that the system chose if it was asked to.</summary>
    public EndPoint LocalEndPoint => _socket.LocalEndPoint!;

    /// <summary>Begins to listen. Does not suspend.</summary>
    /// <param name="local">An address and port, 0 for one that is free, or a path (<see cref="UnixDomainSocketEndPoint"/>). <see cref="IPAddress.IPv6Any"/> takes IPv4 as well.</param>
    /// <param name="backlog">How many connections the system keeps until they are accepted; 512 unless given.</param>
    /// <param name="options">The sizes of the streams that are accepted.</param>
    /// <returns>The listener, to be disposed.</returns>
    /// <exception cref="SocketException">The address is in use, or may not be used.</exception>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public static SocketListener Listen(EndPoint local, int backlog = 512, ByteStreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(local);
        var socket = SocketStream.NewSocket(local.AddressFamily);
        try
        {
            NonBlockingSocket.Bind(socket, local);
            socket.Listen(backlog);
            return new SocketListener(socket, options);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes one connection. Suspends until there is one. Cancelled, it has taken none.</summary>
    /// <remarks>On <see cref="ReactorKind.IoUring"/> more may be taken for the next calls, see <see cref="EventLoop.Accept(Socket)"/>.</remarks>
    /// <returns>The connection, to be disposed.</returns>
    /// <exception cref="SocketException">The system refused, for example because the process has too many open files.</exception>
    /// <exception cref="ObjectDisposedException">The listener is or was disposed.</exception>
    [Coroutine]
    public async Coroutine<SocketStream> Accept() => new(await _loop.Accept(_socket), _options);

    /// <summary>
    /// Takes connections and runs <paramref name="handler"/> for each, as tasks of a group. Suspends until the listener is disposed and all handlers have ended; cancelled, it cancels them.
    /// </summary>
    /// <remarks>
    /// A connection is closed when its handler ends. One that fails ends nothing but its own connection (see <see cref="ConnectionFailed"/>). When the process has too many open files, the connections it
    /// has go on, and new ones are taken once there is room.
    /// </remarks>
    /// <param name="handler">Reads and writes; it need not dispose the stream.</param>
    /// <param name="maxConnections">How many connections there may be at once; others wait in the backlog.</param>
    [Coroutine]
    public async Coroutine Serve(Func<SocketStream, Coroutine> handler, int maxConnections = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConnections, 1);
        var room = new LoopSemaphore(_loop, maxConnections);
        await using var group = new TaskGroup();
        while (true)
        {
            await room.Acquire();
            // With a limit none is taken that has no room yet.
            var stream = await AcceptNext(mayAcceptAhead: maxConnections == int.MaxValue);
            if (stream is null)
                break;
            group.Spawn(Handle(stream, handler, room));
        }

        await group.Join();
    }

    /// <summary>Stops listening. Who waits in <see cref="Accept"/> gets <see cref="ObjectDisposedException"/>; <see cref="Serve"/> ends after its handlers. Does not suspend; loop thread only, but allowed after the end
    /// of the loop, too.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public void Dispose()
    {
        if (!_loop.IsDisposed)
            _loop.VerifyAccess();
        _loop.StopAccepting(_socket);
        // Takes the path away as well, if it is bound to one.
        _socket.Dispose();
    }

    // Null when the listener is disposed.
    [Coroutine]
    private async Coroutine<SocketStream?> AcceptNext(bool mayAcceptAhead)
    {
        while (true)
        {
            try
            {
                return new SocketStream(await _loop.Accept(_socket, mayAcceptAhead), _options);
            }
            catch (SocketException exception) when (DescriptorShortage.IsTold(exception))
            {
                // Nothing was taken: see DescriptorShortage.
            }
            catch (ObjectDisposedException)
            {
                return null;
            }

            await Coroutine.Delay(DescriptorShortage.Retry);
        }
    }

    [Coroutine]
    private async Coroutine Handle(SocketStream stream, Func<SocketStream, Coroutine> handler, LoopSemaphore room)
    {
        try
        {
            await using (stream)
                await handler(stream);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Report(exception);
        }
        finally
        {
            stream.Abort();
            room.Release();
        }
    }

    private void Report(Exception exception)
    {
        if (ConnectionFailed is not { } handlers)
        {
            _loop.ReportUnhandled(exception);
            return;
        }

        try
        {
            handlers(this, new LoopExceptionEventArgs(exception));
        }
        catch (Exception inHandler)
        {
            _loop.ReportUnhandled(inHandler);
        }
    }
}
