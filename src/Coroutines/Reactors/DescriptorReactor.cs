using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>What all backends do in the same way: claims, callbacks, and finding handles that were closed. All but <see cref="Wake"/> belong to the loop's thread.</summary>
internal abstract class DescriptorReactor : IReactor
{
    // How many handles are looked at for having been closed (see DescriptorTable): at every poll, as many more as
    // there were new waits, so that a busy loop's passes keep up with its size; before blocking, when time is cheap; and in each slice of an
    // incomplete pass. A slice is short, so that the first blocking poll after activity ends its pass within about 16 of them.
    private const int ChecksPerPoll = 8;
    private const int ChecksBeforeBlocking = 64;
    private const int ChecksPerSlice = 1024;
    private const int SlicesPerPass = 16;
    private const long SliceTicks = 10 * TimeSpan.TicksPerMillisecond;

    private int _claimsSincePoll;

    protected DescriptorReactor(IWakeTarget target) => Table = new DescriptorTable(target);

    public abstract ReactorKind ReactorKind { get; }

    public bool HasInterest => Table.InterestCount != 0;

    /// <inheritdoc />
    public long EventCount { get; private set; }

    /// <summary>How many times the system was asked for events: tests show with it that an idle loop sleeps.</summary>
    internal long Waits { get; private set; }

    protected DescriptorTable Table { get; }

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

        if (descriptor.Registration != Registration.Waits)
            Register(descriptor, handle, Registration.Waits);
        _claimsSincePoll++;
        return descriptor;
    }

    /// <inheritdoc />
    public Descriptor? Find(SafeHandle handle) =>
        Table.TryGet((int)handle.DangerousGetHandle(), out var descriptor) && descriptor.Registration == Registration.Waits && !handle.IsClosed
        && descriptor.IsOwnedBy(handle) ? descriptor : null;

    /// <inheritdoc />
    public virtual ReceiveAhead? ReceiveAhead(SafeHandle handle) => null;

    /// <inheritdoc />
    public virtual AcceptAhead? AcceptAhead(SafeHandle listener) => null;

    /// <inheritdoc />
    public virtual AcceptAhead? FindAcceptAhead(SafeHandle listener) => null;

    /// <inheritdoc />
    public bool SetCallback(SafeHandle handle, ReadinessKind kind, ReadinessCallback? callback)
    {
        if (callback is null)
            return RemoveCallback(handle, kind);
        var descriptor = DescriptorOf(handle);
        if (descriptor.HasWaiters)
            throw new InvalidOperationException("A coroutine is waiting for this descriptor; a callback can be added once it no longer is.");

        bool replaces = descriptor.Callback(kind) is not null;
        Register(descriptor, handle, (descriptor.Registration & ~Registration.Waits) | RegistrationOf(kind));
        descriptor.SetCallback(handle, kind, callback);
        return replaces;
    }

    /// <inheritdoc />
    public virtual void Poll(long timeoutTicks)
    {
        Table.BeginPass();
        bool found = Table.Verify((timeoutTicks == 0 ? ChecksPerPoll : ChecksBeforeBlocking) + _claimsSincePoll);
        _claimsSincePoll = 0;
        if (timeoutTicks == 0 || found)
            CollectCounted(0);
        else if (Table.IsPassComplete)
            CollectCounted(timeoutTicks);
        else
            CollectWhileVerifying(timeoutTicks);
    }

    /// <inheritdoc />
    public abstract void Wake();

    public abstract void Dispose();

    /// <summary>Asks the system to report what <paramref name="registration"/> says of a descriptor, and nothing else. The handle is open meanwhile.</summary>
    /// <exception cref="NotSupportedException">There is no readiness for this kind of descriptor.</exception>
    protected abstract void Register(Descriptor descriptor, Registration registration);

    /// <summary>Asks the system to report nothing any more.</summary>
    protected abstract void Unregister(Descriptor descriptor);

    /// <summary>One question to the system and the dispatch of its answers.</summary>
    /// <param name="timeoutTicks">As in <see cref="Poll"/>.</param>
    /// <returns>How many answers there were.</returns>
    protected abstract int Collect(long timeoutTicks);

    protected bool CollectCounted(long timeoutTicks)
    {
        Waits++;
        int count = Collect(timeoutTicks);
        EventCount += count;
        return count != 0;
    }

    private static Registration RegistrationOf(ReadinessKind kind) => kind == ReadinessKind.Read ? Registration.Reader : Registration.Writer;

    private bool RemoveCallback(SafeHandle handle, ReadinessKind kind)
    {
        // A closed handle still knows its number, and the entry whether the number is still that handle's.
        if (!Table.TryGet((int)handle.DangerousGetHandle(), out var descriptor) || !descriptor.IsOwnedBy(handle)
            || descriptor.Callback(kind) is null)
            return false;
        descriptor.SetCallback(handle, kind, null);
        if (handle.IsClosed)
            return true;
        var rest = descriptor.Registration & ~RegistrationOf(kind);
        if (rest != Registration.None)
        {
            Register(descriptor, handle, rest);
            return true;
        }

        Unregister(descriptor);
        descriptor.Registration = Registration.None;
        return true;
    }

    // Many handles and no event for a while: the pass is finished in slices, then the reactor sleeps for as long as it was asked to.
    private void CollectWhileVerifying(long timeoutTicks)
    {
        // Without a limit the clock need not be read.
        long began = timeoutTicks < 0 ? 0 : Stopwatch.GetTimestamp();
        long remaining = timeoutTicks;
        int checks = Math.Max(ChecksPerSlice, Table.WatchedCount / SlicesPerPass);
        while (!Table.IsPassComplete)
        {
            if (CollectCounted(timeoutTicks < 0 ? SliceTicks : Math.Min(remaining, SliceTicks)) || Table.Verify(checks))
                return;
            if (timeoutTicks >= 0 && (remaining = timeoutTicks - Stopwatch.GetElapsedTime(began).Ticks) <= 0)
                return;
        }

        CollectCounted(remaining);
    }

    /// <summary>The entry of a handle's number. A former owner of the number that was closed loses it, and its waiters are woken.</summary>
    private Descriptor DescriptorOf(SafeHandle handle)
    {
        ObjectDisposedException.ThrowIf(handle.IsClosed, handle);
        var descriptor = Table.GetOrAdd((int)handle.DangerousGetHandle());
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

    private void Register(Descriptor descriptor, SafeHandle handle, Registration registration)
    {
        // The reference keeps another thread from closing the handle, and the system from reusing its number, during the call.
        bool referenced = false;
        try
        {
            handle.DangerousAddRef(ref referenced);
            Register(descriptor, registration);
            descriptor.Registration = registration;
        }
        finally
        {
            if (referenced)
                handle.DangerousRelease();
        }
    }
}
