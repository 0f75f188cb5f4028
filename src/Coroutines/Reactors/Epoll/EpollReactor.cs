namespace Coroutines;

/// <summary>The Linux backend. All but <see cref="Wake"/> belong to the loop's thread.</summary>
/// <remarks>
/// <para>Waits: a descriptor is registered once, edge-triggered, for both directions, at its first wait; every later wait is free of system calls. No
/// edge is lost: an operation calls first and waits only on EAGAIN, and between that answer and the wait nobody polls, as only
/// the loop's thread does; an edge that arrives in between stays queued in the kernel. Registering reports the present state as a first event.</para>
/// <para>Callbacks: registered level-triggered, for the directions that have one.</para>
/// <para>EPOLLERR and EPOLLHUP, which the kernel reports unasked, mean that neither direction would block.</para>
/// </remarks>
internal sealed class EpollReactor : DescriptorReactor
{
    private const uint EdgeFlags = Libc.EpollIn | Libc.EpollPriority | Libc.EpollOut | Libc.EpollReadHangUp | Libc.EpollEdgeTriggered;
    private const uint ReadableFlags = Libc.EpollIn | Libc.EpollPriority | Libc.EpollReadHangUp | Libc.EpollHangUp | Libc.EpollError;
    private const uint ShortReadFlags = Libc.EpollPriority | Libc.EpollReadHangUp | Libc.EpollHangUp | Libc.EpollError;
    private const uint WritableFlags = Libc.EpollOut | Libc.EpollHangUp | Libc.EpollError;

    // Never the data of a descriptor: their numbers are not negative.
    private const ulong WakeData = ulong.MaxValue;

    private readonly EpollInstance _epoll;
    private readonly WakeDescriptor _wake = new();

    public EpollReactor(IWakeTarget target, bool nanosecondTimeouts = true)
        : base(target)
    {
        _epoll = new EpollInstance(nanosecondTimeouts);
        _epoll.Register(_wake.Number, Libc.EpollIn | Libc.EpollEdgeTriggered, WakeData, isKnown: false);
    }

    public override ReactorKind ReactorKind => ReactorKind.Epoll;

    public override void Wake() => _wake.Signal();

    public override void Dispose()
    {
        _epoll.Dispose();
        _wake.Dispose();
    }

    protected override void Register(Descriptor descriptor, Registration registration)
    {
        ulong data = ((ulong)descriptor.Generation << 32) | (uint)descriptor.Number;
        _epoll.Register(descriptor.Number, Flags(registration), data, isKnown: descriptor.Registration != Registration.None);
    }

    protected override void Unregister(Descriptor descriptor) => _epoll.Unregister(descriptor.Number);

    protected override int Collect(long timeoutTicks)
    {
        int count = _epoll.Wait(timeoutTicks);
        var events = _epoll.Events;
        for (int i = 0; i < count; i++)
            Dispatch(events.Flags(i), events.Data(i));
        return count;
    }

    private static uint Flags(Registration registration) => registration == Registration.Waits
        ? EdgeFlags
        : ((registration & Registration.Reader) == 0 ? 0 : Libc.EpollIn | Libc.EpollReadHangUp) | ((registration & Registration.Writer) == 0 ? 0 : Libc.EpollOut);

    private void Dispatch(uint flags, ulong data)
    {
        if (data == WakeData || !Table.TryGet((int)(uint)data, out var descriptor))
            return;
        // Of a former owner of the number: a registration lives as long as its open file, of which a forked child may hold a copy.
        if (descriptor.Generation != (uint)(data >> 32))
            return;
        if ((flags & ShortReadFlags) != 0)
            descriptor.NoteMayEndShort();
        descriptor.Notify((flags & ReadableFlags) != 0, (flags & WritableFlags) != 0);
    }
}
