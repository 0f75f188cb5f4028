using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// One file descriptor number: who waits for it, what is called when it is ready, and which handle owns the number now. Loop thread only.
/// </summary>
/// <remarks>
/// <para>The kernel gives the number of a closed descriptor to the next one opened, so an entry outlives handles.
/// <see cref="Generation"/> changes with the owner and travels with every kernel event: an event of an earlier owner is recognised.</para>
/// <para>The owner is held weakly while nothing waits, so that a socket its user forgot is still closed by its finalizer. Where a request of the backend's goes on meanwhile (<see cref="IsHeld"/>), which keeps the connection
/// open, it is watched for having been closed.</para>
/// </remarks>
internal sealed class Descriptor : IWaitSource
{
    /// <summary>The place of a descriptor without interest in <see cref="DescriptorTable"/>'s list of watched ones.</summary>
    internal const int Unwatched = -1;

    private readonly DescriptorTable _table;
    private readonly WeakReference<SafeHandle?> _owner = new(null);
    private SafeHandle? _watchedHandle;
    private LoopNode? _reader;
    private LoopNode? _writer;
    private ReadinessCallback? _readCallback;
    private ReadinessCallback? _writeCallback;
    private bool _isDrained;
    private bool _mayEndShort;

    internal Descriptor(DescriptorTable table, int number)
    {
        _table = table;
        Number = number;
    }

    public int Number { get; }

    /// <summary>Distinguishes successive owners of the number.</summary>
    public uint Generation { get; private set; }

    /// <summary>What the backend was asked to report for the present owner. Written by the reactor.</summary>
    public Registration Registration { get; set; }

    internal int WatchIndex { get; set; } = Unwatched;

    public bool HasWaiters => _reader is not null || _writer is not null;

    public bool HasCallbacks => _readCallback is not null || _writeCallback is not null;

    public bool IsWatched => WatchIndex != Unwatched;

    /// <summary>Whether a request of the backend's is under way although perhaps nobody waits.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Whether the handle somebody is interested in was closed, which the kernel does not report.</summary>
    public bool IsOrphaned => _watchedHandle is { } handle ? handle.IsClosed : IsHeld && !(TryGetOwner(out var owner) && !owner.IsClosed);

    /// <summary>Whether a read is known to have nothing to take: the last one took all there was, and nothing was reported since.</summary>
    public bool IsDrained => _isDrained;

    public bool TryGetOwner([NotNullWhen(true)] out SafeHandle? owner) => _owner.TryGetTarget(out owner);

    public bool IsOwnedBy(SafeHandle handle) => _owner.TryGetTarget(out var owner) && ReferenceEquals(owner, handle);

    public bool IsWaitedFor(ReadinessKind kind) => (kind == ReadinessKind.Read ? _reader : _writer) is not null;

    /// <summary>Whether anybody is to be told that the direction is ready.</summary>
    public bool IsInterested(ReadinessKind kind) => IsWaitedFor(kind) || Callback(kind) is not null;

    public ReadinessCallback? Callback(ReadinessKind kind) => kind == ReadinessKind.Read ? _readCallback : _writeCallback;

    /// <summary>Gives the number to another handle. The interest of the former owner must be gone (see <see cref="Orphan"/>).</summary>
    public void ChangeOwner(SafeHandle handle)
    {
        _table.Observer?.OwnerLost(this);
        Generation++;
        Registration = Registration.None;
        _isDrained = false;
        _mayEndShort = false;
        _owner.SetTarget(handle);
    }

    /// <summary>A read of a byte stream returned less than it had room for, so it took all there was: epoll(7) allows that conclusion.</summary>
    /// <remarks>
    /// What arrives later is a new edge. What arrived before the last event was collected is in its flags: the end of the stream, an error,
    /// or urgent data, at which reads end short, come without an edge of their own then, and so no read is skipped any more.
    /// </remarks>
    public void NoteDrained() => _isDrained = !_mayEndShort;

    /// <summary>Reads of this stream may end short although there is more to learn from another one.</summary>
    public void NoteMayEndShort() => _mayEndShort = true;

    /// <summary>Parks <paramref name="node"/> until the direction is ready; the claim has checked that it is free.</summary>
    public void Wait(SafeHandle handle, ReadinessKind kind, LoopNode node)
    {
        if (kind == ReadinessKind.Read)
            _reader = node;
        else
            _writer = node;
        Watch(handle);
        _table.Observer?.InterestChanged(this);
    }

    /// <summary>Takes back a wait; no notification reaches <paramref name="node"/> afterwards.</summary>
    public void Abandon(LoopNode node)
    {
        if (ReferenceEquals(_reader, node))
            _reader = null;
        else if (ReferenceEquals(_writer, node))
            _writer = null;
        _table.Observer?.InterestChanged(this);
        UnwatchIfIdle();
    }

    public string Describe(LoopNode node) => $"descriptor {Number} to become {(ReferenceEquals(_reader, node) ? "readable" : "writable")}";

    public void SetCallback(SafeHandle handle, ReadinessKind kind, ReadinessCallback? callback)
    {
        ref var slot = ref kind == ReadinessKind.Read ? ref _readCallback : ref _writeCallback;
        slot?.Cancel();
        slot = callback;
        if (callback is not null)
            Watch(handle);
        else
            UnwatchIfIdle();
        _table.Observer?.InterestChanged(this);
    }

    /// <summary>A request of the backend's begins, or is over.</summary>
    public void Hold(bool isHeld)
    {
        IsHeld = isHeld;
        if (isHeld && !IsWatched)
            _table.Watch(this);
        else
            UnwatchIfIdle();
    }

    /// <summary>Wakes or queues whoever is interested in a direction that is ready.</summary>
    public void Notify(bool readable, bool writable)
    {
        if (readable)
        {
            _isDrained = false;
            _readCallback?.Queue();
            WakeWaiter(ref _reader);
        }

        if (writable)
        {
            _writeCallback?.Queue();
            WakeWaiter(ref _writer);
        }

        UnwatchIfIdle();
    }

    /// <summary>Ends all interest in a handle that was closed: waiters are woken to see it for themselves, callbacks are dropped.</summary>
    public void Orphan()
    {
        _table.Observer?.OwnerLost(this);
        Registration = Registration.None;
        _isDrained = false;
        _owner.SetTarget(null);
        _readCallback?.Cancel();
        _readCallback = null;
        _writeCallback?.Cancel();
        _writeCallback = null;
        WakeWaiter(ref _reader);
        WakeWaiter(ref _writer);
        UnwatchIfIdle();
    }

    private void WakeWaiter(ref LoopNode? waiter)
    {
        if (waiter is not { } node)
            return;
        waiter = null;
        _table.Observer?.InterestChanged(this);
        _table.Target.Signal(node);
    }

    private void Watch(SafeHandle handle)
    {
        if (_watchedHandle is null && _table.InterestCount++ == 0)
            _table.Target.EndRow();
        _watchedHandle = handle;
        if (!IsWatched)
            _table.Watch(this);
    }

    private void UnwatchIfIdle()
    {
        if (!IsWatched || HasWaiters || HasCallbacks)
            return;
        if (_watchedHandle is not null)
            _table.InterestCount--;
        _watchedHandle = null;
        if (!IsHeld)
            _table.Unwatch(this);
    }
}
