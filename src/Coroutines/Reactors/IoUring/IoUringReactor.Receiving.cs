using System.Runtime.InteropServices;

namespace Coroutines;

// Receiving ahead of the readers of streams: one request goes on for as long as its reader keeps up, and each of its completions names a buffer that the kernel has filled. So a message costs no call to receive it,
// and no submission.
// Fact: what was received cannot be put back. So it is done for streams only, whose sockets nobody else receives from; and a read that is cancelled leaves what came.
// Fact: with local sockets the kernel (6.18) retries after a receive only if it knows of more bytes, and the end of the stream is none: what came together with data is never told. TCP has a hint for it. Decision: TCP only.
// Fact: the request holds the open file. Decision: closing the stream ends it first, by a call; a socket that was closed otherwise, or forgotten, is found as those are that somebody waits for (Descriptor.IsHeld).
// Fact: buffers are of one group, for all. Decision: a reader that does not keep up is left to its socket (MostUnread), so that the system's window closes and the sender waits; and who gets no buffer receives by itself. So
// nobody waits for a buffer, and no reader depends on another.
internal sealed partial class IoUringReactor
{
    /// <summary>From how many unread bytes of a stream on no more are received ahead of its reader. Few enough for ten thousand streams, many enough that requests that fit into a turn need no second request to the kernel.</summary>
    internal const int MostUnread = 16 * ReceiveBuffers.Size;

    /// <summary>The buffers, once a stream has waited.</summary>
    internal ReceiveBuffers? Buffers => _buffers;

    /// <summary>How many buffers there are to be, 0 where there can be none.</summary>
    private int _bufferCount;
    private ReceiveBuffers? _buffers;

    public override ReceiveAhead? ReceiveAhead(SafeHandle handle)
    {
        FollowThread();
        if (_buffers is null && _bufferCount > 0)
            MakeBuffers();
        if (_bufferCount == 0)
            return null;
        var descriptor = Claim(handle, ReadinessKind.Read);
        return RequestsOf(descriptor.Number).Ahead ??= new ReceiveAhead(this, descriptor, _buffers!);
    }

    private void MakeBuffers()
    {
        _buffers = new ReceiveBuffers(_bufferCount);
        if (_buffers.TryMoveTo(_ring))
            return;
        _buffers.Dispose();
        _bufferCount = 0;
    }

    /// <summary>Whether reading from the descriptor is, or is now, a matter of receiving ahead and not of a poll.</summary>
    private bool TryReceive(Descriptor descriptor, ref Requests requests)
    {
        if (requests.Ahead is not { } ahead)
            return false;
        if (ahead.IsUnderWay)
            return true;
        // Without a buffer the request would end at once. A poll it is then: whoever waits receives by itself.
        if (requests.Read != 0 || !descriptor.IsWaitedFor(ReadinessKind.Read) || _bufferCount == 0 || !_buffers!.HasOffers)
            return false;
        requests.Read = NextRequest();
        ref var receive = ref _ring.Add();
        receive.Operation = RingCalls.Receive;
        receive.Flags = RingCalls.SelectBuffer;
        receive.Priority = RingCalls.ReceiveMultishot;
        receive.Descriptor = descriptor.Number;
        receive.UserData = DataOf(requests.Read, (uint)descriptor.Number);
        ahead.IsUnderWay = true;
        descriptor.Hold(true);
        return true;
    }

    private void Received(in RingCompletion completion, Descriptor descriptor, ref Requests requests, ReceiveAhead ahead)
    {
        if (completion.Result > 0)
            ahead.Add((int)(completion.Flags >> RingCalls.BufferNumberShift), completion.Result);
        else
            OfferUnused(completion);
        bool goesOn = (completion.Flags & RingCalls.More) != 0;
        if (goesOn && ahead.Length > MostUnread && !ahead.IsEnding)
        {
            ahead.IsEnding = true;
            Cancel(completion.UserData);
        }

        if (!goesOn)
        {
            requests.Read = 0;
            EndReceive(descriptor, ref requests);
            InterestChanged(descriptor);
            if (completion.Result == -Libc.ECanceled)
                return;
            NoteOutcome(completion.Result, ahead);
        }

        descriptor.Notify(readable: true, writable: false);
    }

    private void NoteOutcome(int result, ReceiveAhead ahead)
    {
        // A kernel that has buffers to offer and no receives that go on (5.19).
        if (result == -Libc.EInval)
            _bufferCount = 0;
        // Without a buffer, as above.
        else if (result <= 0 && result != -Libc.ENoBufs)
            ahead.End(result);
    }

    /// <summary>The request is over, in whatever way. What it has received stays for the reader.</summary>
    private static void EndReceive(Descriptor descriptor, ref Requests requests)
    {
        if (requests.Ahead is not { IsUnderWay: true } ahead)
            return;
        ahead.IsUnderWay = false;
        ahead.IsEnding = false;
        descriptor.Hold(false);
    }

    /// <summary>The owner of the number is another one, or none.</summary>
    private static void ForgetReceived(Descriptor descriptor, ref Requests requests)
    {
        EndReceive(descriptor, ref requests);
        requests.Ahead?.Clear();
        requests.Ahead = null;
    }

    /// <summary>A buffer that a completion names and nobody has a use for.</summary>
    private void OfferUnused(in RingCompletion completion)
    {
        if ((completion.Flags & RingCalls.Buffer) == 0)
            return;
        int buffer = (int)(completion.Flags >> RingCalls.BufferNumberShift);
        _buffers!.Take(buffer, 0);
        _buffers.Offer(buffer);
    }
}
