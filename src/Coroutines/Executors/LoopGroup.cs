using System.Diagnostics;

namespace Coroutines;

/// <summary>
/// Event loops on threads of their own, usually one for each core. Every member may be called on any thread.
/// </summary>
/// <remarks>Coroutines stay on the loop on which they were spawned. What is returned are tasks of the runtime: a coroutine of any loop may await them and resumes on its own.</remarks>
[DebuggerDisplay("loops = {Loops.Count}")]
public sealed class LoopGroup : IDisposable
{
    private readonly LoopThread[] _threads;
    private bool _isDisposed;

    /// <summary>Starts the threads and waits until their loops exist.</summary>
    /// <param name="count">How many loops; at least one.</param>
    /// <param name="options">For each loop; without them, each has the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than one.</exception>
    /// <exception cref="PlatformNotSupportedException"><see cref="EventLoopOptions.Reactor"/> names what this system does not have.</exception>
    public LoopGroup(int count, EventLoopOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _threads = new LoopThread[count];
        for (int i = 0; i < count; i++)
            _threads[i] = new LoopThread($"Event loop {i}", options ?? new EventLoopOptions());
        Loops = Array.ConvertAll(_threads, static thread => thread.Loop);
    }

    /// <summary>The loops, in order.</summary>
    public IReadOnlyList<EventLoop> Loops { get; }

    /// <summary>Spawns a coroutine on the loop that has the fewest running from this group.</summary>
    /// <param name="body">Called on the loop's thread to make the coroutine.</param>
    /// <returns>Its outcome.</returns>
    /// <exception cref="ObjectDisposedException">The group is disposed.</exception>
    public Task Spawn(Func<Coroutine> body) => LeastLoaded().Spawn(body);

    /// <inheritdoc cref="Spawn(Func{Coroutine})" />
    /// <typeparam name="T">The result.</typeparam>
    public Task<T> Spawn<T>(Func<Coroutine<T>> body) => LeastLoaded().Spawn(body);

    /// <summary>Spawns a coroutine on one of the loops.</summary>
    /// <param name="loop">Its place in <see cref="Loops"/>.</param>
    /// <param name="body">Called on the loop's thread to make the coroutine.</param>
    /// <returns>Its outcome.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such loop.</exception>
    /// <exception cref="ObjectDisposedException">The group is disposed.</exception>
    public Task Spawn(int loop, Func<Coroutine> body) => At(loop).Spawn(body);

    /// <inheritdoc cref="Spawn(int, Func{Coroutine})" />
    /// <typeparam name="T">The result.</typeparam>
    public Task<T> Spawn<T>(int loop, Func<Coroutine<T>> body) => At(loop).Spawn(body);

    /// <summary>Cancels what runs on the loops, waits for it, and ends the threads. Not on a thread of the group.</summary>
    /// <exception cref="InvalidOperationException">This is a thread of the group, which cannot wait for itself.</exception>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        if (Array.Exists(_threads, static thread => thread.IsCurrent))
            throw new InvalidOperationException("A loop of the group cannot dispose the group: it would wait for itself. Dispose it where it was made.");
        _isDisposed = true;
        foreach (var thread in _threads)
            thread.Stop();
        foreach (var thread in _threads)
            thread.Join();
    }

    private LoopThread At(int loop)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(loop);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(loop, _threads.Length);
        return _threads[loop];
    }

    // The counts may change while they are compared: any answer spreads the load.
    private LoopThread LeastLoaded()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _threads.MinBy(static thread => thread.Load)!;
    }
}
