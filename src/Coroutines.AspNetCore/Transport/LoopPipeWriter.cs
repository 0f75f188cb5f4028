using System.IO.Pipelines;
using System.Net.Sockets;

namespace Coroutines.AspNetCore;

/// <summary>
/// What Kestrel writes responses to: collected here, by one thread at a time, and handed to the stream by a flush, on whatever thread that is called. A client that has gone is not an exception, as for every
/// pipe: the flush says that nobody reads.
/// </summary>
internal sealed class LoopPipeWriter(SocketStream stream) : PipeWriter
{
    private const int Least = 256;

    private readonly Stream _plain = stream.AsStream(leaveOpen: true);
    private ByteQueue _collected;
    private bool _isCompleted;
    private volatile bool _isBroken;
    private volatile bool _isCancelled;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _collected.Length;

    public override void Advance(int bytes) => _collected.Add(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _collected.Room(Math.Max(sizeHint, Least));

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_isBroken || _isCompleted || _collected.IsEmpty)
        {
            if (_isBroken)
                _collected.Release();
            return new ValueTask<FlushResult>(Result());
        }

        // What is flushed is no longer collected, so that writing may go on meanwhile.
        var flushed = _collected;
        _collected = default;
        var write = _plain.WriteAsync(flushed.Memory, cancellationToken);
        if (!write.IsCompletedSuccessfully)
            return End(write, flushed);
        write.GetAwaiter().GetResult();
        flushed.Release();
        return new ValueTask<FlushResult>(Result());
    }

    // Nobody of Kestrel's waits through this, but middleware may.
    public override void CancelPendingFlush() => _isCancelled = true;

    /// <summary>What was collected is sent nevertheless, unless <paramref name="exception"/> says otherwise.</summary>
    public override void Complete(Exception? exception = null)
    {
        if (_isCompleted)
            return;
        if (exception is null)
            _ = FlushAsync().AsTask();
        _isCompleted = true;
        _collected.Release();
    }

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        if (exception is null)
            await FlushAsync().ConfigureAwait(false);
        Complete(exception);
    }

    private async ValueTask<FlushResult> End(ValueTask write, ByteQueue flushed)
    {
        try
        {
            await write.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            _isBroken = true;
        }
        finally
        {
            flushed.Release();
        }

        return Result();
    }

    private FlushResult Result()
    {
        bool isCancelled = _isCancelled;
        _isCancelled = false;
        return new FlushResult(isCancelled, _isBroken);
    }
}
