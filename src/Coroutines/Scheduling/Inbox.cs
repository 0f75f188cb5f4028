using System.Collections.Concurrent;

namespace Coroutines;

/// <summary>
/// Callbacks posted from other threads. <see cref="TryPost"/> may be called from any thread; everything else belongs to the loop's thread.
/// </summary>
/// <remarks>
/// <para>Order per posting thread is kept. Nothing is posted to the kernel unless the loop is (about to be) blocked:</para>
/// <para>the loop announces that it will block, then looks at the queue once more; a poster enqueues, then looks whether the loop
/// announced. With a full fence between each pair at least one of the two sees the other, so no wake-up is lost, and
/// the poster that takes the announcement back is the only one that pays for a write to the eventfd.</para>
/// <para>It closes in the same way: what was posted before is seen by the loop, which then stays open, and who posts afterwards sees that it is closed and takes the callback back.</para>
/// </remarks>
internal sealed class Inbox
{
    private readonly struct Posted(Action<object?> callback, object? state)
    {
        public readonly Action<object?> Callback = callback;
        public readonly object? State = state;
    }

    private const int Awake = 0;
    private const int Blocking = 1;
    private const int Closed = 2;

    private readonly ConcurrentQueue<Posted> _queue = new();
    private readonly Lock _closing = new();
    private int _loopState = Awake;

    // Set after each enqueue, cleared before each look at the queue: a turn without posts costs one load instead of a look.
    // A poster that finds it set may rely on it: whoever clears it looks at the queue afterwards.
    private volatile bool _hasPosts;

    public bool IsEmpty => _queue.IsEmpty;

    /// <summary>Whether anything was posted since <see cref="BeginTaking"/>.</summary>
    public bool HasPosts => _hasPosts;

    /// <summary>Adds a callback.</summary>
    /// <param name="callback">To be called on the loop's thread.</param>
    /// <param name="state">Passed to it.</param>
    /// <param name="mustWake">Whether the loop is blocked and the caller must wake it.</param>
    /// <returns>False if the loop has ended: the callback will never be called.</returns>
    public bool TryPost(Action<object?> callback, object? state, out bool mustWake)
    {
        _queue.Enqueue(new Posted(callback, state));
        Interlocked.MemoryBarrier();
        // Written only where it changes, so that posting threads do not take the line from each other.
        if (!_hasPosts)
            _hasPosts = true;
        int loopState = Volatile.Read(ref _loopState);
        mustWake = loopState == Blocking && Interlocked.CompareExchange(ref _loopState, Awake, Blocking) == Blocking;
        return loopState != Closed || !TryTakeBack();
    }

    /// <summary>Refuses callbacks from now on, unless some are left.</summary>
    public bool TryClose()
    {
        lock (_closing)
        {
            Interlocked.Exchange(ref _loopState, Closed);
            if (_queue.IsEmpty)
                return true;
            Interlocked.Exchange(ref _loopState, Awake);
            return false;
        }
    }

    // Everything that is in a closed inbox came too late, and everyone who put something there comes here to take one away: it need not be his own.
    private bool TryTakeBack()
    {
        lock (_closing)
            return Volatile.Read(ref _loopState) == Closed && _queue.TryDequeue(out _);
    }

    /// <summary>Announces that the loop is about to block. False if something was posted meanwhile: then it must not.</summary>
    public bool TryBeginBlocking()
    {
        Interlocked.Exchange(ref _loopState, Blocking);
        if (_queue.IsEmpty)
            return true;
        EndBlocking();
        return false;
    }

    /// <summary>No fence: a poster that still sees the announcement wakes a loop that is awake, and one that does not has posted what the loop will find before it announces again.</summary>
    public void EndBlocking() => Volatile.Write(ref _loopState, Awake);

    /// <summary>Begins a turn's look at the queue.</summary>
    /// <returns>The number of callbacks to run now: those posted before this turn.</returns>
    public int BeginTaking()
    {
        _hasPosts = false;
        Interlocked.MemoryBarrier();
        return _queue.Count;
    }

    public bool TryTake(out Action<object?> callback, out object? state)
    {
        bool taken = _queue.TryDequeue(out var posted);
        callback = posted.Callback;
        state = posted.State;
        return taken;
    }
}
