using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>The calls that every message makes, without what only others need. Each returns what the kernel does: a count, or a negative error number.</summary>
/// <remarks>
/// The C library's functions are points at which a thread can be cancelled, for which each does two atomic operations in a process that has threads; nobody cancels threads of .NET. And the
/// error number is asked for only if there is one. Together that is 2 % of a round trip over loopback. Where a caller has an exception handler, the JIT would not inline the transition, hence methods of their own.
/// </remarks>
internal static unsafe partial class TransferCalls
{
    private const int EpollWaitNumber = 441;
    private const int SignalSetSize = 8;

    // Where the number is not known, the function will do.
    private static readonly nint s_receiveNumber = Number(onX64: 45, onArm64: 207);
    private static readonly nint s_sendNumber = Number(onX64: 44, onArm64: 206);

    /// <summary>Receives what is there, if the socket is non-blocking.</summary>
    /// <exception cref="ObjectDisposedException">The handle is closed.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Receive(SafeHandle socket, byte* bytes, int count)
    {
        // The reference keeps another thread from closing the handle, and the system from reusing its number, during the call.
        bool isReferenced = false;
        socket.DangerousAddRef(ref isReferenced);
        int descriptor = (int)socket.DangerousGetHandle();
        nint result = s_receiveNumber != 0 ? SystemCall(s_receiveNumber, descriptor, bytes, count, 0, 0, 0) : Receive(descriptor, bytes, count, 0);
        result = Answer(result);
        socket.DangerousRelease();
        return (int)result;
    }

    /// <summary>Sends what the system takes, if the socket is non-blocking. A closed connection is an error, not a signal that ends the process.</summary>
    /// <inheritdoc cref="Receive(SafeHandle, byte*, int)" />
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Send(SafeHandle socket, byte* bytes, int count)
    {
        bool isReferenced = false;
        socket.DangerousAddRef(ref isReferenced);
        int descriptor = (int)socket.DangerousGetHandle();
        nint result = s_sendNumber != 0 ? SystemCall(s_sendNumber, descriptor, bytes, count, Libc.NoSignal, 0, 0) : Send(descriptor, bytes, count, Libc.NoSignal);
        result = Answer(result);
        socket.DangerousRelease();
        return (int)result;
    }

    /// <summary>Waits for events (Linux 5.11).</summary>
    /// <param name="epoll">Open during the call.</param>
    /// <param name="events">Room for <paramref name="capacity"/> events.</param>
    /// <param name="capacity">Positive.</param>
    /// <param name="timeout">Null for ever.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int EpollWait(int epoll, void* events, int capacity, KernelTime* timeout) =>
        (int)Answer(SystemCall(EpollWaitNumber, epoll, events, capacity, (nint)timeout, 0, SignalSetSize));

    private static nint Answer(nint result) => result >= 0 ? result : -Marshal.GetLastSystemError();

    private static nint Number(int onX64, int onArm64) => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => onX64,
        Architecture.Arm64 => onArm64,
        _ => 0,
    };

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint descriptor, void* bytes, nint count, nint a, nint b, nint c);

    [LibraryImport("libc", EntryPoint = "recv")]
    private static partial nint Receive(int socket, byte* bytes, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "send")]
    private static partial nint Send(int socket, byte* bytes, nint count, int flags);
}
