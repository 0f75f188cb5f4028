using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Coroutines;

// Callbacks that run in every turn in which a descriptor is ready, for descriptors that are not sockets or are driven by foreign code.
public sealed partial class EventLoop
{
    private Dictionary<int, BorrowedDescriptor>? _borrowedDescriptors;

    /// <summary>
    /// Calls <paramref name="callback"/> in every turn in which <paramref name="descriptor"/> can be read without blocking (data, end of
    /// stream, or an error), until <see cref="RemoveReader(SafeHandle)"/>. Replaces a reader set before.
    /// </summary>
    /// <remarks>
    /// Does not suspend; loop thread only. The callback must read, or remove itself: otherwise the loop calls it again and again. An exception it throws goes to
    /// <see cref="UnhandledException"/>. Remove it before closing the descriptor; a callback left behind is dropped.
    /// </remarks>
    /// <param name="descriptor">A pipe, socket, eventfd, terminal, …; not a regular file.</param>
    /// <param name="callback">Called on the loop's thread with <paramref name="state"/>.</param>
    /// <param name="state">Passed to the callback, so that it need not capture anything.</param>
    /// <exception cref="InvalidOperationException">A coroutine waits for this descriptor, or this is not the loop's thread.</exception>
    /// <exception cref="NotSupportedException">The descriptor is a regular file.</exception>
    /// <exception cref="ObjectDisposedException">The descriptor is closed.</exception>
    public void AddReader(SafeHandle descriptor, Action<object?> callback, object? state = null) =>
        AddCallback(descriptor, ReadinessKind.Read, callback, state);

    /// <inheritdoc cref="AddReader(SafeHandle, Action{object?}, object?)" />
    /// <remarks>As the other one; but whether a descriptor was closed cannot be told of its number. A callback left behind keeps the number, and whoever is given that next is refused: remove it before closing the descriptor.</remarks>
    public void AddReader(int descriptor, Action<object?> callback, object? state = null) =>
        AddCallback(Borrow(descriptor), ReadinessKind.Read, callback, state);

    /// <summary>
    /// Calls <paramref name="callback"/> in every turn in which <paramref name="descriptor"/> can be written without blocking (room, or an
    /// error), until <see cref="RemoveWriter(SafeHandle)"/>. Replaces a writer set before.
    /// </summary>
    /// <inheritdoc cref="AddReader(SafeHandle, Action{object?}, object?)" />
    public void AddWriter(SafeHandle descriptor, Action<object?> callback, object? state = null) =>
        AddCallback(descriptor, ReadinessKind.Write, callback, state);

    /// <inheritdoc cref="AddWriter(SafeHandle, Action{object?}, object?)" />
    /// <remarks>As the other one; but whether a descriptor was closed cannot be told of its number. A callback left behind keeps the number, and whoever is given that next is refused: remove it before closing the descriptor.</remarks>
    public void AddWriter(int descriptor, Action<object?> callback, object? state = null) =>
        AddCallback(Borrow(descriptor), ReadinessKind.Write, callback, state);

    /// <summary>Ends what <see cref="AddReader(SafeHandle, Action{object?}, object?)"/> began; a call that is queued already is not made. Does not suspend; loop thread only.</summary>
    /// <param name="descriptor">The same handle object.</param>
    /// <returns>Whether there was a reader.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool RemoveReader(SafeHandle descriptor) => RemoveCallback(descriptor, ReadinessKind.Read);

    /// <inheritdoc cref="RemoveReader(SafeHandle)" />
    public bool RemoveReader(int descriptor) => RemoveCallback(Borrow(descriptor), ReadinessKind.Read);

    /// <summary>Ends what <see cref="AddWriter(SafeHandle, Action{object?}, object?)"/> began; a call that is queued already is not made. Does not suspend; loop thread only.</summary>
    /// <inheritdoc cref="RemoveReader(SafeHandle)" />
    public bool RemoveWriter(SafeHandle descriptor) => RemoveCallback(descriptor, ReadinessKind.Write);

    /// <inheritdoc cref="RemoveWriter(SafeHandle)" />
    public bool RemoveWriter(int descriptor) => RemoveCallback(Borrow(descriptor), ReadinessKind.Write);

    /// <summary>Whether pipes and terminals can be waited for, too, and not only sockets. What is known of them is known of Linux.</summary>
    internal bool WatchesDescriptors => OperatingSystem.IsLinux() && _reactorKind != ReactorKind.Portable;

    /// <summary>Suspends until a receive or an accept on the socket is worth another try. Await only after one would have blocked, or would find nothing.</summary>
    internal ReadinessAwaitable Readable(Socket socket) => Readable(socket.SafeHandle);

    /// <summary>Suspends until a send or a look at a connection attempt is worth another try. Await only after one would have blocked.</summary>
    internal ReadinessAwaitable Writable(Socket socket) => Writable(socket.SafeHandle);

    /// <inheritdoc cref="Readable(Socket)" />
    internal ReadinessAwaitable Readable(SafeHandle handle) => new(this, handle, ReadinessKind.Read);

    /// <inheritdoc cref="Writable(Socket)" />
    internal ReadinessAwaitable Writable(SafeHandle handle) => new(this, handle, ReadinessKind.Write);

    /// <summary>Whether a receive is known to find nothing, so that it need not be tried.</summary>
    internal bool IsDrained(Socket socket) => _reactor?.Find(socket.SafeHandle) is { IsDrained: true };

    /// <summary>Learns from a receive that took all there was.</summary>
    internal void NoteReceived(Socket socket, int received, int room)
    {
        if (received > 0 && received < room && NonBlockingSocket.IsTcp(socket))
            _reactor?.Find(socket.SafeHandle)?.NoteDrained();
    }

    private void AddCallback(SafeHandle descriptor, ReadinessKind kind, Action<object?> callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(callback);
        VerifyAccess();
        Reactor.SetCallback(descriptor, kind, new DescriptorCallback(this, callback, state));
    }

    private bool RemoveCallback(SafeHandle descriptor, ReadinessKind kind)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        VerifyAccess();
        return Reactor.SetCallback(descriptor, kind, null);
    }

    // One object per number, so that adding and removing by number mean the same handle.
    private BorrowedDescriptor Borrow(int descriptor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(descriptor);
        VerifyAccess();
        _borrowedDescriptors ??= [];
        ref var borrowed = ref CollectionsMarshal.GetValueRefOrAddDefault(_borrowedDescriptors, descriptor, out _);
        return borrowed ??= new BorrowedDescriptor(descriptor);
    }
}
