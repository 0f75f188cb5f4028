using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>The system calls and numbers of kqueue, as in <c>&lt;sys/event.h&gt;</c> and <c>&lt;sys/errno.h&gt;</c> of macOS.</summary>
internal static unsafe partial class KqueueCalls
{
    public const short ReadFilter = -1;
    public const short WriteFilter = -2;
    public const short UserFilter = -10;

    public const ushort Add = 0x0001;
    public const ushort Delete = 0x0002;
    public const ushort Clear = 0x0020;
    public const ushort Error = 0x4000;
    public const ushort EndOfFile = 0x8000;

    /// <summary>Makes the event of a <see cref="UserFilter"/> happen.</summary>
    public const uint Trigger = 0x01000000;

    public const int ENoEnt = 2;
    public const int EIntr = 4;
    public const int EBadF = 9;
    public const int EInval = 22;

    /// <summary>For <see cref="SetDescriptorFlags"/>: closed in programs that this process becomes.</summary>
    public const int CloseOnExec = 1;

    private const int SetFlagsCommand = 2;

    /// <summary><c>struct timespec</c>.</summary>
    public struct TimeSpecification
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "kqueue", SetLastError = true)]
    public static partial int Create();

    [LibraryImport("libc", EntryPoint = "kevent", SetLastError = true)]
    public static partial int Exchange(SafeHandle queue, KernelEvent* changes, int changeCount, KernelEvent* events, int eventCount, TimeSpecification* timeout);

    /// <summary>fcntl is variadic, and macOS on ARM passes such arguments on the stack: the six that come first fill the registers.</summary>
    public static void CloseInChildren(int descriptor)
    {
        _ = RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? SetDescriptorFlagsArm64(descriptor, SetFlagsCommand, 0, 0, 0, 0, 0, 0, CloseOnExec)
            : SetDescriptorFlags(descriptor, SetFlagsCommand, CloseOnExec);
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int SetDescriptorFlags(int descriptor, int command, nint flags);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int SetDescriptorFlagsArm64(int descriptor, int command, nint unused2, nint unused3, nint unused4, nint unused5, nint unused6, nint unused7, nint flags);
}
