namespace Coroutines;

/// <summary>How a loop learns from the operating system that sockets and other descriptors are ready.</summary>
public enum ReactorKind
{
    /// <summary>What is best on this system: <see cref="Epoll"/> on Linux, <see cref="Kqueue"/> on macOS, <see cref="Portable"/> elsewhere.</summary>
    Automatic,

    /// <summary>Linux: edge-triggered epoll. Waiting for a descriptor again costs no system call.</summary>
    Epoll,

    /// <summary>
    /// Linux: io_uring, where the kernel (5.11 or later) has it and allows it; otherwise epoll, and <see cref="EventLoop.ReactorFallback"/> says why. From Linux 6.1 on, what arrives for a <see cref="SocketStream"/> over TCP
    /// is received without a system call of its own, up to about 64 KiB ahead of its reader, into 4 MiB that all streams of the loop share; and connections are accepted while somebody waits for them, a whole
    /// backlog at once (see <see cref="EventLoop.Accept(System.Net.Sockets.Socket)"/>). A bare socket that is closed while a coroutine waits for it stays connected until the
    /// loop's next turn, a stream does not; close sockets on the loop's thread.
    /// </summary>
    IoUring,

    /// <summary>macOS: edge-triggered kqueue. Waiting for a descriptor again costs no system call.</summary>
    Kqueue,

    /// <summary>Any system, by <see cref="System.Net.Sockets.Socket.Select(System.Collections.IList, System.Collections.IList, System.Collections.IList, TimeSpan)"/>: every poll costs time in proportion to the sockets that are waited for.</summary>
    Portable,
}
