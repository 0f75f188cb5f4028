using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>The calls that every message makes, without what only others need. Each returns what the kernel does: a count, or a negative error number.</summary>
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
    public static int Receive(SafeHandle socket, byte* bytes, int count) => Transfer(socket, bytes, count, isSend: false);

    /// <summary>Sends what the system takes, if the socket is non-blocking. A closed connection is an error, not a signal that ends the process.</summary>
    /// <inheritdoc cref="Receive(SafeHandle, byte*, int)" />
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Send(SafeHandle socket, byte* bytes, int count) => Transfer(socket, bytes, count, isSend: true);

    /// <summary>Waits for events (Linux 5.11).</summary>
    /// <param name="epoll">Open during the call.</param>
    /// <param name="events">Room for <paramref name="capacity"/> events.</param>
    /// <param name="capacity">Positive.</param>
    /// <param name="timeout">Null for ever.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int EpollWait(int epoll, void* events, int capacity, KernelTime* timeout) =>
        (int)RawCall.Make(EpollWaitNumber, epoll, (nint)events, capacity, (nint)timeout, 0, SignalSetSize);

    // Of the two directions only one is left in each place where it is inlined.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Transfer(SafeHandle socket, byte* bytes, int count, bool isSend)
    {
        nint number = isSend ? s_sendNumber : s_receiveNumber;
        int flags = isSend ? Libc.NoSignal : 0;
        // The reference keeps another thread from closing the handle, and the system from reusing its number, during the call.
        bool isReferenced = false;
        socket.DangerousAddRef(ref isReferenced);
        int descriptor = (int)socket.DangerousGetHandle();
        nint result = number != 0 ? RawCall.Make(number, descriptor, (nint)bytes, count, flags)
            : RawCall.Answer(isSend ? Send(descriptor, bytes, count, flags) : Receive(descriptor, bytes, count, flags));
        socket.DangerousRelease();
        return (int)result;
    }

    private static nint Number(int onX64, int onArm64) => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => onX64,
        Architecture.Arm64 => onArm64,
        _ => 0,
    };

    [LibraryImport("libc", EntryPoint = "recv")]
    private static partial nint Receive(int socket, byte* bytes, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "send")]
    private static partial nint Send(int socket, byte* bytes, nint count, int flags);
}
