using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>One system call by its number. It answers as the kernel does: a result, or a negative error number.</summary>
/// <remarks>
/// The C library's functions are points at which a thread can be cancelled, for which each does two atomic operations in a process that has threads; nobody cancels threads of .NET. And the
/// error number is asked for only if there is one. Together that is 2 % of a round trip over loopback.
/// </remarks>
internal static partial class RawCall
{
    /// <summary>Makes the call. A caller on a hot path is a method of its own, without an exception handler: where there is one, the JIT would not inline the transition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Make(nint number, nint a, nint b, nint c, nint d = 0, nint e = 0, nint f = 0) => Answer(SystemCall(number, a, b, c, d, e, f));

    /// <summary>What the kernel has said, of what a function of the C library returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Answer(nint result) => result >= 0 ? result : -Marshal.GetLastSystemError();

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);
}
