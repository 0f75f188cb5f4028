using System.Net.Sockets;

namespace Coroutines;

/// <summary>The io_uring backend: readiness by polls that go to the kernel with the call that waits. All but <see cref="Wake"/> belong to the loop's thread.</summary>
/// <remarks>
/// <para>Fact: a request under way holds its open file, so a socket that is closed meanwhile stays connected until the request is taken back. Decision: a poll is under way only while somebody waits, one-shot; one
/// that was abandoned is taken back before the loop sleeps, and a closed handle is found as in every backend. Cost: a submission for each wait, which is no call of its own.</para>
/// <para>Polling without waiting is a look into memory: completions are written there while this thread is in the kernel for anything, or is interrupted for them.</para>
/// <para>Each request has a number of its own (<see cref="_lastRequest"/>). What comes of one that was taken back is recognised by it.</para>
/// <para>Urgent data is not asked for: its readiness is a level, and reading does not end it.</para>
/// </remarks>
internal sealed class IoUringReactor : DescriptorReactor, IInterestObserver
{
    private const uint ReadFlags = Libc.EpollIn | Libc.EpollReadHangUp;
    private const uint EndFlags = Libc.EpollReadHangUp | Libc.EpollHangUp | Libc.EpollError;
    private const uint ReadableFlags = ReadFlags | Libc.EpollHangUp | Libc.EpollError;
    private const uint WritableFlags = Libc.EpollOut | Libc.EpollHangUp | Libc.EpollError;
    private const uint WriteBit = 1u << 31;

    // Never those of a request: their numbers are not 0.
    private const ulong WakeData = 1;
    private const ulong RemovalData = 2;

    private readonly Ring _ring;
    private readonly WakeDescriptor _wake = new();
    private readonly List<Descriptor> _changed = [];
    private Requests[] _requests = new Requests[64];
    private uint _lastRequest;

    public IoUringReactor(IWakeTarget target, Ring ring)
        : base(target)
    {
        _ring = ring;
        Table.Observer = this;
        WatchWakes();
    }

    public override ReactorKind ReactorKind => ReactorKind.IoUring;

    public override void Wake() => _wake.Signal();

    public void InterestChanged(Descriptor descriptor)
    {
        ref var requests = ref RequestsOf(descriptor.Number);
        if (requests.IsListed)
            return;
        requests.IsListed = true;
        _changed.Add(descriptor);
    }

    public void OwnerLost(Descriptor descriptor)
    {
        ref var requests = ref RequestsOf(descriptor.Number);
        TakeBack(ref requests.Read, (uint)descriptor.Number);
        TakeBack(ref requests.Write, (uint)descriptor.Number | WriteBit);
    }

    public override void Dispose()
    {
        // So that files are let go at once; the ring ends in the background.
        SubmitChanges();
        if (_ring.HasUnsubmitted)
            _ring.Enter(0);
        _ring.Dispose();
        _wake.Dispose();
    }

    protected override void Register(Descriptor descriptor, Registration registration)
    {
        if (descriptor.Registration == Registration.None && descriptor.TryGetOwner(out var handle) && handle is not SafeSocketHandle)
            FileType.RefuseRegularFile(descriptor.Number);
    }

    protected override void Unregister(Descriptor descriptor)
    {
    }

    protected override int Collect(long timeoutTicks)
    {
        SubmitChanges();
        if (_ring.HasCompletions || _changed.Count > 0)
            timeoutTicks = 0;
        if (timeoutTicks != 0 || _ring.HasUnsubmitted)
            _ring.Enter(timeoutTicks);
        int count = 0;
        while (_ring.TryTake(out var completion))
        {
            count++;
            Dispatch(completion);
        }

        return count;
    }

    private void SubmitChanges()
    {
        // Handles that turn out to be closed change the list while it is gone through.
        int i = 0;
        for (; i < _changed.Count; i++)
        {
            // One for each direction, and for what is orphaned.
            if (_ring.Room < 4)
                _ring.Enter(0);
            if (_ring.Room < 4)
                break;
            var descriptor = _changed[i];
            if (descriptor.IsOrphaned)
                descriptor.Orphan();
            ref var requests = ref RequestsOf(descriptor.Number);
            requests.IsListed = false;
            Submit(descriptor, ReadinessKind.Read, ref requests.Read, (uint)descriptor.Number, ReadFlags);
            Submit(descriptor, ReadinessKind.Write, ref requests.Write, (uint)descriptor.Number | WriteBit, Libc.EpollOut);
        }

        _changed.RemoveRange(0, i);
    }

    private void Submit(Descriptor descriptor, ReadinessKind kind, ref uint request, uint place, uint flags)
    {
        if (!descriptor.IsInterested(kind))
        {
            TakeBack(ref request, place);
            return;
        }

        if (request != 0)
            return;
        if (++_lastRequest == 0)
            _lastRequest = 1;
        request = _lastRequest;
        AddPoll(descriptor.Number, flags, ((ulong)request << 32) | place, length: 0);
    }

    private void TakeBack(ref uint request, uint place)
    {
        if (request == 0)
            return;
        ref var removal = ref _ring.Add();
        removal.Operation = RingCalls.PollRemove;
        removal.Descriptor = -1;
        removal.Address = ((ulong)request << 32) | place;
        removal.UserData = RemovalData;
        request = 0;
    }

    private void WatchWakes() => AddPoll(_wake.Number, Libc.EpollIn | Libc.EpollEdgeTriggered, WakeData, RingCalls.Multishot);

    private void AddPoll(int descriptor, uint flags, ulong data, uint length)
    {
        ref var poll = ref _ring.Add();
        poll.Operation = RingCalls.PollAdd;
        poll.Descriptor = descriptor;
        poll.Length = length;
        poll.PollEvents = BitConverter.IsLittleEndian ? flags : (flags << 16) | (flags >> 16);
        poll.UserData = data;
    }

    private void Dispatch(in RingCompletion completion)
    {
        if (completion.UserData == WakeData && (completion.Flags & RingCalls.More) == 0)
            WatchWakes();
        uint number = (uint)(completion.UserData >> 32);
        uint place = (uint)completion.UserData;
        if (number == 0 || !Table.TryGet((int)(place & ~WriteBit), out var descriptor))
            return;
        ref var requests = ref RequestsOf(descriptor.Number);
        ref uint request = ref (place & WriteBit) == 0 ? ref requests.Read : ref requests.Write;
        if (request != number)
            return;
        request = 0;
        // For callbacks, which stay, and for requests that ended with the thread that had submitted them.
        InterestChanged(descriptor);
        if (completion.Result == -Libc.ECanceled)
            return;
        // A poll that failed is not worth waiting for: the operation is to be tried.
        uint flags = completion.Result < 0 ? ReadableFlags | WritableFlags : (uint)completion.Result;
        if ((flags & EndFlags) != 0)
            descriptor.NoteMayEndShort();
        descriptor.Notify((flags & ReadableFlags) != 0, (flags & WritableFlags) != 0);
    }

    private ref Requests RequestsOf(int number)
    {
        if (number >= _requests.Length)
            Array.Resize(ref _requests, Math.Max(number + 1, _requests.Length * 2));
        return ref _requests[number];
    }

    /// <summary>The requests under way for a descriptor's number; 0 for none.</summary>
    private struct Requests
    {
        public uint Read;
        public uint Write;

        /// <summary>Whether the descriptor is in the list of those to look at before the next wait.</summary>
        public bool IsListed;
    }
}
