using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>A pipe whose descriptor never blocks and is watched by the reactor. Linux.</summary>
internal sealed partial class DescriptorPipe(SafeHandle handle, FileAccess access, ByteStreamOptions? options) : PipeStream(access, options)
{
    private const int ShutdownSend = 1;

    /// <summary>An inherited socket stays as it is for those who share it: single calls on it do not block.</summary>
    public bool IsSocket { get; init; }

    /// <summary>Whether there may have been no writer yet: to a read, a named pipe before its first writer looks like one after its last.</summary>
    public bool MayLackWriter { get; set; }

    [Coroutine]
    private protected override async Coroutine<int> ReceiveCore(Memory<byte> buffer)
    {
        VerifyReadable();
        while (true)
        {
            while (Loop.IsShareUsedUp)
                await Coroutine.Yield();
            if (TryRead(buffer.Span, out int received))
                return received;
            await Loop.Readable(handle);
        }
    }

    [Coroutine]
    private protected override async Coroutine<int> FillCore()
    {
        VerifyReadable();
        while (true)
        {
            while (Loop.IsShareUsedUp)
                await Coroutine.Yield();
            if (TryFill(out int received))
                return received;
            await Loop.Readable(handle);
        }
    }

    [Coroutine]
    private protected override async Coroutine SendCore(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            while (Loop.IsShareUsedUp)
                await Coroutine.Yield();
            int sent = SendNow(bytes.Span);
            if (sent == 0)
                await Loop.Writable(handle);
            bytes = bytes[sent..];
        }
    }

    private protected override unsafe int SendNow(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            nint sent;
            do
                sent = IsSocket ? Libc.Send(handle, first, bytes.Length, Libc.NoSignal | Libc.DontWait) : Libc.Write(handle, first, bytes.Length);
            while (sent < 0 && Marshal.GetLastPInvokeError() == Libc.EIntr);
            if (sent < 0)
                ThrowUnlessBlocked("Writing to a pipe");
            return (int)Math.Max(0, sent);
        }
    }

    [Coroutine]
    private protected override async Coroutine CompleteCore()
    {
        if (IsSocket)
            _ = Libc.Shutdown(handle, ShutdownSend);
        else if (!CanRead)
            handle.Dispose();
        else
            throw new NotSupportedException("This pipe is open in both directions through one descriptor: dispose it to end both.");
    }

    private protected override void CloseCore() => handle.Dispose();

    private bool TryFill(out int received)
    {
        var room = Input.Room(ReadSize).Span;
        received = 0;
        try
        {
            if (!TryRead(room, out received))
                return false;
            Input.Add(received);
            return true;
        }
        finally
        {
            if (Input.IsEmpty)
                Input.Release();
        }
    }

    private bool TryRead(Span<byte> buffer, out int received)
    {
        received = ReadNow(buffer);
        if (received == 0 && MayLackWriter)
        {
            // Hung up, or with bytes: then somebody has written since, and what the next read finds is meant.
            MayLackWriter = !Libc.IsReadable(handle);
            received = MayLackWriter ? -1 : ReadNow(buffer);
        }

        return received >= 0;
    }

    // Negative, if nothing has come yet.
    private unsafe int ReadNow(Span<byte> buffer)
    {
        fixed (byte* first = buffer)
        {
            nint count;
            do
                count = IsSocket ? Libc.Receive(handle, first, buffer.Length, Libc.DontWait) : Libc.Read(handle, first, buffer.Length);
            while (count < 0 && Marshal.GetLastPInvokeError() == Libc.EIntr);
            if (count < 0)
                ThrowUnlessBlocked("Reading from a pipe");
            return (int)count;
        }
    }

    private static void ThrowUnlessBlocked(string what)
    {
        int error = Marshal.GetLastPInvokeError();
        if (error != Libc.EAgain)
            throw Libc.Failure(what, error);
    }
}
