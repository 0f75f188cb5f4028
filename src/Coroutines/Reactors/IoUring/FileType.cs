using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>What kind of file a descriptor is: a poll says of a regular file that it is always ready, where epoll refuses it.</summary>
internal static unsafe partial class FileType
{
    // struct statx is the same on every architecture.
    private const int Size = 256;
    private const int ModeOffset = 28;
    private const int EmptyPath = 0x1000;
    private const uint TypeOnly = 1;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Directory = 0x4000;

    /// <exception cref="NotSupportedException">It is a regular file or a directory.</exception>
    /// <exception cref="ObjectDisposedException">It is not open.</exception>
    public static void RefuseRegularFile(int descriptor)
    {
        byte* answer = stackalloc byte[Size];
        byte nothing = 0;
        if (StatX(descriptor, &nothing, EmptyPath, TypeOnly, answer) != 0)
            throw new ObjectDisposedException("The descriptor is not open.", Libc.Failure("statx", Marshal.GetLastPInvokeError()));
        if ((*(ushort*)(answer + ModeOffset) & TypeMask) is Regular or Directory)
            throw new NotSupportedException("The descriptor does not support readiness notification: it is a regular file or a directory, which is always ready.");
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int StatX(int directory, byte* path, int flags, uint mask, byte* answer);
}
