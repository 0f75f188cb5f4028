using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>The Linux backend. All but <see cref="Wake"/> belong to the loop's thread.</summary>
/// <remarks>
/// <para>Waits: a descriptor is registered once, edge-triggered, for both directions, at its first wait; every later wait is free of system calls. No
/// edge is lost: an operation calls first and waits only on EAGAIN, and between that answer and the wait nobody polls, as only
/// the loop's thread does; an edge that arrives in between stays queued in the kernel. Registering reports the present state as a first event.</para>
/// <para>Callbacks: registered level-triggered, for the directions that have one.</para>
/// <para>EPOLLERR and EPOLLHUP, which the kernel reports unasked, mean that neither direction would block.</para>
/// </remarks>
internal sealed class EpollReactor : IReactor
{
    private const uint EdgeFlags = Libc.EpollIn | Libc.EpollPriority | Libc.EpollOut | Libc.EpollReadHangUp | Libc.EpollEdgeTriggered;
    private const uint ReadableFlags = Libc.EpollIn | Libc.EpollPriority | Libc.EpollReadHangUp | Libc.EpollHangUp | Libc.EpollError;
    private const uint ShortReadFlags = Libc.EpollPriority | Libc.EpollReadHangUp | Libc.EpollHangUp | Libc.EpollError;
    private const uint WritableFlags = Libc.EpollOut | Libc.EpollHangUp | Libc.EpollError;

    // Never the data of a descriptor: their numbers are not negative.
    private const ulong WakeData = ulong.MaxValue;

    // How many handles are looked at for having been closed (see DescriptorTable): at every poll, as many more as
    // there were new waits, so that a busy loop's passes keep up with its size; before blocking, when time is cheap; and in each slice of an
    // incomplete pass. A slice is short, so that the first blocking poll after activity ends its pass within about 16 of them.
    private const int ChecksPerPoll = 8;
    private const int ChecksBeforeBlocking = 64;
    private const int ChecksPerSlice = 1024;
    private const int SlicesPerPass = 16;
    private const long SliceTicks = 10 * TimeSpan.TicksPerMillisecond;

    private readonly EpollInstance _epoll;
    private readonly WakeDescriptor _wake = new();
    private readonly DescriptorTable _table;
    private int _claimsSincePoll;

    public EpollReactor(IWakeTarget target, bool nanosecondTimeouts = true)
    {
        _epoll = new EpollInstance(nanosecondTimeouts);
        _table = new DescriptorTable(target);
        _epoll.Register(_wake.Number, Libc.EpollIn | Libc.EpollEdgeTriggered, WakeData, isKnown: false);
    }

    public bool HasInterest => _table.WatchedCount != 0;

    /// <inheritdoc />
    public long EventCount { get; private set; }

    /// <summary>How many times the kernel was asked for events: tests show with it that an idle loop sleeps.</summary>
    internal long Waits { get; private set; }

    /// <inheritdoc />
    public Descriptor Claim(SafeHandle handle, ReadinessKind kind)
    {
        var descriptor = DescriptorOf(handle);
        if (descriptor.HasCallbacks)
            throw new InvalidOperationException("This descriptor has a reader or writer callback; remove it before waiting for the descriptor in a coroutine.");
        if (descriptor.IsWaitedFor(kind))
        {
            throw new InvalidOperationException(kind == ReadinessKind.Read
                ? "Another coroutine is already receiving or accepting on this socket. Only one may at a time: share the work, or take turns with a LoopLock."
                : "Another coroutine is already sending or connecting on this socket. Only one may at a time: take turns with a LoopLock.");
        }

        if (descriptor.Registration != EdgeFlags)
            Register(descriptor, handle, EdgeFlags);
        _claimsSincePoll++;
        return descriptor;
    }

    /// <inheritdoc />
    public Descriptor? Find(SafeHandle handle) =>
        _table.TryGet((int)handle.DangerousGetHandle(), out var descriptor) && descriptor.Registration == EdgeFlags && !handle.IsClosed
        && descriptor.IsOwnedBy(handle) ? descriptor : null;

    /// <inheritdoc />
    public bool SetCallback(SafeHandle handle, ReadinessKind kind, ReadinessCallback? callback)
    {
        if (callback is null)
            return RemoveCallback(handle, kind);
        var descriptor = DescriptorOf(handle);
        if (descriptor.HasWaiters)
            throw new InvalidOperationException("A coroutine is waiting for this descriptor; a callback can be added once it no longer is.");

        bool replaces = descriptor.Callback(kind) is not null;
        Register(descriptor, handle, LevelFlags(kind) | (descriptor.Callback(Other(kind)) is null ? 0 : LevelFlags(Other(kind))));
        descriptor.SetCallback(handle, kind, callback);
        return replaces;
    }

