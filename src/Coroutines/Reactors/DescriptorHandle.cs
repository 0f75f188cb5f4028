using Microsoft.Win32.SafeHandles;

namespace Coroutines;

/// <summary>A file descriptor of our own: closed once, and never while a call on another thread uses it.</summary>
internal sealed class DescriptorHandle : SafeHandleMinusOneIsInvalid
{
    public DescriptorHandle(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    public int Number => (int)handle;

    // Not repeated on EINTR: Linux and macOS have released the descriptor by then, and another thread may own the number already.
    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
