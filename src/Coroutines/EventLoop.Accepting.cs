using System.Net.Sockets;

namespace Coroutines;

// Accepting, by calls or ahead of them: see IReactor.AcceptAhead.
public sealed partial class EventLoop
{
    /// <inheritdoc cref="Accept(Socket)" />
    /// <param name="listener">A socket that listens.</param>
    /// <param name="mayAcceptAhead">Whether the system may take more connections than this one.</param>
    [Coroutine]
    internal async Coroutine<Socket> Accept(Socket listener, bool mayAcceptAhead)
    {
        Prepare(listener);
        // The system would wait for bytes instead: these are the sockets that it does not refuse at once.
        if (listener.Connected || listener.SocketType == SocketType.Dgram)
            throw new InvalidOperationException("This socket does not listen: call Listen on a stream socket that is bound, and not connected.");
        while (true)
        {
            while (IsShareUsedUp)
                await Coroutine.Yield();
            var accepted = TryAccept(listener, mayAcceptAhead);
            if (accepted is not null)
                return accepted;
            await Readable(listener);
        }
    }

    /// <summary>Ends accepting ahead on a listener, and closes what was accepted that nobody has taken: the listener is about to be closed.</summary>
    internal void StopAccepting(Socket listener) => _reactor?.FindAcceptAhead(listener.SafeHandle)?.Close();

    // Null if it is to be waited for.
    private Socket? TryAccept(Socket listener, bool mayAcceptAhead)
    {
        var handle = listener.SafeHandle;
        var ahead = Reactor.FindAcceptAhead(handle);
        if (ahead?.TryTake(listener) is { } taken)
            return taken;
        if (ahead is not { IsUnderWay: true } && SocketCalls.TryAccept(listener) is { } accepted)
            return accepted;
        if (mayAcceptAhead)
            ahead ??= Reactor.AcceptAhead(handle);
        if (ahead is not null)
            ahead.IsWanted = mayAcceptAhead;
        return null;
    }
}
