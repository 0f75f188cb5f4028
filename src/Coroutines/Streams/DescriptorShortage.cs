using System.Net.Sockets;

namespace Coroutines;

/// <summary>Accepting without a free descriptor: the connection cannot even be refused, so the system keeps it in the backlog, and says so at every try.</summary>
internal static class DescriptorShortage
{
    /// <summary>When to try again: nothing tells that there is room.</summary>
    public static TimeSpan Retry { get; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether that is why nothing was accepted.</summary>
    public static bool IsTold(SocketException exception) => exception.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable;
}
