using System.Runtime.InteropServices;

namespace Coroutines;

// Accepting ahead: one request goes on for as long as somebody waits for connections, and each of its completions is one. So a connection costs no call to accept it, and none to learn that there is no other.
// Fact: such a request takes the whole backlog at once, and can be held back by nothing but its end. Decision: it is under way only while somebody waits, and is taken back before the loop sleeps when nobody does. So what
// lies here is at most the backlog of one moment; where the number of connections is limited, who waits says so (AcceptAhead.IsWanted), and takes each by itself.
// Fact: what was accepted cannot be put back. Decision: the next one who accepts on the listener gets it. It is closed with the listener, which is watched for that as long as something lies here (Descriptor.IsHeld), and with
// the loop.
// Fact: a completion of a request that was taken back may bring a connection, which nobody would ever close. Decision: AcceptBit tells it from what brings none.
// Fact: without the sign for it, work is done whenever the thread makes a system call, whether or not the loop asks. Decision: only with a ring for one thread (Linux 6.1), which accepts when the loop polls and not behind its back.
// Fact: errors end the request, and belong to whoever accepts: no free descriptor, for one. Decision: they are forgotten here, and who waited is woken; its own call is told the same.
internal sealed partial class IoUringReactor
{
    /// <summary>In the place of a request: each of its results is a descriptor.</summary>
    private const uint AcceptBit = 1u << 30;

    public override AcceptAhead? AcceptAhead(SafeHandle listener)
    {
        FollowThread();
        if (!_ring.IsForOneThread || !AcceptedSocket.IsPossible)
            return null;
        var descriptor = Claim(listener, ReadinessKind.Read);
        return RequestsOf(descriptor.Number).Accepted ??= new AcceptAhead(this, descriptor);
    }

    public override AcceptAhead? FindAcceptAhead(SafeHandle listener) => Find(listener) is { } descriptor ? RequestsOf(descriptor.Number).Accepted : null;

    /// <summary>A listener must not be lost sight of while a request accepts on it, or connections of it lie here.</summary>
    public void HoldIfNeeded(Descriptor descriptor, AcceptAhead accepted) => descriptor.Hold(accepted.IsUnderWay || accepted.Count > 0);

    private static uint ReadPlace(Descriptor descriptor, in Requests requests) =>
        requests.Accepted is { IsUnderWay: true } ? (uint)descriptor.Number | AcceptBit : (uint)descriptor.Number;

    /// <summary>Whether waiting for the descriptor is, or is now, a matter of accepting ahead and not of a poll.</summary>
    private bool TryAccept(Descriptor descriptor, ref Requests requests)
    {
        if (requests.Accepted is not { } accepted)
            return false;
        bool isWanted = accepted.IsWanted && descriptor.IsWaitedFor(ReadinessKind.Read);
        if (accepted.IsUnderWay)
        {
            if (isWanted || accepted.IsEnding)
                return true;
            accepted.IsEnding = true;
            Cancel(DataOf(requests.Read, ReadPlace(descriptor, requests)));
            return true;
        }

        if (requests.Read != 0 || !isWanted || accepted.IsImpossible)
            return false;
        requests.Read = NextRequest();
        accepted.IsUnderWay = true;
        ref var accept = ref _ring.Add();
        accept.Operation = RingCalls.Accept;
        accept.Priority = RingCalls.AcceptMultishot;
        accept.AcceptFlags = Libc.CloseOnExec;
        accept.Descriptor = descriptor.Number;
        accept.UserData = DataOf(requests.Read, ReadPlace(descriptor, requests));
        HoldIfNeeded(descriptor, accepted);
        return true;
    }

    private void Accepted(in RingCompletion completion, Descriptor descriptor, ref Requests requests, AcceptAhead accepted)
    {
        if (completion.Result >= 0)
            accepted.Add(completion.Result);
        if ((completion.Flags & RingCalls.More) == 0)
        {
            requests.Read = 0;
            // The latter from a kernel that does not wait where the listener does not block.
            accepted.IsImpossible = completion.Result is -Libc.EInval or -Libc.EAgain;
            EndAccept(descriptor, accepted);
            // Somebody may have begun to wait since it was asked to end.
            InterestChanged(descriptor);
            if (completion.Result == -Libc.ECanceled)
                return;
        }
        else
        {
            HoldIfNeeded(descriptor, accepted);
        }

        descriptor.Notify(readable: true, writable: false);
    }

    private void EndAccept(Descriptor descriptor, AcceptAhead accepted)
    {
        accepted.IsUnderWay = false;
        accepted.IsEnding = false;
        HoldIfNeeded(descriptor, accepted);
    }

    /// <summary>The owner of the number is another one, or none.</summary>
    private void ForgetAccepted(Descriptor descriptor, ref Requests requests)
    {
        if (requests.Accepted is not { } accepted)
            return;
        requests.Accepted = null;
        accepted.Clear();
        EndAccept(descriptor, accepted);
    }

    /// <summary>What came of a request of which nothing was to be heard any more.</summary>
    private static void CloseUnused(in RingCompletion completion)
    {
        if (((uint)completion.UserData & (AcceptBit | WriteBit)) == AcceptBit && completion.UserData >> 32 != 0 && completion.Result >= 0)
            _ = Libc.Close(completion.Result);
    }
}
