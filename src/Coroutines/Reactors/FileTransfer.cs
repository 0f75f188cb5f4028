namespace Coroutines;

/// <summary>What has become of <see cref="SocketCalls.TrySendFile"/>.</summary>
internal enum FileTransfer
{
    /// <summary>Something was sent, or the file has ended.</summary>
    Sent,

    /// <summary>The socket has no room now.</summary>
    WouldBlock,

    /// <summary>The system cannot do it with this file: it is to be read, and sent from memory.</summary>
    Impossible,
}
