using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>One epoll descriptor and its event buffer: the system calls, with their timeouts and error codes. Loop thread only.</summary>
internal sealed unsafe class EpollInstance : IDisposable
{
    private const int EventCapacity = 1024;

    // Linux 5.11 has epoll_pwait2. Found missing once, it is not tried again.
    private static bool s_hasNanosecondTimeouts = true;

    private readonly DescriptorHandle _handle;
    private readonly EpollEvents _argument = new(1);
    private readonly bool _nanosecondTimeouts;

    /// <param name="nanosecondTimeouts">False to do without epoll_pwait2 even where it exists.</param>
    public EpollInstance(bool nanosecondTimeouts)
    {
        _nanosecondTimeouts = nanosecondTimeouts;
        int descriptor = Libc.EpollCreate(Libc.CloseOnExec);
        if (descriptor < 0)
            throw Libc.Failure("epoll_create1", Marshal.GetLastPInvokeError());
        _handle = new DescriptorHandle(descriptor);
    }

    /// <summary>What the last <see cref="Wait"/> reported.</summary>
    public EpollEvents Events { get; } = new(EventCapacity);

    /// <summary>
    /// Registers <paramref name="flags"/> for a descriptor, whether or not the kernel knows it already. An epoll registration belongs to the open file,
    /// not to the number, so what we remember about a number can be behind (it was closed and reused) and only the kernel knows.
    /// </summary>
    public void Register(int descriptor, uint flags, ulong data, bool isKnown)
    {
        int errno = Control(isKnown ? Libc.EpollCtlModify : Libc.EpollCtlAdd, descriptor, flags, data);
        if (errno == Libc.EExist)
            errno = Control(Libc.EpollCtlModify, descriptor, flags, data);
        else if (errno == Libc.ENoEnt)
            errno = Control(Libc.EpollCtlAdd, descriptor, flags, data);

        switch (errno)
        {
            case 0:
                return;
            case Libc.EPerm:
                throw new NotSupportedException(
                    "The descriptor does not support readiness notification: it is a regular file or a directory, which is always ready.");
            case Libc.EBadF:
                throw new ObjectDisposedException(null, "The descriptor is not open.");
            default:
                throw Libc.Failure("epoll_ctl", errno);
        }
    }

    /// <summary>Forgets a descriptor; one that is closed or unknown to the kernel is forgotten already.</summary>
    public void Unregister(int descriptor) => Control(Libc.EpollCtlDelete, descriptor, 0, 0);

    /// <summary>
    /// Waits for events. Units of 100 ns; -1 for ever. Returns how many there are in <see cref="Events"/>: 0 after the timeout and when a signal
    /// interrupted the wait.
    /// </summary>
    public int Wait(long timeoutTicks)
    {
        int outcome = _nanosecondTimeouts && s_hasNanosecondTimeouts ? WaitNanoseconds(timeoutTicks) : WaitMilliseconds(timeoutTicks);
        return outcome switch
        {
            >= 0 => outcome,
            -Libc.EIntr => 0,
            _ => throw Libc.Failure("epoll_wait", -outcome),
        };
    }

    public void Dispose()
    {
        _handle.Dispose();
        _argument.Dispose();
        Events.Dispose();
    }

    private int Control(int operation, int descriptor, uint flags, ulong data)
    {
        _argument.Set(0, flags, data);
        return Libc.EpollControl(_handle.Number, operation, descriptor, _argument.Pointer) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    // Both return a count, or a negative error number.
    private int WaitNanoseconds(long timeoutTicks)
    {
        var timeout = KernelTime.FromTicks(timeoutTicks);
        int outcome = TransferCalls.EpollWait(_handle.Number, Events.Pointer, EventCapacity, timeoutTicks < 0 ? null : &timeout);
        if (outcome != -Libc.ENoSys)
            return outcome;
        s_hasNanosecondTimeouts = false;
        return WaitMilliseconds(timeoutTicks);
    }

    private int WaitMilliseconds(long timeoutTicks)
    {
        int count = Libc.EpollWait(_handle.Number, Events.Pointer, EventCapacity, Milliseconds(timeoutTicks));
        return count >= 0 ? count : -Marshal.GetLastPInvokeError();
    }

    /// <summary>The timeout for a call that knows milliseconds only: rounded up, as a wait that ends early spins until its deadline.</summary>
    internal static int Milliseconds(long ticks)
    {
        if (ticks < 0)
            return -1;
        long whole = ticks / TimeSpan.TicksPerMillisecond;
        return whole >= int.MaxValue ? int.MaxValue : (int)whole + (ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
    }
}
