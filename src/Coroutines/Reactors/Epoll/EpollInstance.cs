using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>One epoll descriptor and its event buffer: the system calls, with their timeouts and error codes. Loop thread only.</summary>
internal sealed unsafe class EpollInstance : IDisposable
{
    private const int EventCapacity = 1024;
    private const long NanosecondsPerTick = 100;

    // Linux 5.11 and glibc 2.35 have epoll_pwait2. Found missing once, it is not tried again.
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
        // Without a time to wait for, the older call is the shorter one.
        int count = timeoutTicks > 0 && _nanosecondTimeouts && s_hasNanosecondTimeouts ? WaitNanoseconds(timeoutTicks) : WaitMilliseconds(timeoutTicks);
        if (count >= 0)
            return count;
        int errno = Marshal.GetLastPInvokeError();
        if (errno == Libc.EIntr)
            return 0;
        throw Libc.Failure("epoll_wait", errno);
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

    private int WaitNanoseconds(long timeoutTicks)
    {
        var timeout = Specification(timeoutTicks);
        try
        {
            int count = Libc.EpollWait(_handle.Number, Events.Pointer, EventCapacity, &timeout, null);
            if (count >= 0 || Marshal.GetLastPInvokeError() != Libc.ENoSys)
                return count;
        }
        catch (EntryPointNotFoundException)
        {
        }

        s_hasNanosecondTimeouts = false;
        return WaitMilliseconds(timeoutTicks);
    }

    private int WaitMilliseconds(long timeoutTicks) =>
        Libc.EpollWait(_handle.Number, Events.Pointer, EventCapacity, Milliseconds(timeoutTicks));

    /// <summary>The timeout for a call that knows milliseconds only: rounded up, as a wait that ends early spins until its deadline.</summary>
    internal static int Milliseconds(long ticks)
    {
        if (ticks < 0)
            return -1;
        long whole = ticks / TimeSpan.TicksPerMillisecond;
        return whole >= int.MaxValue ? int.MaxValue : (int)whole + (ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
    }

    /// <summary>The exact timeout. Where a pointer has 32 bits, one of more than 68 years is cut; a poll may return early.</summary>
    internal static Libc.TimeSpecification Specification(long ticks)
    {
        long seconds = Math.Max(0, ticks) / TimeSpan.TicksPerSecond;
        return new Libc.TimeSpecification
        {
            Seconds = (nint)Math.Min(seconds, nint.MaxValue),
            Nanoseconds = (nint)(Math.Max(0, ticks) % TimeSpan.TicksPerSecond * NanosecondsPerTick),
        };
    }
}
