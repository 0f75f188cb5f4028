using System.ComponentModel;

namespace Coroutines;

/// <summary>Outcomes in the order in which coroutines end: what <see cref="Coroutine.WhenEach{T}(ReadOnlySpan{Coroutine{T}})"/> returns, for one <c>await foreach</c>.</summary>
/// <typeparam name="T">The result of each.</typeparam>
public sealed partial class OutcomeStream<T>
{
    private readonly Queue<Outcome<T>> _ended = new();
    private Coroutine<T>[]? _coroutines;
    private TaskGroup? _group;
    private Future<bool>? _next;

    internal OutcomeStream(Coroutine<T>[] coroutines) => _coroutines = coroutines;

    /// <summary>The outcome that the last <see cref="MoveNextAsync"/> found.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Outcome<T> Current { get; private set; }

    /// <summary>Used by <c>await foreach</c>: starts the coroutines as tasks of the running one.</summary>
    /// <returns>This object.</returns>
    /// <exception cref="InvalidOperationException">It has been enumerated before, or no coroutine runs here.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public OutcomeStream<T> GetAsyncEnumerator()
    {
        var coroutines = _coroutines ?? throw new InvalidOperationException("These coroutines run already: what WhenEach returns is enumerated once.");
        _coroutines = null;
        _group = new TaskGroup();
        foreach (var coroutine in coroutines)
            _group.Spawn(Settle(coroutine));
        return this;
    }

    /// <summary>Used by <c>await foreach</c>. Suspends until another one has ended.</summary>
    /// <returns>Whether there was one left.</returns>
    [Coroutine]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public async Coroutine<bool> MoveNextAsync()
    {
        if (_ended.Count == 0)
        {
            if (_group!.Count == 0)
                return false;
            _next = new Future<bool>();
            await _next;
            _next = null;
        }

        Current = _ended.Dequeue();
        return true;
    }

    /// <summary>Used by <c>await foreach</c>. Cancels what is left and waits for it.</summary>
    /// <returns>A cold coroutine.</returns>
    [Coroutine]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public async Coroutine DisposeAsync()
    {
        _group!.Cancel("the enumeration was left");
        await _group.Join();
    }

    [Coroutine]
    private async Coroutine Settle(Coroutine<T> coroutine)
    {
        try
        {
            _ended.Enqueue(new Outcome<T>(await coroutine));
        }
        catch (Exception exception)
        {
            // The enumeration tells it.
            _ended.Enqueue(new Outcome<T>(exception));
        }

        _next?.TrySetResult(true);
    }
}
