using System.Net.Sockets;

namespace Coroutines;

/// <summary>What has been received from a socket ahead of its reader, in buffers of the loop's, and how the receiving has ended if it has. Loop thread only.</summary>
/// <remarks>
/// While <see cref="IsUnderWay"/>, the kernel adds to it whatever arrives, and nobody else may receive. Otherwise the reader takes what lies here, then receives by itself, and when that would block it waits: then a request is
/// under way again.
/// </remarks>
internal sealed class ReceiveAhead(IoUringReactor reactor, Descriptor descriptor, ReceiveBuffers buffers)
{
    private const int None = -1;
    private const int NotEnded = 1;

    private int _first = None;
    private int _last = None;
    private int _taken;
    private int _outcome = NotEnded;

    /// <summary>Whether a request may still add something. Written by the reactor.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>Whether the request was asked to end, as the reader does not keep up. Written by the reactor.</summary>
    public bool IsEnding { get; set; }

    /// <summary>How many bytes lie here.</summary>
    public int Length { get; private set; }

    /// <summary>Whether there is nothing to take, not even an outcome, and nothing to be had by receiving.</summary>
    public bool MustWait => IsUnderWay && Length == 0;

    /// <summary>Takes what lies here, or the outcome behind it. False if there is neither.</summary>
    /// <param name="room">Not empty.</param>
    /// <param name="count">How many bytes; 0 at the end of the stream.</param>
    /// <exception cref="SocketException">The connection failed.</exception>
    public bool TryTake(Span<byte> room, out int count)
    {
        count = 0;
        while (_first != None && !room.IsEmpty)
        {
            var bytes = buffers.Bytes(_first)[_taken..];
            int part = Math.Min(bytes.Length, room.Length);
            bytes[..part].CopyTo(room);
            room = room[part..];
            count += part;
            _taken += part;
            if (part == bytes.Length)
                OfferFirst();
        }

        Length -= count;
        if (count > 0 || _outcome == NotEnded)
            return count > 0;
        int errno = -_outcome;
        // As the system does: an error is told once, and behind it the stream has ended.
        _outcome = 0;
        if (errno != 0)
            LinuxSocketCalls.Throw(errno);
        return true;
    }

    /// <summary>Adds a buffer that the kernel has filled.</summary>
    public void Add(int buffer, int length)
    {
        buffers.Take(buffer, length);
        buffers.Next[buffer] = None;
        if (_first == None)
            _first = buffer;
        else
            buffers.Next[_last] = buffer;
        _last = buffer;
        Length += length;
    }

    /// <summary>Nothing more will come.</summary>
    /// <param name="result">0 at the end of the stream, or a negative error number.</param>
    public void End(int result) => _outcome = result;

    /// <summary>Ends the request that is under way, if there is one. What it has received until then lies here, and the rest in the socket.</summary>
    public void Stop()
    {
        if (IsUnderWay)
            reactor.StopAhead(descriptor);
    }

    /// <summary>Drops what lies here.</summary>
    public void Clear()
    {
        while (_first != None)
            OfferFirst();
        Length = 0;
    }

    private void OfferFirst()
    {
        int buffer = _first;
        _first = buffers.Next[buffer];
        _taken = 0;
        buffers.Offer(buffer);
    }
}
