namespace Coroutines;

/// <summary>The one place that asks which operating system this is.</summary>
internal static class ReactorSelection
{
    /// <summary>The backend that <paramref name="kind"/> names.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="target">Where nodes go that are woken.</param>
    /// <param name="fallback">Why it is another one, if it is.</param>
    /// <exception cref="PlatformNotSupportedException">It does not exist on this operating system.</exception>
    public static IReactor Create(ReactorKind kind, IWakeTarget target, out string? fallback)
    {
        fallback = null;
        return Resolve(kind) switch
        {
            ReactorKind.Epoll => new EpollReactor(target),
            ReactorKind.IoUring => CreateIoUring(target, Ring.DefaultEntries, out fallback),
            ReactorKind.Kqueue => new KqueueReactor(target),
            _ => new SelectReactor(target),
        };
    }

    /// <summary>io_uring with a queue of <paramref name="entries"/>, or epoll.</summary>
    internal static IReactor CreateIoUring(IWakeTarget target, uint entries, out string? fallback) =>
        Ring.TryCreate(entries, out fallback) is { } ring ? new IoUringReactor(target, ring) : new EpollReactor(target);

    /// <summary>The socket calls that go with it.</summary>
    /// <inheritdoc cref="Create" path="exception" />
    public static SocketCalls SocketCallsFor(ReactorKind kind) => Resolve(kind) is ReactorKind.Epoll or ReactorKind.IoUring ? LinuxSocketCalls.Instance : SocketCalls.Portable;

    /// <summary>What <see cref="ReactorKind.Automatic"/> stands for here.</summary>
    /// <inheritdoc cref="Create" path="exception" />
    public static ReactorKind Resolve(ReactorKind kind)
    {
        var best = OperatingSystem.IsLinux() ? ReactorKind.Epoll : OperatingSystem.IsMacOS() ? ReactorKind.Kqueue : ReactorKind.Portable;
        bool exists = kind switch
        {
            ReactorKind.Epoll or ReactorKind.IoUring => OperatingSystem.IsLinux(),
            ReactorKind.Kqueue => OperatingSystem.IsMacOS(),
            _ => true,
        };
        if (!exists)
            throw new PlatformNotSupportedException($"{kind} does not exist on this system. Leave EventLoopOptions.Reactor as it is: ReactorKind.Automatic chooses {best} here.");
        return kind == ReactorKind.Automatic ? best : kind;
    }
}
