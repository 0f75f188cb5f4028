using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>A descriptor known to us by its number only; whoever opened it closes it.</summary>
internal sealed class BorrowedDescriptor : SafeHandle
{
    public BorrowedDescriptor(int descriptor)
        : base(-1, ownsHandle: false) => SetHandle(descriptor);

    public override bool IsInvalid => handle == -1;

    protected override bool ReleaseHandle() => true;
}
