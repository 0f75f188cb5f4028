using System.Net.Sockets;

namespace Coroutines;

/// <summary>The io_uring backend: readiness by polls that go to the kernel with the call that waits, and receiving and accepting ahead of who reads streams and who accepts. All but <see cref="Wake"/> belong to the loop's thread.</summary>
/// <remarks>
/// <para>Fact: a request under way holds its open file, so a socket that is closed meanwhile stays connected until the request is taken back. Decision: a poll is under way only while somebody waits, one-shot; one
/// that was abandoned is taken back before the loop sleeps, and a closed handle is found as in every backend. Cost: a submission for each wait, which is no call of its own. Receives: see IoUringReactor.Receiving.cs, and .Accepting.cs.</para>
/// <para>Polling without waiting is a look into memory: there the kernel writes completions, or a sign that there is work to be called for.</para>
/// <para>Each request has a number of its own (<see cref="_lastRequest"/>). What comes of one that was taken back is recognised by it.</para>
/// <para>Urgent data is not asked for: its readiness is a level, and reading does not end it.</para>
/// </remarks>
internal sealed partial class IoUringReactor : DescriptorReactor, IInterestObserver
{
    private const uint ReadFlags = Libc.EpollIn | Libc.EpollReadHangUp;
    private const uint EndFlags = Libc.EpollReadHangUp | Libc.EpollHangUp | Libc.EpollError;
    private const uint ReadableFlags = ReadFlags | Libc.EpollHangUp | Libc.EpollError;
    private const uint WritableFlags = Libc.EpollOut | Libc.EpollHangUp | Libc.EpollError;
    private const uint WriteBit = 1u << 31;

    // Never those of a request: their numbers are not 0.
    private const ulong WakeData = 1;
    private const ulong RemovalData = 2;

    private readonly WakeDescriptor _wake = new();
    private readonly List<Descriptor> _changed = [];

    // Of one descriptor's callbacks the reader is called first, as with every backend.
    private readonly List<RingCompletion> _writeCompletions = [];
    private Ring _ring;
    private Requests[] _requests = new Requests[64];
    private uint _lastRequest;
    private bool _watchesWakes;
    private bool _isDisposed;

    /// <param name="target">Where nodes go that are woken.</param>
    /// <param name="ring">A ring of this thread.</param>
    /// <param name="receiveBuffers">How many there are to receive ahead; 0 for a kernel that cannot.</param>
    public IoUringReactor(IWakeTarget target, Ring ring, int receiveBuffers = ReceiveBuffers.DefaultCount)
        : base(target)
    {
        _ring = ring;
        _bufferCount = receiveBuffers;
        Table.Observer = this;
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
        TakeBack(ref requests.Read, ReadPlace(descriptor, requests));
        TakeBack(ref requests.Write, (uint)descriptor.Number | WriteBit);
        ForgetReceived(descriptor, ref requests);
        ForgetAccepted(descriptor, ref requests);
    }

    /// <summary>Ends a request that receives or accepts ahead, and takes what it has brought.</summary>
    public void StopAhead(Descriptor descriptor)
    {
        if (_isDisposed)
            return;
        // Which ends it, too.
        FollowThread();
        ref var requests = ref RequestsOf(descriptor.Number);
        if (!requests.IsAheadUnderWay)
            return;
        Cancel(DataOf(requests.Read, ReadPlace(descriptor, requests)));
        _ring.Enter(0);
        TakeCompletions();
        // Completions may have moved it.
        requests = ref RequestsOf(descriptor.Number);
        if (!requests.IsAheadUnderWay)
            return;
        // The kernel was asked and has not answered yet, for which it has no reason here: what still comes is dropped, and a connection closed.
        requests.Read = 0;
        EndAhead(descriptor, ref requests);
    }

