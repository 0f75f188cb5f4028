using System.Buffers;
using System.Runtime.CompilerServices;

namespace Coroutines;

/// <summary>
/// A call of ordinary async code that outlives the wait for it: who is cancelled while waiting gives up the wait only, and the next one finds what has come. One at a time; loop thread only.
/// </summary>
/// <param name="loop">The loop of whoever waits.</param>
/// <param name="isOutside">Whether virtual time is to stand still while somebody waits, as the call depends on nothing that the loop does.</param>
[NonBlocking("results are taken from operations that have ended")]
internal sealed partial class PendingCall(EventLoop loop, bool isOutside)
{
    private readonly LoopEvent _ended = new(loop);
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _awaiter;
    private Action? _onCompleted;
    private byte[]? _buffer;
    private bool _isAbandoned;

    /// <summary>Whether a call has begun whose result was not taken.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>Whether a call has begun that has not ended.</summary>
    public bool IsRunning => IsUnderWay && !_awaiter.IsCompleted;

    /// <summary>Begins to read into a buffer of its own.</summary>
    public void BeginRead(Stream stream, int size)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            Begin(stream.ReadAsync(_buffer.AsMemory(0, size)));
        }
        catch
        {
            ReleaseBuffer();
            throw;
        }
    }

    /// <summary>What begins here has no bytes to bring.</summary>
    public void Begin(ValueTask call) => Begin(WithoutCount(call));

    /// <summary>Suspends until the call has ended. Cancelled, it leaves the call to itself.</summary>
    [Coroutine]
    public async Coroutine Wait()
    {
        if (isOutside)
        {
            using (loop.WaitOutside())
                await _ended.Wait();
        }
        else
        {
            await _ended.Wait();
        }

        ObjectDisposedException.ThrowIf(_isAbandoned, this);
    }

    /// <summary>Takes what a call that has ended has brought, and makes room for the next.</summary>
    public void Take()
    {
        IsUnderWay = false;
        _awaiter.GetResult();
    }

    /// <summary>Takes what a read that has ended has brought.</summary>
    /// <param name="first">Where to.</param>
    /// <param name="rest">For what does not fit.</param>
    /// <returns>The number of all bytes.</returns>
    public int TakeInto(Span<byte> first, ref ByteQueue rest)
    {
        IsUnderWay = false;
        try
        {
            var bytes = _buffer.AsSpan(0, _awaiter.GetResult());
            int fitting = Math.Min(bytes.Length, first.Length);
            bytes[..fitting].CopyTo(first);
            if (fitting < bytes.Length)
                rest.Add(bytes[fitting..]);
            return bytes.Length;
        }
        finally
        {
            ReleaseBuffer();
        }
    }

    /// <summary>Nobody wants the result any more. The buffer goes back when the stream has let go of it.</summary>
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

    private void Begin(ValueTask<int> call)
    {
        _awaiter = call.ConfigureAwait(false).GetAwaiter();
        _ended.Reset();
        IsUnderWay = true;
        if (_awaiter.IsCompleted)
            _ended.Set();
        else
            _awaiter.UnsafeOnCompleted(_onCompleted ??= OnCompleted);
    }

    private void OnCompleted()
    {
        if (ReferenceEquals(EventLoop.CurrentOrNull, loop))
            End();
        else
            loop.TryPostUntyped(static call => ((PendingCall)call!).End(), this);
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
        if (!IsUnderWay)
            return;
        IsUnderWay = false;
        ReleaseBuffer();
        try
        {
            _awaiter.GetResult();
        }
        catch
        {
            // A call of a stream that was closed meanwhile: whoever waited for it has been told so.
        }
    }

    private void ReleaseBuffer()
    {
        if (_buffer is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        _buffer = null;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> WithoutCount(ValueTask call)
    {
        await call.ConfigureAwait(false);
        return 0;
    }
}
