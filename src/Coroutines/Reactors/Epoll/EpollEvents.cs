using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>
/// Memory for the kernel's <c>struct epoll_event</c>: 32 bits of flags, then 64 bits of data.
/// </summary>
/// <remarks>
/// The structure is packed to 12 bytes on x86-64 only, so that a 32-bit process sees the same layout; elsewhere the data is
/// aligned to 8 bytes. One assembly runs on both, so the layout is arithmetic here and not a declaration.
/// </remarks>
internal sealed unsafe class EpollEvents : IDisposable
{
    private const int PackedSize = 12;
    private const int AlignedSize = 16;

    private static readonly int s_size =
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? PackedSize : AlignedSize;

    private byte* _memory;

    public EpollEvents(int capacity)
    {
        Capacity = capacity;
        _memory = (byte*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)s_size);
    }

    public int Capacity { get; }

    public void* Pointer => _memory;

    public uint Flags(int index) => Unsafe.ReadUnaligned<uint>(_memory + (nint)index * s_size);

    public ulong Data(int index) => Unsafe.ReadUnaligned<ulong>(_memory + (nint)index * s_size + s_size - sizeof(ulong));

    public void Set(int index, uint flags, ulong data)
    {
        Unsafe.WriteUnaligned(_memory + (nint)index * s_size, flags);
        Unsafe.WriteUnaligned(_memory + (nint)index * s_size + s_size - sizeof(ulong), data);
    }

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }
}
