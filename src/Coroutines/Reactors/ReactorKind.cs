namespace Coroutines;

/// <summary>How a loop learns from the operating system that sockets and other descriptors are ready.</summary>
public enum ReactorKind
{
    /// <summary>What is best on this system: <see cref="Epoll"/> on Linux, <see cref="Portable"/> elsewhere.</summary>
    Automatic,

    /// <summary>Linux: edge-triggered epoll. Waiting for a descriptor again costs no system call.</summary>
    Epoll,

    /// <summary>Any system, by <see cref="System.Net.Sockets.Socket.Select(System.Collections.IList, System.Collections.IList, System.Collections.IList, TimeSpan)"/>: every poll costs time in proportion to the sockets that are waited for.</summary>
    Portable,
}
