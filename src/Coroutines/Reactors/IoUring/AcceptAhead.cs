using System.Net.Sockets;

namespace Coroutines;

/// <summary>Connections that the system has accepted on a listener ahead of who accepts. Loop thread only.</summary>
/// <remarks>
/// While <see cref="IsUnderWay"/>, the kernel adds to it whatever comes, and nobody else is to accept. Otherwise who accepts takes what lies here, then accepts by itself, and when that would block it waits: then a request is
/// under way again.
/// </remarks>
internal sealed class AcceptAhead(IoUringReactor reactor, Descriptor descriptor)
{
    private readonly Queue<int> _accepted = new();

    /// <summary>Whether the next wait may take more than the one connection that it is for. Written by who waits.</summary>
    public bool IsWanted { get; set; }

    /// <summary>Whether a request may still add something. Written by the reactor.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>Whether the request was asked to end, as nobody waits. Written by the reactor.</summary>
    public bool IsEnding { get; set; }

    /// <summary>Whether the kernel has refused a request, as one of before Linux 5.19 does, or any for what is no listener. Written by the reactor.</summary>
    public bool IsImpossible { get; set; }

    /// <summary>How many connections lie here.</summary>
    public int Count => _accepted.Count;

    /// <summary>Takes the one that came first, or returns null.</summary>
    public Socket? TryTake(Socket listener)
    {
        if (!_accepted.TryDequeue(out int accepted))
            return null;
        if (_accepted.Count == 0)
            reactor.HoldIfNeeded(descriptor, this);
        return AcceptedSocket.Wrap(listener, accepted);
    }

    /// <summary>Adds a connection that the kernel has accepted.</summary>
    public void Add(int accepted) => _accepted.Enqueue(accepted);

    /// <summary>Ends the request that is under way, and closes what lies here: the listener is about to be closed.</summary>
    public void Close()
    {
        reactor.StopAhead(descriptor);
        Clear();
        reactor.HoldIfNeeded(descriptor, this);
    }

    /// <summary>Closes what lies here.</summary>
    public void Clear()
    {
        while (_accepted.TryDequeue(out int accepted))
            _ = Libc.Close(accepted);
    }
}
