using System.Buffers;

namespace Coroutines;

/// <summary>Bytes in a rented array: added at the end, taken from the front. Holds no array while it is empty, so that an idle connection costs none.</summary>
internal struct ByteQueue
{
    private byte[]? _array;
    private int _start;
    private int _end;

    public readonly int Length => _end - _start;

    public readonly bool IsEmpty => _end == _start;

    public readonly ReadOnlyMemory<byte> Memory => new(_array, _start, Length);

    public readonly ReadOnlySpan<byte> Span => new(_array, _start, Length);

    /// <summary>Room behind the bytes; what is written there is added by <see cref="Add(int)"/>.</summary>
    public Memory<byte> Room(int atLeast)
    {
        if (_array is null || _array.Length - _end < atLeast)
            MakeRoom(atLeast);
        return _array.AsMemory(_end);
    }

    /// <summary>Whether <see cref="Room"/> would still begin there, so that what was written to it meanwhile is behind the bytes.</summary>
    public readonly bool HasRoomAt((byte[]? Array, int Start) place, int count) =>
        ReferenceEquals(_array, place.Array) && _end == place.Start && count <= (_array?.Length ?? 0) - _end;

    /// <summary>Where <see cref="Room"/> begins.</summary>
    public readonly (byte[]? Array, int Start) RoomPlace => (_array, _end);

    /// <summary>Adds what was written to <see cref="Room"/>.</summary>
    public void Add(int count) => _end += count;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length).Span);
        _end += bytes.Length;
    }

    /// <summary>Takes bytes away from the front.</summary>
    public void Take(int count)
    {
        _start += count;
        if (IsEmpty)
            Release();
    }

    /// <summary>Gives the array back, and with it the bytes.</summary>
    public void Release()
    {
        if (_array is { } array)
            ArrayPool<byte>.Shared.Return(array);
        this = default;
    }

    /// <summary>How long the array is to be in which so many bytes are followed by room for more: twice as long as they are, so that adding costs the same however many there are.</summary>
    /// <exception cref="InvalidOperationException">There are too many for one array.</exception>
    internal static int LengthFor(int length, int atLeast)
    {
        long needed = (long)length + atLeast;
        if (needed > Array.MaxLength)
            throw new InvalidOperationException($"{needed} bytes are more than a stream can keep. Read or flush what is there before more is asked for.");
        return (int)Math.Max(needed, Math.Min(length * 2L, Array.MaxLength));
    }

    private void MakeRoom(int atLeast)
    {
        int length = Length;
        if (_array is { } array && atLeast <= array.Length - length)
        {
            array.AsSpan(_start, length).CopyTo(array);
        }
        else
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(LengthFor(length, atLeast));
            Span.CopyTo(larger);
            Release();
            _array = larger;
        }

        _start = 0;
        _end = length;
    }
}
