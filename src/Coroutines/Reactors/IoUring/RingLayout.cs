using System.Runtime.InteropServices;

namespace Coroutines;

// The structures that io_uring shares with the kernel, as in <linux/io_uring.h>: the same on every architecture.

/// <summary><c>struct io_uring_sqe</c>, as polls, receives and accepts use it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct RingSubmission
{
    [FieldOffset(0)]
    public byte Operation;

    [FieldOffset(1)]
    public byte Flags;

    [FieldOffset(2)]
    public ushort Priority;

    [FieldOffset(4)]
    public int Descriptor;

    /// <summary>For a cancellation, the <see cref="UserData"/> of what is to be removed.</summary>
    [FieldOffset(16)]
    public ulong Address;

    /// <summary>For a poll, whether it is multishot.</summary>
    [FieldOffset(24)]
    public uint Length;

    [FieldOffset(28)]
    public uint PollEvents;

    [FieldOffset(28)]
    public uint AcceptFlags;

    [FieldOffset(32)]
    public ulong UserData;

    [FieldOffset(40)]
    public ushort BufferGroup;
}

/// <summary><c>struct io_uring_cqe</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct RingCompletion
{
    [FieldOffset(0)]
    public ulong UserData;

    /// <summary>What the operation returned; a negative errno if it failed.</summary>
    [FieldOffset(8)]
    public int Result;

    [FieldOffset(12)]
    public uint Flags;
}

/// <summary><c>struct io_uring_params</c>: the two queues' places in the memory that is shared.</summary>
[StructLayout(LayoutKind.Explicit, Size = 120)]
internal struct RingParameters
{
    [FieldOffset(0)]
    public uint SubmissionEntries;

    [FieldOffset(4)]
    public uint CompletionEntries;

    [FieldOffset(8)]
    public uint Flags;

    [FieldOffset(20)]
    public uint Features;

    [FieldOffset(40)]
    public QueueOffsets Submissions;

    [FieldOffset(80)]
    public QueueOffsets Completions;

    /// <summary><c>struct io_sqring_offsets</c> and <c>io_cqring_offsets</c>, whose members differ in their last two names only.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 40)]
    public struct QueueOffsets
    {
        [FieldOffset(0)]
        public uint Head;

        [FieldOffset(4)]
        public uint Tail;

        [FieldOffset(8)]
        public uint Mask;

        [FieldOffset(12)]
        public uint Entries;

        /// <summary>Submissions: signs of the kernel's.</summary>
        [FieldOffset(16)]
        public uint Flags;

        /// <summary>Submissions: the array of their indices.</summary>
        [FieldOffset(24)]
        public uint Array;

        /// <summary>Completions: where they are.</summary>
        [FieldOffset(20)]
        public uint Items;
    }
}

/// <summary><c>struct io_uring_getevents_arg</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal unsafe struct RingWait
{
    [FieldOffset(16)]
    public ulong Timeout;
}

/// <summary><c>struct io_uring_buf</c>: a buffer that is offered.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct OfferedBuffer
{
    [FieldOffset(0)]
    public ulong Address;

    [FieldOffset(8)]
    public uint Length;

    [FieldOffset(12)]
    public ushort Number;

    /// <summary>Of the first one only: how many have been offered, which <c>struct io_uring_buf_ring</c> keeps there.</summary>
    [FieldOffset(14)]
    public ushort Tail;
}

/// <summary><c>struct io_uring_buf_reg</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal struct BufferRingRegistration
{
    [FieldOffset(0)]
    public ulong Address;

    [FieldOffset(8)]
    public uint Entries;

    [FieldOffset(12)]
    public ushort Group;
}
