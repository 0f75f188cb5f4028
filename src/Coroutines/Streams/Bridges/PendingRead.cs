using System.Buffers;
using System.Runtime.CompilerServices;

namespace Coroutines;

/// <summary>
/// A read of ordinary async code that outlives the wait for it: who is cancelled while waiting gives up the wait only, and the next one finds what has come.
/// </summary>
[NonBlocking("results are taken from operations that have ended")]
internal sealed partial class PendingRead(EventLoop loop, Stream stream)
{
    private readonly LoopEvent _ended = new(loop);
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _awaiter;
    private Action? _onCompleted;
    private byte[]? _buffer;
    private bool _isAbandoned;

    /// <summary>Whether a read has begun whose bytes were not taken.</summary>
    public bool IsUnderWay { get; private set; }

    public void Begin(int size)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(size);
        _ended.Reset();
        try
        {
            _awaiter = stream.ReadAsync(_buffer.AsMemory(0, size)).ConfigureAwait(false).GetAwaiter();
        }
        catch
        {
            ReleaseBuffer();
            throw;
        }

        IsUnderWay = true;
        if (_awaiter.IsCompleted)
            _ended.Set();
        else
            _awaiter.UnsafeOnCompleted(_onCompleted ??= OnCompleted);
    }

    /// <summary>Suspends until the read has ended. Cancelled, it leaves the read to itself.</summary>
    [Coroutine]
    public async Coroutine Wait()
    {
        await _ended.Wait();
        ObjectDisposedException.ThrowIf(_isAbandoned, this);
    }

    /// <summary>Adds what a read that has ended has brought, and makes room for the next.</summary>
    /// <returns>The number of bytes.</returns>
    public int TakeInto(ref ByteQueue input)
    {
        IsUnderWay = false;
        try
        {
            int count = _awaiter.GetResult();
            input.Add(_buffer.AsSpan(0, count));
            return count;
        }
        finally
        {
            ReleaseBuffer();
        }
    }

    /// <summary>Nobody wants the bytes any more. The buffer goes back when the stream has let go of it.</summary>
    public void Abandon()
    {
        if (_isAbandoned)
            return;
        _isAbandoned = true;
        if (!IsUnderWay)
            return;
        if (_awaiter.IsCompleted)
            Forget();
        if (!loop.IsDisposed)
            _ended.Set();
    }

    private void OnCompleted()
    {
        if (ReferenceEquals(EventLoop.CurrentOrNull, loop))
            End();
        else
            loop.TryPostUntyped(static read => ((PendingRead)read!).End(), this);
    }

    private void End()
    {
        if (_isAbandoned)
            Forget();
        else
            _ended.Set();
    }

    private void Forget()
    {
        if (_buffer is null)
            return;
        ReleaseBuffer();
        try
        {
            _awaiter.GetResult();
        }
        catch
        {
            // The read of a stream that was closed meanwhile: whoever waited for it has been told so.
        }
    }

    private void ReleaseBuffer()
    {
        if (_buffer is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        _buffer = null;
    }
}
