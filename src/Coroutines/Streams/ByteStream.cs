using System.Runtime.ExceptionServices;

namespace Coroutines;

/// <summary>
/// Bytes in both directions: a connection, a pipe, a TLS session over either. Reads ahead, so that lines and frames can be looked for; collects what is written, so that it leaves
/// together. Belongs to one loop; loop thread only.
/// </summary>
/// <remarks>
/// <para>One coroutine at a time reads, and one writes; they need not be the same.</para>
/// <para>A cancelled read has taken nothing: what has arrived stays for the next one. A cancelled write or <see cref="Flush"/> stops waiting, and what was written until then is still sent.</para>
/// <para>While nothing has arrived and nothing is unsent the stream holds no buffer.</para>
/// </remarks>
public abstract partial class ByteStream : IAsyncDisposable
{
    private readonly int _readSize;
    private readonly int _highWaterMark;
    private readonly int _lowWaterMark;
    private bool _isDisposed;

    /// <summary>Whether <see cref="DisposeAsync"/> was called: another call would cut off what the first one is still sending.</summary>
    private bool _isEnding;

    /// <summary>Makes a stream of the loop that runs on this thread.</summary>
    /// <param name="options">Its sizes.</param>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    private protected ByteStream(ByteStreamOptions? options)
    {
        options ??= ByteStreamOptions.Default;
        Loop = EventLoop.Current;
        _readSize = options.ReadSize;
        _highWaterMark = options.HighWaterMark;
        // Below the high one: who waits at that must wait for something.
        _lowWaterMark = Math.Min(options.LowWaterMark, options.HighWaterMark - 1);
    }

    internal EventLoop Loop { get; }

    /// <summary>
    /// Sends what is unsent, and closes the stream. Suspends while the peer takes what is unsent, and for a while if bytes of the peer's are unread (<see cref="ByteStreamOptions.LingerTime"/>); cancelled then, it drops the rest.
    /// A second call does nothing.
    /// </summary>
    /// <returns>A cold coroutine, which <c>await using</c> awaits.</returns>
    /// <exception cref="IOException">What was unsent could not be sent.</exception>
    [Coroutine]
    public async Coroutine DisposeAsync()
    {
        if (_isDisposed || _isEnding)
            return;
        _isEnding = true;
        try
        {
            if (!_isCompleted && !_isFaultTold)
                await Flush();
            await EndCore();
        }
        finally
        {
            Abort();
        }
    }

    ValueTask IAsyncDisposable.DisposeAsync() => DisposeAsync().AsValueTask();

    /// <summary>Closes the stream at once; what is unsent is dropped. Coroutines that read or write get <see cref="ObjectDisposedException"/>. Does not suspend; allowed
    /// after the end of the loop, too.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public void Abort()
    {
        if (_isDisposed)
            return;
        if (!Loop.IsDisposed)
            Loop.VerifyAccess();
        _isDisposed = true;
        CloseCore();
        ReleaseInput();
        _output.Release();
        _unsent = 0;
        _fault ??= ExceptionDispatchInfo.Capture(new ObjectDisposedException(GetType().FullName));
        // A loop that has ended has ended the tasks as well.
        if (Loop.IsDisposed)
            return;
        _progress?.Set();
        _sender?.Cancel();
    }

    /// <summary>Receives at least one byte. Suspends until there is one. Cancelled, it takes none.</summary>
    /// <param name="buffer">Not empty.</param>
    /// <returns>The number of bytes, 0 at the end.</returns>
    private protected abstract Coroutine<int> ReceiveCore(Memory<byte> buffer);

    /// <summary>Adds what can be received to <see cref="Input"/>. Suspends until there is something; streams that can wait without a buffer do.</summary>
    /// <returns>The number of bytes, 0 at the end.</returns>
    private protected abstract Coroutine<int> FillCore();

    /// <summary>Sends all bytes. Suspends as long as the peer does not take them. Cancelled or failed, it may go on looking at them.</summary>
    private protected abstract Coroutine SendCore(ReadOnlyMemory<byte> bytes);

    /// <summary>Sends what can be sent without waiting, perhaps nothing.</summary>
    /// <returns>How many bytes.</returns>
    private protected abstract int SendNow(ReadOnlySpan<byte> bytes);

    /// <summary>Tells the peer that nothing more will come; everything before has been sent.</summary>
    private protected abstract Coroutine CompleteCore();

    /// <summary>What there is to say before closing, after everything was sent. By default nothing.</summary>
    [Coroutine]
    private protected virtual async Coroutine EndCore()
    {
    }

    /// <summary>Closes what lies below. Whoever waits there is woken with an exception.</summary>
    private protected abstract void CloseCore();

    private protected int ReadSize => _readSize;

    private void VerifyOpen()
    {
        Loop.VerifyAccess();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
    }
}
