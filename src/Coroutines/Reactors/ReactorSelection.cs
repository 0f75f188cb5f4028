namespace Coroutines;

/// <summary>The one place that asks which operating system this is.</summary>
internal static class ReactorSelection
{
    /// <summary>The backend for this machine.</summary>
    /// <exception cref="PlatformNotSupportedException">There is none for this operating system yet.</exception>
    public static IReactor Create(IWakeTarget target) => OperatingSystem.IsLinux()
        ? new EpollReactor(target)
        : throw new PlatformNotSupportedException("Coroutines runs on Linux. The portable backend for other systems comes in a later version.");
}
