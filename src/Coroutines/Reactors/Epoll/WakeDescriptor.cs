using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>An eventfd by which other threads make a blocked poll return.</summary>
/// <remarks>
/// Registered edge-triggered, every write is an event by itself, so the counter is never read: waking costs one system call in all. It
/// would overflow after 2^64 - 2 wakes.
/// </remarks>
internal sealed unsafe class WakeDescriptor : IDisposable
{
    private readonly DescriptorHandle _handle;

    public WakeDescriptor()
    {
        int descriptor = Libc.EventFd(0, Libc.CloseOnExec | Libc.NonBlocking);
        if (descriptor < 0)
            throw Libc.Failure("eventfd", Marshal.GetLastPInvokeError());
        _handle = new DescriptorHandle(descriptor);
    }

    public int Number => _handle.Number;

    /// <summary>From any thread. Does nothing once the loop is gone: the handle makes sure that a reused number is never written to.</summary>
    public void Signal()
    {
        ulong one = 1;
        try
        {
            while (Libc.Write(_handle, &one, sizeof(ulong)) < 0 && Marshal.GetLastPInvokeError() == Libc.EIntr)
            {
            }
        }
        catch (ObjectDisposedException)
        {
        }
    }

    public void Dispose() => _handle.Dispose();
}
