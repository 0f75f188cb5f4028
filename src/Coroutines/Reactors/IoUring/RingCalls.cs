using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>The system calls and numbers of io_uring. The C library has no functions for them; their numbers are the same on every architecture that .NET runs on.</summary>
internal static unsafe partial class RingCalls
{
    public const byte PollAdd = 6;
    public const byte Accept = 13;
    public const byte Cancel = 14;
    public const byte Receive = 27;

    /// <summary>In <see cref="RingSubmission.Length"/>: the poll goes on after a completion.</summary>
    public const uint Multishot = 1;

    /// <summary>In <see cref="RingSubmission.Priority"/>: the accept goes on after a completion (Linux 5.19).</summary>
    public const ushort AcceptMultishot = 1;

    /// <summary>In <see cref="RingSubmission.Priority"/>: the receive goes on after a completion (Linux 6.0), and does not try before there is something.</summary>
    public const ushort ReceiveMultishot = 2 | 1;

    /// <summary>In <see cref="RingSubmission.Flags"/>: the kernel takes a buffer from those that were provided.</summary>
    public const byte SelectBuffer = 1 << 5;

    /// <summary>In <see cref="RingCompletion.Flags"/>: the upper half is the number of the buffer that was taken.</summary>
    public const uint Buffer = 1;

    public const int BufferNumberShift = 16;

    /// <summary>In <see cref="RingCompletion.Flags"/>: more completions of this submission will come.</summary>
    public const uint More = 2;

    /// <summary>The queues lie in one mapping (Linux 5.4).</summary>
    public const uint SingleMapping = 1;

    /// <summary>Completions are kept when their queue is full (5.5).</summary>
    public const uint NothingDropped = 2;

    /// <summary>Polls know all events (5.9).</summary>
    public const uint WidePolls = 1 << 6;

    /// <summary>A wait can have a timeout (5.11).</summary>
    public const uint Timeouts = 1 << 8;

    /// <summary>What the ring of <see cref="Setup"/> is to be: used by one thread, whose calls for completions do all the work, with a sign that there is some (Linux 6.1).</summary>
    public const uint OneThread = DeferredWork | WorkFlag | SingleIssuer;

    /// <summary>In the flags of the submissions' queue: completions did not fit into theirs.</summary>
    public const uint KeepsCompletions = 2;

    /// <summary>In the same flags: that, or work was deferred. A call for completions sees to it.</summary>
    public const uint NeedsCall = KeepsCompletions | 4;

    public const long CompletionQueueOffset = 0;
    public const long SubmissionsOffset = 0x10000000;

    private const int SetupNumber = 425;
    private const int EnterNumber = 426;
    private const int RegisterNumber = 427;
    private const uint WorkFlag = 1 << 9;
    private const uint SingleIssuer = 1 << 12;
    private const uint DeferredWork = 1 << 13;
    private const uint RegisterBufferRing = 22;
    private const uint GetEvents = 1;
    private const uint ExtendedArgument = 8;

    private const int ProtectReadWrite = 3;
    private const int MapSharedPopulate = 0x8001;

    /// <summary>Makes a ring. Returns its descriptor, or a negative error number.</summary>
    public static int Setup(uint entries, RingParameters* parameters) => (int)RawCall.Make(SetupNumber, (nint)entries, (nint)parameters, 0);

    /// <summary>Submits, and waits for completions if <paramref name="wait"/> is given, whose timeout may be none. Returns how many were submitted, or a negative error number.</summary>
    public static int Enter(int ring, uint toSubmit, uint minimum, RingWait* wait) =>
        (int)RawCall.Make(EnterNumber, ring, (nint)toSubmit, (nint)minimum, (nint)(GetEvents | ExtendedArgument), (nint)wait, sizeof(RingWait));

    /// <summary>Tells the kernel where a group of buffers is offered to it (Linux 5.19).</summary>
    public static bool TryRegister(int ring, BufferRingRegistration* registration) => RawCall.Make(RegisterNumber, ring, (nint)RegisterBufferRing, (nint)registration, 1) == 0;

    public static byte* Map(int ring, nuint size, long offset) => Map(null, size, ProtectReadWrite, MapSharedPopulate, ring, (nint)offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(byte* address, nuint size);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* Map(void* address, nuint size, int protection, int flags, int descriptor, nint offset);
}
