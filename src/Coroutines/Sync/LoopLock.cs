using System.Diagnostics;
using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// Lets one coroutine at a time past: <c>using (await mutex.Acquire()) { … }</c>, also across suspensions. Belongs to one loop; loop thread only.
/// </summary>
/// <remarks>
/// <para>First come, first served: whoever releases it hands it to the one who waits longest, so nobody can take it in between.</para>
/// <para>It belongs to its <see cref="Holder"/>, not to a task: the holder may be handed to another task, which releases it. So a task that acquires it twice is not told, but
/// waits for itself.</para>
/// </remarks>
[DebuggerDisplay("held = {IsHeld}")]
public sealed class LoopLock : IWaitSource
{
    private const long Free = 0;

    private readonly EventLoop _loop;
    private WaitQueue _waiters;

    /// <summary>The number of the acquisition that holds the lock: each has one of its own, so a holder that has been released is known.</summary>
    private long _held = Free;
    private long _acquisitions;

    /// <summary>Makes a free lock of the loop that runs on this thread.</summary>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public LoopLock()
        : this(EventLoop.Current)
    {
    }

    /// <summary>Makes a free lock of <paramref name="loop"/>. Loop thread only.</summary>
    /// <param name="loop">The loop whose coroutines will share it.</param>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public LoopLock(EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.VerifyAccess();
        _loop = loop;
    }

    /// <summary>Whether somebody holds it.</summary>
    public bool IsHeld => _held != Free;

    /// <summary>
    /// Acquires it. Suspends while somebody else holds it. Loop thread only.
    /// </summary>
    /// <remarks>
    /// Cancelled while it waits, it gives up its place and nothing else. Once it was handed the lock, it has it, and the await ends as usual even if it is cancelled before it goes on.
    /// </remarks>
    /// <returns>Something to await; its result releases the lock when disposed. The place in the queue is that of the <c>await</c>.</returns>
    public LockAwaitable Acquire() => new(this);

    /// <summary>Acquires it if it is free. Does not suspend; loop thread only.</summary>
    /// <param name="holder">Releases the lock when disposed; the default value if it was not acquired, which must not be disposed.</param>
    /// <returns>False if somebody holds it.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool TryAcquire(out Holder holder)
    {
        bool taken = TryTake();
        holder = taken ? Holding : default;
        return taken;
    }

    internal EventLoop Loop => _loop;

    /// <summary>The holder of whom the lock was given to: right when its await ends, as nobody else can release it.</summary>
    internal Holder Holding => new(this, _held);

    internal long HeldBy => _held;

    internal bool TryTake()
    {
        _loop.VerifyAccess();
        if (_held != Free)
            return false;
        _held = ++_acquisitions;
        return true;
    }

    internal bool Suspend(LoopTask task)
    {
        if (!task.TryPark(this, _loop))
            return false;
        task.Tag = Free;
        _waiters.Append(task);
        return true;
    }

    /// <summary>Takes a free lock for an acquisition that had let go of it.</summary>
    internal bool TryTakeBack(long acquisition)
    {
        if (_held != Free)
            return false;
        _held = acquisition;
        return true;
    }

    /// <summary>Lets <paramref name="node"/> wait, which nothing can abandon, for an acquisition that had let go of the lock.</summary>
    internal void AppendReturning(LoopNode node, long acquisition)
    {
        node.WaitSource = null;
        node.Tag = acquisition;
        _waiters.Append(node);
    }

    internal void Release(long acquisition)
    {
        _loop.VerifyAccess();
        if (_held != acquisition)
            ThrowNotHeld();
        LetGo();
    }

    /// <summary>Hands the lock on, or leaves it free.</summary>
    internal void LetGo()
    {
        if (_waiters.TakeFirst() is { } next)
        {
            _held = next.Tag != Free ? next.Tag : ++_acquisitions;
            _loop.Signal(next);
        }
        else
        {
            _held = Free;
        }
    }

    void IWaitSource.Abandon(LoopNode node) => _waiters.Remove(node);

    string IWaitSource.Describe(LoopNode node) => "a LoopLock";

    private static void ThrowNotHeld() => throw new InvalidOperationException(
        "This holder does not hold the lock: it has been released before, or a condition's Wait has released it and not got it back yet. Dispose each holder once.");

    /// <summary>One acquisition of a <see cref="LoopLock"/>: dispose it, once, to release the lock. May be handed to another task of the loop.</summary>
    public readonly struct Holder : IDisposable
    {
        private readonly LoopLock? _mutex;
        private readonly long _acquisition;

        internal Holder(LoopLock mutex, long acquisition)
        {
            _mutex = mutex;
            _acquisition = acquisition;
        }

        /// <summary>Whether this acquisition holds the lock now: not once it was disposed, and not while it waits for a condition.</summary>
        public bool IsHolding => _mutex is { } mutex && mutex._held == _acquisition;

        /// <summary>Releases the lock: hands it to who waits longest. Does not suspend; loop thread only.</summary>
        /// <exception cref="InvalidOperationException">It does not hold the lock: disposed before, or the default value; or this is not the loop's thread.</exception>
        public void Dispose()
        {
            if (_mutex is null)
                throw new InvalidOperationException("This is default(LoopLock.Holder), which holds nothing. Dispose what await Acquire() gave, or what TryAcquire gave if it returned true.");
            _mutex.Release(_acquisition);
        }
    }
}
