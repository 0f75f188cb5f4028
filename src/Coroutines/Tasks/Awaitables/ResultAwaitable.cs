namespace Coroutines;

/// <summary>
/// Waits for something and keeps its result, for generator-style coroutines, where <c>yield return</c> gives none: what <see cref="LoopAwaitableExtensions.WithResult{T}"/> returns.
/// </summary>
/// <remarks>Loop thread only.</remarks>
/// <typeparam name="T">The result.</typeparam>
public sealed class ResultAwaitable<T> : ILoopAwaitable
{
    private readonly ILoopAwaitable<T> _awaitable;
    private T? _result;

    internal ResultAwaitable(ILoopAwaitable<T> awaitable) => _awaitable = awaitable;

    /// <summary>Whether there is a result.</summary>
    public bool HasResult { get; private set; }

    /// <summary>The result, once this has been waited for. Does not suspend.</summary>
    /// <exception cref="InvalidOperationException">It has not been waited for, or that failed.</exception>
    public T Result => HasResult ? _result! : throw new InvalidOperationException("There is no result yet. Write \"yield return\" with this object first.");

    /// <inheritdoc />
    public Coroutine AsCoroutine() => _awaitable.AsCoroutine(Keep);

    private void Keep(T result)
    {
        _result = result;
        HasResult = true;
    }
}
