namespace Coroutines;

/// <summary>The one place that asks which operating system this is.</summary>
internal static class ReactorSelection
{
    /// <summary>The backend that <paramref name="kind"/> names.</summary>
    /// <exception cref="PlatformNotSupportedException">It does not exist on this operating system.</exception>
    public static IReactor Create(ReactorKind kind, IWakeTarget target) => Resolve(kind) switch
    {
        ReactorKind.Epoll => new EpollReactor(target),
        _ => new SelectReactor(target),
    };

    /// <summary>The socket calls that go with it.</summary>
    /// <inheritdoc cref="Create" path="exception" />
    public static SocketCalls SocketCallsFor(ReactorKind kind) => Resolve(kind) == ReactorKind.Portable ? SocketCalls.Portable : LinuxSocketCalls.Instance;

    /// <summary>What <see cref="ReactorKind.Automatic"/> stands for here.</summary>
    /// <inheritdoc cref="Create" path="exception" />
    public static ReactorKind Resolve(ReactorKind kind)
    {
        bool isLinux = OperatingSystem.IsLinux();
        if (kind == ReactorKind.Epoll && !isLinux)
            throw new PlatformNotSupportedException("Epoll exists on Linux only. Leave EventLoopOptions.Reactor as it is: ReactorKind.Automatic chooses what this system has.");
        return kind == ReactorKind.Automatic ? (isLinux ? ReactorKind.Epoll : ReactorKind.Portable) : kind;
    }
}
