using System.Numerics;
using System.Runtime.CompilerServices;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Armed timers in exact order of deadline, then of arming. Arming and cancelling are O(1). Loop thread only.
/// </summary>
/// <remarks>
/// <para>A hierarchical wheel addressed by the highest eight-bit digit in which a deadline differs from <see cref="_base"/>: level 0 holds the
/// deadlines that share all digits but the last, so a level-0 slot is one exact tick; level n holds deadlines up to 256^(n+1) ticks away. Eight levels
/// cover every 64-bit deadline, so there is no overflow list and no rounding.</para>
/// <para>The earliest slot fires from its front if its deadlines ascend as they were armed: those of one tick do, those of timers with the same delay, and that of
/// a timer which is alone. Otherwise, when its time comes, the base moves to its first tick and its nodes are dealt into lower levels, in their
/// order. A node moves down at most seven times, once for a delay of a millisecond, twice for one of a second. Larger digits would save
/// moves and cost a loop more memory than its timers.</para>
/// <para>Order among equal deadlines: two such nodes are always in the same slot (the slot depends on deadline and base only, and moving
/// the base changes no digit above the slot it opens or has emptied), slots are appended to at the end and dealt out or fired from the front.</para>
/// </remarks>
internal sealed class TimerWheel : IWaitSource
{
    private const int DigitBits = 8;
    private const int SlotsPerLevel = 1 << DigitBits;
    private const int Levels = 64 / DigitBits;
    private const int WordsPerLevel = SlotsPerLevel / 64;

    private readonly TimerSlot[] _slots = new TimerSlot[Levels * SlotsPerLevel];

    // A bit for each slot, and one for each level.
    private readonly ulong[] _occupied = new ulong[Levels * WordsPerLevel];
    private uint _occupiedLevels;

    // A bit for each slot in which a timer was armed that is due before the one armed before it.
    private readonly ulong[] _unsorted = new ulong[Levels * WordsPerLevel];

    /// <summary>No armed deadline lies before it. Moves only forward.</summary>
    private long _base;

    public int Count { get; private set; }

    /// <summary>Arms <paramref name="node"/> for <see cref="LoopNode.Deadline"/>; a deadline in the past counts as due now.</summary>
    public void Arm(LoopNode node)
    {
        if (node.Deadline < _base)
            node.Deadline = _base;
        node.WaitSource = this;
        Count++;
        Insert(node);
    }

    /// <summary>Disarms <paramref name="node"/>.</summary>
    public void Abandon(LoopNode node)
    {
        int slot = SlotOf(node.Deadline, _base);
        _slots[slot].Remove(node);
        if (_slots[slot].First is null)
            MarkEmpty(slot);
        Count--;
    }

    /// <inheritdoc />
    public string Describe(LoopNode node) => $"the time {new TimeSpan(node.Deadline):c}";

    /// <summary>Moves every timer that is due at <paramref name="now"/> to the ready queue, in order.</summary>
    public void Expire(long now, ref ReadyQueue ready)
    {
        while (_occupiedLevels != 0)
        {
            int slot = EarliestSlot();
            if (IsSorted(slot))
            {
                if (_slots[slot].First!.Deadline > now)
                    return;
                Fire(slot, now, ref ready);
            }
            else
            {
                long start = StartOf(slot, _base);
                if (start > now)
                    return;
                _base = start;
                DealOut(slot);
            }
        }
    }

    /// <summary>The exact deadline of the timer that fires first, or <see cref="long.MaxValue"/> without timers. Costs O(nodes in its slot) if that is not sorted.</summary>
    public long NextDeadline()
    {
        if (_occupiedLevels == 0)
            return long.MaxValue;
        int slot = EarliestSlot();
        return IsSorted(slot) ? _slots[slot].First!.Deadline : _slots[slot].EarliestDeadline();
    }

    /// <summary>
    /// A time before which no timer fires, or <see cref="long.MaxValue"/> without timers. O(1). Whoever sleeps until then and expires timers
    /// comes to the exact deadline in a few steps, each of which opens a finer slot; in one if the slot is sorted.
    /// </summary>
    public long NextSlot()
    {
        if (_occupiedLevels == 0)
            return long.MaxValue;
        int slot = EarliestSlot();
        return IsSorted(slot) ? _slots[slot].First!.Deadline : StartOf(slot, _base);
    }

    /// <summary>The slot for <paramref name="deadline"/>: the highest digit in which it differs from <paramref name="from"/>, and that digit.</summary>
    internal static int SlotOf(long deadline, long from)
    {
        int highestBit = BitOperations.Log2((ulong)(deadline ^ from) | 1);
        int level = (int)((uint)highestBit / DigitBits);
        int digit = (int)(deadline >> (level * DigitBits)) & (SlotsPerLevel - 1);
        return level * SlotsPerLevel + digit;
    }

    /// <summary>The first tick of a slot, given that digits above it are those of <paramref name="from"/>.</summary>
    internal static long StartOf(int slot, long from)
    {
        int shift = slot / SlotsPerLevel * DigitBits;
        int above = shift + DigitBits;
        long high = above >= 64 ? 0 : from >> above << above;
        return high | ((long)(slot % SlotsPerLevel) << shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Insert(LoopNode node)
    {
        int slot = SlotOf(node.Deadline, _base);
        if (!_slots[slot].Append(node))
            _unsorted[slot / 64] |= 1UL << (slot % 64);
        _occupied[slot / 64] |= 1UL << (slot % 64);
        _occupiedLevels |= 1u << (slot / SlotsPerLevel);
    }

    /// <summary>Fires what is due of a slot that is sorted, and of which something is.</summary>
    private void Fire(int slot, long now, ref ReadyQueue ready)
    {
        var node = _slots[slot].First;
        long last;
        do
        {
            last = node!.Deadline;
            var next = TimerSlot.Unlink(node);
            node.WaitSource = null;
            Count--;
            ready.Enqueue(node);
            node = next;
        }
        while (node is not null && node.Deadline <= now);

        _slots[slot].LeaveFrom(node);
        if (node is not null)
            return;
        MarkEmpty(slot);
        // Nothing is armed before it, and nothing in the slot: the nearer the base, the lower the level of what comes.
        _base = last;
    }

    private void DealOut(int slot)
    {
        var node = _slots[slot].First;
        _slots[slot].LeaveFrom(null);
        MarkEmpty(slot);
        while (node is not null)
        {
            var next = TimerSlot.Unlink(node);
            Insert(node);
            node = next;
        }
    }

    private bool IsSorted(int slot) => (_unsorted[slot / 64] & 1UL << (slot % 64)) == 0;

    /// <summary>The first slot of the lowest level that holds a timer.</summary>
    private int EarliestSlot()
    {
        int level = BitOperations.TrailingZeroCount(_occupiedLevels);
        int word = level * WordsPerLevel;
        while (_occupied[word] == 0)
            word++;
        return word * 64 + BitOperations.TrailingZeroCount(_occupied[word]);
    }

    private void MarkEmpty(int slot)
    {
        _unsorted[slot / 64] &= ~(1UL << (slot % 64));
        ref ulong word = ref _occupied[slot / 64];
        word &= ~(1UL << (slot % 64));
        if (word == 0 && IsEmptyLevel(slot / SlotsPerLevel))
            _occupiedLevels &= ~(1u << (slot / SlotsPerLevel));
    }

    private bool IsEmptyLevel(int level) => !_occupied.AsSpan(level * WordsPerLevel, WordsPerLevel).ContainsAnyExcept(0UL);
}
