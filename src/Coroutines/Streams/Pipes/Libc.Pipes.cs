using System.Runtime.InteropServices;

namespace Coroutines;

// The calls that pipes make.
internal static unsafe partial class Libc
{
    public const int NoControllingTerminal = 0x100;

    /// <summary>For <see cref="Receive"/> and <see cref="Send"/>: this call does not block, whatever the descriptor does otherwise.</summary>
    public const int DontWait = 0x40;

    public const int ENxIo = 6;
    public const int EPipe = 32;

    private const short PollIn = 1;
    private const int DuplicateWithCloseOnExec = 1030;
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private const int EmptyPath = 0x1000;
    private const uint StatxType = 1;
    private const int StatxSize = 256;
    private const int StatxModeOffset = 28;
    private const int FileTypeMask = 0xF000;

    /// <summary>What a descriptor is, as <c>st_mode</c> has it.</summary>
    public enum FileType
    {
        Pipe = 0x1000,
        CharacterDevice = 0x2000,
        Regular = 0x8000,
        Socket = 0xC000,
    }

    /// <summary>Opens a file, never waiting for the other end of a pipe. The errno, if it fails, is the last error.</summary>
    public static DescriptorHandle? OpenNonBlocking(string path, FileAccess access)
    {
        // O_RDONLY, O_WRONLY and O_RDWR are 0, 1 and 2.
        int descriptor = Open(path, (int)access - 1 | NonBlocking | CloseOnExec | NoControllingTerminal);
        return descriptor < 0 ? null : new DescriptorHandle(descriptor);
    }

    /// <summary>Makes an anonymous pipe, both ends non-blocking and not inherited by children.</summary>
    public static (DescriptorHandle Reader, DescriptorHandle Writer) CreatePipe()
    {
        int* ends = stackalloc int[2];
        if (Pipe(ends, NonBlocking | CloseOnExec) != 0)
            throw Failure("pipe2", Marshal.GetLastPInvokeError());
        return (new DescriptorHandle(ends[0]), new DescriptorHandle(ends[1]));
    }

    public static DescriptorHandle Duplicate(int descriptor)
    {
        int duplicate = Control(descriptor, DuplicateWithCloseOnExec, 0);
        return duplicate >= 0 ? new DescriptorHandle(duplicate) : throw Failure("fcntl", Marshal.GetLastPInvokeError());
    }

    public static void MakeNonBlocking(SafeHandle handle)
    {
        int flags = Control(handle, GetFlags, 0);
        if (flags < 0 || ((flags & NonBlocking) == 0 && Control(handle, SetFlags, flags | NonBlocking) < 0))
            throw Failure("fcntl", Marshal.GetLastPInvokeError());
    }

    /// <summary>What a descriptor is. By <c>statx</c>, whose structure is the same on every architecture.</summary>
    public static FileType TypeOf(SafeHandle handle)
    {
        byte* status = stackalloc byte[StatxSize];
        return Status(handle, [0], EmptyPath, StatxType, status) == 0
            ? (FileType)(*(ushort*)(status + StatxModeOffset) & FileTypeMask)
            : throw Failure("statx", Marshal.GetLastPInvokeError());
    }

    /// <summary>Whether a read has something to tell at once: bytes, the end, an error.</summary>
    public static bool IsReadable(SafeHandle handle)
    {
        bool referenced = false;
        try
        {
            handle.DangerousAddRef(ref referenced);
            var request = new PollRequest { Descriptor = (int)handle.DangerousGetHandle(), Events = PollIn };
            return Poll(&request, 1, 0) > 0;
        }
        finally
        {
            if (referenced)
                handle.DangerousRelease();
        }
    }

    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Occurred;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(PollRequest* requests, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeHandle descriptor, byte* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(SafeHandle socket, int how);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeHandle descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int Status(SafeHandle directory, ReadOnlySpan<byte> path, int flags, uint mask, byte* status);
}
