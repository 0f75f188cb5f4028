using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// The nodes that are ready to run, in the order they became ready: those of the batch that runs, and those that wait for the next one. Loop thread only.
/// </summary>
/// <remarks>
/// <para>One array of two parts. The batch lies in one, what becomes ready meanwhile gathers in the other, each from the beginning of its part, and with each batch they change places. So a position needs no
/// wrapping, and the end of the batch stands still.</para>
/// <para>Tasks that take turns come to lie where they lay two batches ago: the slot is looked at first, as that costs far less than the write barrier of a store.</para>
/// <para>In each part the slots that hold a node are those from its beginning on, without gaps.</para>
/// </remarks>
internal struct ReadyQueue
{
    // The wrapper spares the covariance check that storing into an array of a class costs.
    private struct Slot
    {
        public LoopNode? Node;
    }

    // Nodes of shorter batches are in the caches, mostly.
    private const int LongBatch = 2048;

    private Slot[] _slots;

    /// <summary>Where the second part begins.</summary>
    private int _split;

    // The batch: its node that runs, or will run next, and its end.
    private int _head;
    private int _end;

    // What waits for the next batch, and the end of its part.
    private int _first;
    private int _tail;
    private int _limit;

    private long _begun;

    /// <param name="capacity">How many nodes may be ready before the queue grows.</param>
    public ReadyQueue(int capacity)
    {
        _slots = new Slot[capacity * 2];
        _split = capacity;
        _head = capacity;
        _end = capacity;
        _limit = capacity;
    }

    /// <summary>Whether nothing waits for the next batch.</summary>
    public readonly bool IsEmpty => _first == _tail;

    /// <summary>How many nodes are ready, with those of the batch that have not run to their end.</summary>
    public readonly int Count => _tail - _first + _end - _head;

    /// <summary><see cref="Count"/>, for any thread: what is not the loop's may see positions from before and from behind the change of the parts, which make no sense together, and looks again.</summary>
    public readonly int CountSeen
    {
        get
        {
            int count;
            for (var wait = default(SpinWait); (count = TryCount()) < 0;)
                wait.SpinOnce();
            return count;
        }
    }

    /// <summary>Whether all nodes of the batch have run.</summary>
    public readonly bool IsBatchDone => _head == _end;

    /// <summary>Whether something waits for the next batch, but so little that <see cref="IsBatchLong"/> will not hold for it.</summary>
    public readonly bool IsNextShort => (uint)(_tail - _first - 1) < LongBatch - 1;

    /// <summary>Whether it pays to call <see cref="FetchAhead"/> for each node that is left.</summary>
    public readonly bool IsBatchLong => _end - _head >= LongBatch;

    /// <summary>How many nodes have been in batches. May be read on any thread.</summary>
    public readonly long Begun => Volatile.Read(in _begun);

    /// <summary>The number of the step that runs, or of the next one if none does: no two steps have the same.</summary>
    public readonly long StepNumber => _begun - (_end - _head);

    /// <summary>The node that runs, which stays in the queue meanwhile: so "what runs now" needs no field of its own. Only while one runs.</summary>
    public readonly LoopNode First => _slots[_head].Node!;

    /// <summary>The node that runs; null between batches.</summary>
    public readonly LoopNode? RunningNode => IsBatchDone ? null : First;

    // The store comes last: it calls the write barrier, and nothing has to survive the call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enqueue(LoopNode node)
    {
        int tail = _tail;
        if (tail == _limit)
            tail = Grow();
        _tail = tail + 1;
        ref var slot = ref _slots[tail];
        if (slot.Node != node)
            slot.Node = node;
    }

    /// <summary>Makes what is ready the next batch; what becomes ready from now on waits for the one after it. Only when the one before is done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginBatch()
    {
        int head = _first;
        int end = _tail;
        int first = _split - head;
        _head = head;
        _end = end;
        _begun += (uint)(end - head);
        _first = first;
        _tail = first;
        _limit = _slots.Length + _split - _limit;
    }

    /// <summary>The node that runs has done its step.</summary>
    /// <returns>Whether another one is left in the batch.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Advance() => ++_head != _end;

    /// <summary>Fetches a node of the batch before its turn comes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void FetchAhead()
    {
        int ahead = _head + Prefetch.Distance;
        if (ahead < _end)
            Prefetch.Node(_slots[ahead].Node);
    }

    /// <summary>Puts another node in the place of the one that runs, so that it is the one that runs.</summary>
    public readonly void ReplaceFirst(LoopNode node) => _slots[_head].Node = node;

    /// <summary>Lets go of the nodes that have run. Only when the batch is done; once for many batches, whose nodes are overwritten by the next ones.</summary>
    public readonly void Forget()
    {
        ForgetFrom(_tail, _limit);
        ForgetFrom(_split - _first, _slots.Length + _split - _limit);
    }

    private readonly int TryCount()
    {
        long begun = Begun;
        int split = Volatile.Read(in _split);
        int head = Volatile.Read(in _head);
        int end = Volatile.Read(in _end);
        int first = Volatile.Read(in _first);
        int tail = Volatile.Read(in _tail);
        bool areInTheirParts = first == 0 ? tail <= split && head >= split : first == split && end <= split;
        // Or a whole batch, or a growth, lay between two of the looks: then they are of different times although they look as if they were not.
        bool areOfOneTime = Begun == begun && Volatile.Read(in _split) == split;
        return areInTheirParts && areOfOneTime && head <= end && first <= tail ? tail - first + end - head : -1;
    }

    private readonly void ForgetFrom(int position, int limit)
    {
        for (; position != limit && _slots[position].Node is not null; position++)
            _slots[position].Node = null;
    }

    /// <summary>Doubles the part in which nodes gather; the other one keeps its length.</summary>
    /// <returns>The tail.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Grow()
    {
        int growth = _limit - _first;
        var grown = new Slot[_slots.Length + growth];
        Array.Copy(_slots, grown, _limit);
        if (_first == 0)
        {
            Array.Copy(_slots, _split, grown, _split + growth, _slots.Length - _split);
            _split += growth;
            _head += growth;
            _end += growth;
        }

        _slots = grown;
        _limit += growth;
        return _tail;
    }
}
