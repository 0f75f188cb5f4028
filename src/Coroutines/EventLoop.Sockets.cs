using System.Net;
using System.Net.Sockets;

namespace Coroutines;

// Every operation calls first and waits only when the call would block, so a socket that keeps up costs one system call
// per operation; a receive that is known to find nothing is not even tried. Nothing here throws for a call that would block: an exception costs more than the operation.
// A step that does so many operations at once that others wait for it suspends before the next one (see StepShare).
public sealed partial class EventLoop
{
    // Local (Unix domain) sockets have no event for "the listener's backlog has room again".
    private static readonly TimeSpan s_fullBacklogRetry = TimeSpan.FromMilliseconds(1);

    private StepShare _share;

    /// <summary>Whether the running step has done as much at once as it may; if not, the operation that the caller is about to try is counted.</summary>
    internal bool IsShareUsedUp => !_share.TryTake(Ready.StepNumber);

    /// <summary>
    /// Accepts one connection. Suspends until there is one; and until the next turn after many operations of the same task that did not have to wait, so that no
    /// flood of clients keeps the loop from others.
    /// </summary>
    /// <remarks>
    /// Await it on this loop; other threads may not. Cancelling it while it waits takes no connection and leaves the listener usable. The
    /// listener becomes non-blocking, and so is the accepted socket. One coroutine at a time may accept on a listener.
    /// <para>
    /// On <see cref="ReactorKind.IoUring"/> the system accepts while this waits, as many connections as are there at that moment: at most the listener's backlog. They are those of the next calls, and are closed with the listener
    /// or with the loop. While nobody waits, none are taken.
    /// </para>
    /// </remarks>
    /// <param name="listener">A socket that listens.</param>
    /// <returns>The connection, which the caller owns.</returns>
    /// <exception cref="SocketException">The system refused, for example because the process has too many open files.</exception>
    /// <exception cref="InvalidOperationException">The socket does not listen, another coroutine is accepting on it, or this is not the loop's thread.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The listener is or was disposed, perhaps while this waited. Dispose it on the loop's thread, from another one with <c>loop.CallSoonThreadSafe(listener.Dispose)</c>: the system tells nobody
    /// that a descriptor was closed, so a loop that sleeps would notice only when something else wakes it.
    /// </exception>
    [Coroutine]
    public async Coroutine<Socket> Accept(Socket listener) => await Accept(listener, mayAcceptAhead: true);

    /// <summary>
    /// Receives what has arrived, at least one byte. Suspends until there is something; and until the next turn after many operations of the same task that did not have to wait, so that no
    /// peer that always has data keeps the loop from others.
    /// </summary>
    /// <remarks>
    /// Await it on this loop; other threads may not. Cancelling it while it waits takes nothing from the socket and leaves it usable. The
    /// socket becomes non-blocking. One coroutine at a time may receive from a socket; another one may send meanwhile.
    /// </remarks>
    /// <param name="socket">A connected socket.</param>
    /// <param name="buffer">Where the bytes go. If empty, the operation waits until there is something to receive and takes nothing.</param>
    /// <returns>The number of bytes received; 0 when the peer has sent everything it will send.</returns>
    /// <exception cref="SocketException">The connection failed, for example because the peer reset it.</exception>
    /// <exception cref="InvalidOperationException">Another coroutine is receiving from this socket, or this is not the loop's thread.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The socket is or was disposed, perhaps while this waited. Dispose it on the loop's thread, from another one with <c>loop.CallSoonThreadSafe(socket.Dispose)</c>: the system tells nobody
    /// that a descriptor was closed, so a loop that sleeps would notice only when something else wakes it.
    /// </exception>
    [Coroutine]
    public async Coroutine<int> Receive(Socket socket, Memory<byte> buffer)
    {
        Prepare(socket);
        if (IsDrained(socket))
            await Readable(socket);
        while (true)
        {
            while (IsShareUsedUp)
                await Coroutine.Yield();
            if (Sockets.TryReceive(socket, buffer.Span, out int received))
            {
                NoteReceived(socket, received, buffer.Length);
                return received;
            }

            await Readable(socket);
        }
    }

