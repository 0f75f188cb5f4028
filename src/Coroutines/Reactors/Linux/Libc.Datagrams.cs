using System.Runtime.InteropServices;

namespace Coroutines;

internal static unsafe partial class Libc
{
    /// <summary>For <see cref="ReceiveFrom"/>: the datagram's length is returned, not what fitted.</summary>
    public const int Truncate = 0x20;

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    public static partial nint ReceiveFrom(SafeHandle socket, byte* bytes, nint count, int flags, byte* address, int* addressLength);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(SafeHandle socket, byte* bytes, nint count, int flags, byte* address, int addressLength);
}