    public override void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!_ring.IsOfOtherThread)
            TakeAllBack();
        Discard();
        _ring.Dispose();
        foreach (var requests in _requests)
            requests.Accepted?.Clear();
        _buffers?.Dispose();
        _wake.Dispose();
    }

    protected override void Register(Descriptor descriptor, Registration registration)
    {
        if (descriptor.Registration == Registration.None && descriptor.TryGetOwner(out var handle) && handle is not SafeSocketHandle)
            FileType.RefuseRegularFile(descriptor.Number);
    }

    // At once, and not when the loop polls next: the number may be closed and given to another file before, of which the same handle object speaks if it is known by its number only.
    protected override void Unregister(Descriptor descriptor)
    {
        ref var requests = ref RequestsOf(descriptor.Number);
        // What is received or accepted ahead belongs to who reads the stream, or accepts, and ends otherwise.
        if (!requests.IsAheadUnderWay)
            TakeBack(ref requests.Read, (uint)descriptor.Number);
        TakeBack(ref requests.Write, (uint)descriptor.Number | WriteBit);
    }

    protected override int Collect(long timeoutTicks)
    {
        FollowThread();
        if (!_watchesWakes)
            WatchWakes();
        SubmitChanges();
        if (_ring.HasCompletions || _changed.Count > 0)
            timeoutTicks = 0;
        if (timeoutTicks != 0 || _ring.NeedsCall)
            _ring.Enter(timeoutTicks);
        return TakeCompletions();
    }

    private int TakeCompletions()
    {
        int count = 0;
        do
        {
            while (_ring.TryTake(out var completion))
            {
                count++;
                if (((uint)completion.UserData & WriteBit) != 0)
                    _writeCompletions.Add(completion);
                else
                    Dispatch(completion);
            }
        }
        while (_ring.TryRefill());

        foreach (var completion in _writeCompletions)
            Dispatch(completion);
        _writeCompletions.Clear();
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
            if (!TryReceive(descriptor, ref requests) && !TryAccept(descriptor, ref requests))
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
        request = NextRequest();
        AddPoll(descriptor.Number, flags, DataOf(request, place), length: 0);
    }

    private uint NextRequest()
    {
        if (++_lastRequest == 0)
            _lastRequest = 1;
        return _lastRequest;
    }

    private static ulong DataOf(uint request, uint place) => ((ulong)request << 32) | place;

    /// <summary>Ends a request of which nothing is to be heard any more.</summary>
    private void TakeBack(ref uint request, uint place)
    {
        if (request == 0)
            return;
        Cancel(DataOf(request, place));
        request = 0;
    }

    private void Cancel(ulong data)
    {
        ref var cancellation = ref _ring.Add();
        cancellation.Operation = RingCalls.Cancel;
        cancellation.Descriptor = -1;
        cancellation.Address = data;
        cancellation.UserData = RemovalData;
    }

    // So that files are let go at once, and nothing is received any more; the ring itself ends in the background.
    private void TakeAllBack()
    {
        for (int number = 0; number < _requests.Length; number++)
        {
            bool isAccept = _requests[number].Accepted is { IsUnderWay: true };
            TakeBack(ref _requests[number].Read, (uint)number | (isAccept ? AcceptBit : 0));
            TakeBack(ref _requests[number].Write, (uint)number | WriteBit);
            // Two for each number, and completions to be taken before the kernel takes more submissions.
            if (_ring.Room > 2)
                continue;
            _ring.Enter(0);
            Discard();
        }

        if (_ring.NeedsCall)
            _ring.Enter(0);
    }

    private void Discard()
    {
        do
        {
            while (_ring.TryTake(out var completion))
                CloseUnused(completion);
        }
        while (_ring.TryRefill());
    }

    /// <summary>A loop may be run by another thread than before, and the ring is the thread's. So there is another ring then, and everything is asked for again.</summary>
    /// <remarks>Nothing is lost: what was received is in the completions, and for a ring whose thread does not ask, and then for one that is closed, the kernel takes nothing from a socket.</remarks>
    private void FollowThread()
    {
        if (!_ring.IsOfOtherThread)
            return;
        var old = _ring;
        _ring = Ring.TryCreate(Ring.DefaultEntries, out string? reason) ?? throw new IOException(reason);
        while (old.TryTake(out var completion))
            Dispatch(completion);
        old.Dispose();
        for (int number = 0; number < _requests.Length; number++)
        {
            ref var requests = ref _requests[number];
            if ((requests.Read | requests.Write) == 0 || !Table.TryGet(number, out var descriptor))
                continue;
            requests.Read = requests.Write = 0;
            EndAhead(descriptor, ref requests);
        }

        _watchesWakes = false;
        if (_buffers is { } buffers && !buffers.TryMoveTo(_ring))
            _bufferCount = 0;
    }

    /// <summary>What is received or accepted ahead no longer is, and who waits is to be asked for anew.</summary>
    private void EndAhead(Descriptor descriptor, ref Requests requests)
    {
        EndReceive(descriptor, ref requests);
        if (requests.Accepted is { IsUnderWay: true } accepted)
            EndAccept(descriptor, accepted);
        InterestChanged(descriptor);
    }

    private void WatchWakes()
    {
        AddPoll(_wake.Number, Libc.EpollIn | Libc.EpollEdgeTriggered, WakeData, RingCalls.Multishot);
        _watchesWakes = true;
    }

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
            _watchesWakes = false;
        uint number = (uint)(completion.UserData >> 32);
        uint place = (uint)completion.UserData;
        if (number == 0 || !Table.TryGet((int)(place & ~(WriteBit | AcceptBit)), out var descriptor))
            return;
        ref var requests = ref RequestsOf(descriptor.Number);
        ref uint request = ref (place & WriteBit) == 0 ? ref requests.Read : ref requests.Write;
        bool isMeant = request == number;
        if (isMeant && (place & WriteBit) == 0 && requests.Ahead is { IsUnderWay: true } ahead)
        {
            Received(completion, descriptor, ref requests, ahead);
            return;
        }

        if (isMeant && (place & WriteBit) == 0 && requests.Accepted is { IsUnderWay: true } accepted)
        {
            Accepted(completion, descriptor, ref requests, accepted);
            return;
        }

        if (!isMeant)
        {
            OfferUnused(completion);
            CloseUnused(completion);
            return;
        }

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

    /// <summary>The requests under way for a descriptor's number, 0 for none, and what belongs to them.</summary>
    private struct Requests
    {
        public uint Read;
        public uint Write;

        /// <summary>Where <see cref="Read"/> puts what it receives, if it is a receive.</summary>
        public ReceiveAhead? Ahead;

        /// <summary>Where <see cref="Read"/> puts what it accepts, if it is an accept.</summary>
        public AcceptAhead? Accepted;

        /// <summary>Whether <see cref="Read"/> is one of those two, and no poll.</summary>
        public readonly bool IsAheadUnderWay => Ahead is { IsUnderWay: true } || Accepted is { IsUnderWay: true };

        /// <summary>Whether the descriptor is in the list of those to look at before the next wait.</summary>
        public bool IsListed;
    }
}
