using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary><c>struct kevent</c> of macOS on 64-bit machines, the only ones .NET runs on there.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct KernelEvent
{
    [FieldOffset(0)]
    public ulong Identifier;

    [FieldOffset(8)]
    public short Filter;

    [FieldOffset(10)]
    public ushort Flags;

    [FieldOffset(12)]
    public uint FilterFlags;

    [FieldOffset(16)]
    public long Data;

    [FieldOffset(24)]
    public ulong UserData;
}
