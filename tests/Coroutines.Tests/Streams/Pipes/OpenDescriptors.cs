using System.Globalization;

namespace Coroutines.Tests.Streams.Pipes;

/// <summary>What the system knows of this process's descriptors.</summary>
internal static class OpenDescriptors
{
    private const int NonBlocking = 0x800;

    /// <summary>How many there are, once those are closed that nobody refers to. The runtime's own, for assemblies, are not counted: it opens them when it likes.</summary>
    public static int Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Count(descriptor => descriptor.LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) == false);
    }

    public static bool IsNonBlocking(int descriptor)
    {
        string flags = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{descriptor}")).Single(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return (Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & NonBlocking) != 0;
    }
}