    /// <summary>
    /// Sends all of <paramref name="bytes"/>. Suspends whenever the system's send buffer is full, that is as long as the peer does not keep up; and until the next turn after many
    /// operations of the same task that did not have to wait.
    /// </summary>
    /// <remarks>
    /// Await it on this loop; other threads may not. When it is cancelled while it waits, an unknown part has been sent: usually the
    /// connection is of no use then. The socket becomes non-blocking. One coroutine at a time may send on a socket.
    /// </remarks>
    /// <param name="socket">A connected socket.</param>
    /// <param name="bytes">What to send; must not change until the operation completes.</param>
    /// <exception cref="SocketException">The connection failed, for example because the peer closed it.</exception>
    /// <exception cref="InvalidOperationException">Another coroutine is sending on this socket, or this is not the loop's thread.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The socket is or was disposed, perhaps while this waited. Dispose it on the loop's thread, from another one with <c>loop.CallSoonThreadSafe(socket.Dispose)</c>: the system tells nobody
    /// that a descriptor was closed, so a loop that sleeps would notice only when something else wakes it.
    /// </exception>
    [Coroutine]
    public async Coroutine SendAll(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        Prepare(socket);
        int sent = 0;
        while (sent < bytes.Length)
        {
            while (IsShareUsedUp)
                await Coroutine.Yield();
            if (Sockets.TrySend(socket, bytes.Span[sent..], out int count))
                sent += count;
            else
                await Writable(socket);
        }
    }

    /// <summary>
    /// Connects <paramref name="socket"/>. Suspends until the connection is made or refused; and until the next turn after many operations of the same task that did not have to wait.
    /// </summary>
    /// <remarks>
    /// Await it on this loop; other threads may not. When it is cancelled while it waits, the system goes on with the attempt:
    /// dispose the socket, or call this again with the same end point to wait for the outcome. After a failure, make a new socket for another attempt: not every
    /// system can use one again. The socket becomes non-blocking. Names are not resolved, as that would block.
    /// </remarks>
    /// <param name="socket">A socket that is not connected.</param>
    /// <param name="remote">Where to; an IPv4 address also for a dual-mode IPv6 socket, or a path for a Unix domain socket.</param>
    /// <exception cref="SocketException">The connection was refused, timed out, or cannot be made.</exception>
    /// <exception cref="ArgumentException"><paramref name="remote"/> is a host name.</exception>
    /// <exception cref="InvalidOperationException">Another coroutine is connecting or sending on this socket, or this is not the loop's thread.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The socket is or was disposed, perhaps while this waited. Dispose it on the loop's thread, from another one with <c>loop.CallSoonThreadSafe(socket.Dispose)</c>: the system tells nobody
    /// that a descriptor was closed, so a loop that sleeps would notice only when something else wakes it.
    /// </exception>
    [Coroutine]
    public async Coroutine Connect(Socket socket, EndPoint remote)
    {
        Prepare(socket);
        remote = NonBlockingSocket.AddressFor(socket, remote);
        while (IsShareUsedUp)
            await Coroutine.Yield();
        if (!NonBlockingSocket.IsTcp(socket))
        {
            while (!SocketCalls.TryConnectAtOnce(socket, remote))
                await Coroutine.Delay(s_fullBacklogRetry);
            return;
        }

        bool connected = Sockets.TryConnect(socket, remote);
        while (!connected)
        {
            await Writable(socket);
            connected = Sockets.IsConnectionMade(socket, remote);
        }

        Sockets.Complete(socket, remote);
    }

    /// <summary>What every operation does first: refuses other threads, also where it would not have to wait.</summary>
    private void Prepare(Socket socket)
    {
        VerifyAccess();
        NonBlockingSocket.Prepare(socket);
    }
}
