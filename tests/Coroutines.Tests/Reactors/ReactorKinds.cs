namespace Coroutines.Tests.Reactors;

/// <summary>The backends of this system.</summary>
internal static class ReactorKinds
{
    public static ReactorKind[] All { get; } = [ReactorKind.Epoll, ReactorKind.IoUring, ReactorKind.Portable];
}
