using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Coroutines;

/// <summary>The backend for every system: <see cref="Socket.Select(System.Collections.IList, System.Collections.IList, System.Collections.IList, int)"/> over the sockets somebody is interested in.</summary>
/// <remarks>
/// <para>Why not overlapped operations, which cost nothing while they wait: a cancelled wait must have taken nothing, and only a receive of no bytes has that property. A connection that was
/// accepted, or bytes that were sent, cannot be taken back; and completions arrive on other threads. The price is that each poll looks at every socket that is waited for. .NET's call knows no limit of 1,024: it asks
/// poll(2) on Unix, and on Windows builds sets of the size needed, up to 65,536.</para>
/// <para>Readiness is a level here, not an edge: what is ready wakes a waiter as long as it is.</para>
/// <para>Handles are looked for by socket objects of our own, as nobody tells us the user's; they own nothing and are never disposed.</para>
/// </remarks>
internal sealed class SelectReactor : DescriptorReactor
{
    private const string Unsupported = "The portable reactor has no readiness for files: it knows sockets, and on Unix pipes.";

    // The call counts microseconds in 32 bits.
    private const long LongestTicks = int.MaxValue / 1000 * TimeSpan.TicksPerMillisecond;

    private readonly WakeSocket _wake = new();
    private readonly ConditionalWeakTable<SafeHandle, Socket> _sockets = [];
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];

    // Windows reports there that an attempt to connect has failed, and Unix that nobody reads a pipe any more. For a socket on Unix it would mean urgent data, which concerns no writer.
    private readonly List<Socket> _failed = [];

    public SelectReactor(IWakeTarget target)
        : base(target)
    {
    }

    public override ReactorKind ReactorKind => ReactorKind.Portable;

    /// <inheritdoc />
    public override void Poll(long timeoutTicks)
    {
        // All are looked at anyway, and the call would throw for one that is closed.
        Table.BeginPass();
        CollectCounted(Table.Verify(int.MaxValue) ? 0 : timeoutTicks);
    }

    public override void Wake() => _wake.Signal();

    public override void Dispose() => _wake.Dispose();

    protected override void Register(Descriptor descriptor, Registration registration)
    {
        if (!descriptor.TryGetOwner(out var handle) || _sockets.TryGetValue(handle, out _))
            return;
        if (handle is SafeFileHandle)
            throw new NotSupportedException(Unsupported);
        _sockets.Add(handle, Observe(handle as SafeSocketHandle ?? new SafeSocketHandle(handle.DangerousGetHandle(), ownsHandle: false)));
    }

    protected override void Unregister(Descriptor descriptor)
    {
    }

    protected override int Collect(long timeoutTicks)
    {
        _readable.Clear();
        _writable.Clear();
        _failed.Clear();
        _readable.Add(_wake.Socket);
        foreach (var descriptor in Table.Watched)
            AddInterest(descriptor);
        try
        {
            Socket.Select(_readable, _writable, _failed, Microseconds(timeoutTicks));
        }
        catch (ObjectDisposedException)
        {
            // Another thread has closed one since all were looked at. The next poll finds it; to the loop this is an early return.
            return 0;
        }

        return Dispatch(_readable, readable: true) + Dispatch(_writable, readable: false) + Dispatch(_failed, readable: false);
    }

    /// <summary>Rounded up to a whole millisecond, the unit of the system calls below: a wait that ends early spins until its deadline.</summary>
    internal static int Microseconds(long ticks)
    {
        if (ticks < 0)
            return -1;
        long milliseconds = (Math.Min(ticks, LongestTicks) + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        return (int)milliseconds * 1000;
    }

    private static Socket Observe(SafeSocketHandle handle)
    {
        try
        {
            var socket = new Socket(handle);
            GC.SuppressFinalize(socket);
            return socket;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.NotSocket && OperatingSystem.IsWindows())
        {
            throw new NotSupportedException(Unsupported, exception);
        }
        catch (SocketException exception)
        {
            throw new ObjectDisposedException("The descriptor is not open.", exception);
        }
    }

    private void AddInterest(Descriptor descriptor)
    {
        if (!descriptor.TryGetOwner(out var handle) || !_sockets.TryGetValue(handle, out var socket))
            return;
        if (descriptor.IsInterested(ReadinessKind.Read))
            _readable.Add(socket);
        if (!descriptor.IsInterested(ReadinessKind.Write))
            return;
        _writable.Add(socket);
        if (OperatingSystem.IsWindows() || handle is not SafeSocketHandle)
            _failed.Add(socket);
    }

    private int Dispatch(List<Socket> sockets, bool readable)
    {
        foreach (var socket in sockets)
        {
            if (ReferenceEquals(socket, _wake.Socket))
                _wake.Clear();
            else if (Table.TryGet((int)socket.SafeHandle.DangerousGetHandle(), out var descriptor))
                descriptor.Notify(readable, !readable);
        }

        return sockets.Count;
    }
}
