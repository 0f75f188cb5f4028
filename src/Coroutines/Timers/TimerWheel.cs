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
/// <para>When the earliest slot is above level 0, the base moves to its first tick and its nodes are dealt into lower levels, in their
/// order. A node moves down at most seven times, once for a delay of a millisecond, twice for one of a second. Larger digits would save
/// moves and cost a loop more memory than its timers.</para>
/// <para>Order among equal deadlines: two such nodes are always in the same slot (the slot depends on deadline and base only, and moving
/// the base changes no digit above the slot it opens), slots are appended to at the end and dealt out from the front.</para>
/// <para>A slot is a <see cref="WaitQueue"/>.</para>
/// </remarks>
internal sealed class TimerWheel : IWaitSource
{
    private const int DigitBits = 8;
    private const int SlotsPerLevel = 1 << DigitBits;
    private const int Levels = 64 / DigitBits;
    private const int WordsPerLevel = SlotsPerLevel / 64;

    private readonly WaitQueue[] _slots = new WaitQueue[Levels * SlotsPerLevel];

    // A bit for each slot, and one for each level.
    private readonly ulong[] _occupied = new ulong[Levels * WordsPerLevel];
    private uint _occupiedLevels;

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
        RemoveFrom(SlotOf(node.Deadline, _base), node);
        Count--;
    }

    /// <inheritdoc />
    public string Describe(LoopNode node) => $"the time {new TimeSpan(node.Deadline):c}";

    /// <summary>Moves every timer that is due at <paramref name="now"/> to the ready queue, in order.</summary>
    public void Expire(long now, ref ReadyQueue ready)
    {
        while (_occupiedLevels != 0)
        {
            int level = BitOperations.TrailingZeroCount(_occupiedLevels);
            int digit = FirstDigit(level);
            long start = StartOf(level, digit, _base);
            if (start > now)
                return;
            _base = start;
            var node = _slots[level * SlotsPerLevel + digit].TakeAll();
            MarkEmpty(level * SlotsPerLevel + digit);
            if (level == 0)
                Fire(node, ref ready);
            else
                DealOut(node);
        }
    }

    /// <summary>The exact deadline of the timer that fires first, or <see cref="long.MaxValue"/> without timers. Costs O(nodes in its slot).</summary>
    public long NextDeadline()
    {
        if (_occupiedLevels == 0)
            return long.MaxValue;
        int level = BitOperations.TrailingZeroCount(_occupiedLevels);
        int digit = FirstDigit(level);
        return level == 0 ? StartOf(0, digit, _base) : _slots[level * SlotsPerLevel + digit].EarliestDeadline();
    }

    /// <summary>
    /// A time before which no timer fires, or <see cref="long.MaxValue"/> without timers. O(1). Whoever sleeps until then and expires timers
    /// comes to the exact deadline in a few steps, each of which opens a finer slot.
    /// </summary>
    public long NextSlot()
    {
        if (_occupiedLevels == 0)
            return long.MaxValue;
        int level = BitOperations.TrailingZeroCount(_occupiedLevels);
        return StartOf(level, FirstDigit(level), _base);
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
    internal static long StartOf(int level, int digit, long from)
    {
        int shift = level * DigitBits;
        int above = shift + DigitBits;
        long high = above >= 64 ? 0 : from >> above << above;
        return high | ((long)digit << shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Insert(LoopNode node)
    {
        int slot = SlotOf(node.Deadline, _base);
        _slots[slot].Append(node);
        _occupied[slot / 64] |= 1UL << (slot % 64);
        _occupiedLevels |= 1u << (slot / SlotsPerLevel);
    }

    private void Fire(LoopNode? node, ref ReadyQueue ready)
    {
        while (node is not null)
        {
            var next = node.Next;
            node.Next = null;
            node.Prev = null;
            node.WaitSource = null;
            Count--;
            ready.Enqueue(node);
            node = next;
        }
    }

    private void DealOut(LoopNode? node)
    {
        while (node is not null)
        {
            var next = node.Next;
            node.Next = null;
            node.Prev = null;
            Insert(node);
            node = next;
        }
    }

    private void RemoveFrom(int slot, LoopNode node)
    {
        _slots[slot].Remove(node);
        if (_slots[slot].IsEmpty)
            MarkEmpty(slot);
    }

    /// <summary>The first slot of an occupied level that holds a timer.</summary>
    private int FirstDigit(int level)
    {
        int word = level * WordsPerLevel;
        while (_occupied[word] == 0)
            word++;
        return (word * 64 + BitOperations.TrailingZeroCount(_occupied[word])) % SlotsPerLevel;
    }

    private void MarkEmpty(int slot)
    {
        ref ulong word = ref _occupied[slot / 64];
        word &= ~(1UL << (slot % 64));
        if (word == 0 && IsEmptyLevel(slot / SlotsPerLevel))
            _occupiedLevels &= ~(1u << (slot / SlotsPerLevel));
    }

    private bool IsEmptyLevel(int level) => !_occupied.AsSpan(level * WordsPerLevel, WordsPerLevel).ContainsAnyExcept(0UL);
}
