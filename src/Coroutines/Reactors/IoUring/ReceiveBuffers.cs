using System.Runtime.InteropServices;

namespace Coroutines;

/// <summary>The memory into which the kernel receives ahead of readers: one group of equal buffers for all streams of a loop. Loop thread only.</summary>
/// <remarks>
/// <para>A buffer is the kernel's from <see cref="Offer"/> until a completion names it, then it is in the list of one stream (<see cref="ReceiveAhead"/>), until that offers it again.</para>
/// <para>Size: 4 KiB hold most messages, and are what a stream asks for at once by default. Number: one for each completion of a turn is enough where readers keep up, and 1,024 are as many as half the queue of completions; more would
/// be memory, 4 MiB now, for readers that do not. It is no limit to the number of streams: who gets no buffer is told so, and its reader receives by itself.</para>
/// </remarks>
internal sealed unsafe class ReceiveBuffers : IDisposable
{
    public const int DefaultCount = 1024;
    public const int Size = 4096;

    private const nuint PageSize = 4096;

    private readonly int _count;
    private readonly byte* _memory;
    private readonly OfferedBuffer* _offers;
    private readonly bool[] _isTaken;
    private ushort _tail;
    private bool _isFreed;

    /// <param name="count">A power of two.</param>
    public ReceiveBuffers(int count)
    {
        _count = count;
        Next = new int[count];
        Lengths = new int[count];
        _isTaken = new bool[count];
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)count * Size, PageSize);
        _offers = (OfferedBuffer*)NativeMemory.AlignedAlloc(OffersSize, PageSize);
    }

    /// <summary>For the lists of streams: the number of the buffer that comes behind one.</summary>
    public int[] Next { get; }

    /// <summary>How many bytes were received into each buffer that is in a list.</summary>
    public int[] Lengths { get; }

    /// <summary>How many are in lists. If all are, no receive can succeed before one is offered again.</summary>
    public int TakenCount { get; private set; }

    public bool HasOffers => TakenCount < _count;

    private nuint OffersSize => (nuint)_count * (nuint)sizeof(OfferedBuffer);

    /// <summary>Offers all that are in no list to a ring that knows none of them yet. False if its kernel cannot take any.</summary>
    public bool TryMoveTo(Ring ring)
    {
        NativeMemory.Clear(_offers, OffersSize);
        if (!ring.TryRegister(new BufferRingRegistration { Address = (ulong)_offers, Entries = (uint)_count }))
            return false;
        _tail = 0;
        for (int number = 0; number < _count; number++)
        {
            if (!_isTaken[number])
                Add(number);
        }

        return true;
    }

    /// <summary>What was received into a buffer.</summary>
    public ReadOnlySpan<byte> Bytes(int number) => new(_memory + ((nint)number * Size), Lengths[number]);

    /// <summary>Takes a buffer that a completion has named.</summary>
    public void Take(int number, int length)
    {
        Lengths[number] = length;
        _isTaken[number] = true;
        TakenCount++;
    }

    /// <summary>Gives a buffer that was taken back to the kernel.</summary>
    public void Offer(int number)
    {
        if (_isFreed)
            return;
        _isTaken[number] = false;
        TakenCount--;
        Add(number);
    }

    /// <summary>No request may be under way that could use one.</summary>
    public void Dispose()
    {
        if (_isFreed)
            return;
        _isFreed = true;
        NativeMemory.AlignedFree(_memory);
        NativeMemory.AlignedFree(_offers);
    }

    private void Add(int number)
    {
        ref var offer = ref _offers[_tail & (_count - 1)];
        offer.Address = (ulong)(_memory + ((nint)number * Size));
        offer.Length = Size;
        offer.Number = (ushort)number;
        _tail++;
        Volatile.Write(ref _offers->Tail, _tail);
    }
}