    /// <inheritdoc />
    public void Poll(long timeoutTicks)
    {
        _table.BeginPass();
        bool found = _table.Verify((timeoutTicks == 0 ? ChecksPerPoll : ChecksBeforeBlocking) + _claimsSincePoll);
        _claimsSincePoll = 0;
        if (timeoutTicks == 0 || found)
            Collect(0);
        else if (_table.IsPassComplete)
            Collect(timeoutTicks);
        else
            CollectWhileVerifying(timeoutTicks);
    }

    /// <inheritdoc />
    public void Wake() => _wake.Signal();

    public void Dispose()
    {
        _epoll.Dispose();
        _wake.Dispose();
    }

    private static uint LevelFlags(ReadinessKind kind) =>
        kind == ReadinessKind.Read ? Libc.EpollIn | Libc.EpollReadHangUp : Libc.EpollOut;

    private static ReadinessKind Other(ReadinessKind kind) =>
        kind == ReadinessKind.Read ? ReadinessKind.Write : ReadinessKind.Read;

    private bool RemoveCallback(SafeHandle handle, ReadinessKind kind)
    {
        // A closed handle still knows its number, and the entry whether the number is still that handle's.
        if (!_table.TryGet((int)handle.DangerousGetHandle(), out var descriptor) || !descriptor.IsOwnedBy(handle)
            || descriptor.Callback(kind) is null)
            return false;
        descriptor.SetCallback(handle, kind, null);
        if (handle.IsClosed)
            return true;
        if (descriptor.HasCallbacks)
            Register(descriptor, handle, LevelFlags(Other(kind)));
        else
            Unregister(descriptor);
        return true;
    }

    // Many handles and no event for a while: the pass is finished in slices, then the reactor sleeps for as long as it was asked to.
    private void CollectWhileVerifying(long timeoutTicks)
    {
        // Without a limit the clock need not be read.
        long began = timeoutTicks < 0 ? 0 : Stopwatch.GetTimestamp();
        long remaining = timeoutTicks;
        int checks = Math.Max(ChecksPerSlice, _table.WatchedCount / SlicesPerPass);
        while (!_table.IsPassComplete)
        {
            if (Collect(timeoutTicks < 0 ? SliceTicks : Math.Min(remaining, SliceTicks)) || _table.Verify(checks))
                return;
            if (timeoutTicks >= 0 && (remaining = timeoutTicks - Stopwatch.GetElapsedTime(began).Ticks) <= 0)
                return;
        }

        Collect(remaining);
    }

    /// <summary>One system call and the dispatch of its events. Returns whether there were any.</summary>
    private bool Collect(long timeoutTicks)
    {
        Waits++;
        int count = _epoll.Wait(timeoutTicks);
        EventCount += count;
        var events = _epoll.Events;
        for (int i = 0; i < count; i++)
            Dispatch(events.Flags(i), events.Data(i));
        return count != 0;
    }

    private void Dispatch(uint flags, ulong data)
    {
        if (data == WakeData || !_table.TryGet((int)(uint)data, out var descriptor))
            return;
        // Of a former owner of the number: a registration lives as long as its open file, of which a forked child may hold a copy.
        if (descriptor.Generation != (uint)(data >> 32))
            return;
        if ((flags & ShortReadFlags) != 0)
            descriptor.NoteMayEndShort();
        descriptor.Notify((flags & ReadableFlags) != 0, (flags & WritableFlags) != 0);
    }

    /// <summary>The entry of a handle's number. A former owner of the number that was closed loses it, and its waiters are woken.</summary>
    private Descriptor DescriptorOf(SafeHandle handle)
    {
        ObjectDisposedException.ThrowIf(handle.IsClosed, handle);
        var descriptor = _table.GetOrAdd((int)handle.DangerousGetHandle());
        if (descriptor.IsOwnedBy(handle))
            return descriptor;
        if (descriptor.IsWatched)
        {
            if (!descriptor.IsOrphaned)
                throw new InvalidOperationException("This descriptor is already in use through another handle object.");
            descriptor.Orphan();
        }

        descriptor.ChangeOwner(handle);
        return descriptor;
    }

    private void Register(Descriptor descriptor, SafeHandle handle, uint flags)
    {
        // The reference keeps another thread from closing the handle, and the system from reusing its number, during the call.
        bool referenced = false;
        try
        {
            handle.DangerousAddRef(ref referenced);
            ulong data = ((ulong)descriptor.Generation << 32) | (uint)descriptor.Number;
            _epoll.Register(descriptor.Number, flags, data, isKnown: descriptor.Registration != 0);
            descriptor.Registration = flags;
        }
        finally
        {
            if (referenced)
                handle.DangerousRelease();
        }
    }

    private void Unregister(Descriptor descriptor)
    {
        descriptor.Registration = 0;
        _epoll.Unregister(descriptor.Number);
    }
}
