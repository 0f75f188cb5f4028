using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>The macOS backend. All but <see cref="Wake"/> belong to the loop's thread.</summary>
/// <remarks>
/// <para>Waits: both filters of a descriptor, edge-triggered (EV_CLEAR), from its first wait on; as with epoll, every later wait is free of system calls. A descriptor that has only one direction, as the end of a pipe, is
/// registered for that.</para>
/// <para>Callbacks: the filters of the directions that have one, level-triggered.</para>
/// <para>EV_EOF at the read filter is the end of what the peer sends, at the write filter the end of what it takes; either is news for its own direction only.</para>
/// <para>A knote belongs to descriptor and filter and goes when the descriptor is closed. One that is there is deleted before another is added, as adding does not take EV_CLEAR away.</para>
/// </remarks>
internal sealed unsafe class KqueueReactor : DescriptorReactor
{
    private const int EventCapacity = 1024;
    private const long NanosecondsPerTick = 100;

    private readonly DescriptorHandle _queue;
    private readonly KernelEvent[] _events = new KernelEvent[EventCapacity];

    public KqueueReactor(IWakeTarget target)
        : base(target)
    {
        int queue = KqueueCalls.Create();
        if (queue < 0)
            throw Libc.Failure("kqueue", Marshal.GetLastPInvokeError());
        _queue = new DescriptorHandle(queue);
        KqueueCalls.CloseInChildren(queue);
        var wake = new KernelEvent { Filter = KqueueCalls.UserFilter, Flags = KqueueCalls.Add | KqueueCalls.Clear };
        ThrowIfFailed(Change(wake));
    }

    public override ReactorKind ReactorKind => ReactorKind.Kqueue;

    public override void Wake()
    {
        try
        {
            _ = Change(new KernelEvent { Filter = KqueueCalls.UserFilter, FilterFlags = KqueueCalls.Trigger });
        }
        catch (ObjectDisposedException)
        {
        }
    }

    public override void Dispose() => _queue.Dispose();

    protected override void Register(Descriptor descriptor, Registration registration)
    {
        if (descriptor.Registration != Registration.None)
            Unregister(descriptor);
        if (registration == Registration.Waits)
        {
            int reading = Add(descriptor, KqueueCalls.ReadFilter, KqueueCalls.Clear);
            int writing = Add(descriptor, KqueueCalls.WriteFilter, KqueueCalls.Clear);
            ThrowIfFailed(reading == 0 || writing == 0 ? 0 : reading);
            return;
        }

        if ((registration & Registration.Reader) != 0)
            ThrowIfFailed(Add(descriptor, KqueueCalls.ReadFilter, 0));
        if ((registration & Registration.Writer) != 0)
            ThrowIfFailed(Add(descriptor, KqueueCalls.WriteFilter, 0));
    }

    protected override void Unregister(Descriptor descriptor)
    {
        // What is not there need not be deleted.
        _ = Change(new KernelEvent { Identifier = (uint)descriptor.Number, Filter = KqueueCalls.ReadFilter, Flags = KqueueCalls.Delete });
        _ = Change(new KernelEvent { Identifier = (uint)descriptor.Number, Filter = KqueueCalls.WriteFilter, Flags = KqueueCalls.Delete });
    }

    protected override int Collect(long timeoutTicks)
    {
        int count = Wait(timeoutTicks);
        foreach (ref readonly var happened in _events.AsSpan(0, count))
            Dispatch(happened);
        return count;
    }

    /// <summary>The exact timeout: a wait that ends early spins until its deadline.</summary>
    internal static KqueueCalls.TimeSpecification Specification(long ticks) => new()
    {
        Seconds = Math.Max(0, ticks) / TimeSpan.TicksPerSecond,
        Nanoseconds = Math.Max(0, ticks) % TimeSpan.TicksPerSecond * NanosecondsPerTick,
    };

    private int Wait(long timeoutTicks)
    {
        var timeout = Specification(timeoutTicks);
        int count;
        fixed (KernelEvent* events = _events)
            count = KqueueCalls.Exchange(_queue, null, 0, events, EventCapacity, timeoutTicks < 0 ? null : &timeout);
        if (count >= 0)
            return count;
        int errno = Marshal.GetLastPInvokeError();
        return errno == KqueueCalls.EIntr ? 0 : throw Libc.Failure("kevent", errno);
    }

    private int Add(Descriptor descriptor, short filter, ushort flags) => Change(new KernelEvent
    {
        Identifier = (uint)descriptor.Number,
        Filter = filter,
        Flags = (ushort)(KqueueCalls.Add | flags),
        UserData = ((ulong)descriptor.Generation << 32) | (uint)descriptor.Number,
    });

    /// <summary>Makes one change. Returns the errno, 0 for success.</summary>
    private int Change(KernelEvent change)
    {
        while (KqueueCalls.Exchange(_queue, &change, 1, null, 0, null) < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno != KqueueCalls.EIntr)
                return errno;
        }

        return 0;
    }

    private static void ThrowIfFailed(int errno)
    {
        switch (errno)
        {
            case 0:
                return;
            case KqueueCalls.EBadF or KqueueCalls.ENoEnt:
                throw new ObjectDisposedException(null, "The descriptor is not open.");
            case KqueueCalls.EInval:
                throw new NotSupportedException("The descriptor does not support readiness notification.");
            default:
                throw Libc.Failure("kevent", errno);
        }
    }

    private void Dispatch(in KernelEvent happened)
    {
        // The wake has no descriptor, and nothing is to be done for it.
        if (happened.Filter == KqueueCalls.UserFilter || !Table.TryGet((int)(uint)happened.UserData, out var descriptor)
            || descriptor.Generation != (uint)(happened.UserData >> 32))
            return;
        bool isReading = happened.Filter == KqueueCalls.ReadFilter;
        if (isReading && (happened.Flags & (KqueueCalls.EndOfFile | KqueueCalls.Error)) != 0)
            descriptor.NoteMayEndShort();
        descriptor.Notify(readable: isReading, writable: !isReading);
    }
}
