using System.ComponentModel;

namespace Coroutines;

/// <summary>What makes generator-style coroutines, which are plain iterators, coroutines like the others.</summary>
public static class LoopAwaitableExtensions
{
    /// <summary>
    /// A generator-style coroutine as a <see cref="Coroutine"/>: for everything that takes one, and for <c>yield return</c> in another one, which C# does not let do without. Runs nothing.
    /// </summary>
    /// <param name="coroutine">
    /// An iterator nobody has advanced. What it yields is waited for in the running task, one after the other; null stands for the next turn. It is disposed of when it ends, fails or is
    /// cancelled, so that its <c>finally</c> blocks run.
    /// </param>
    /// <returns>A cold coroutine.</returns>
    /// <exception cref="InvalidOperationException">It has been used before.</exception>
    public static Coroutine AsCoroutine(this IEnumerator<ILoopAwaitable?> coroutine)
    {
        ArgumentNullException.ThrowIfNull(coroutine);
        return coroutine is IColdIterator own ? own.AsCoroutine() : IteratorFrame.Create(coroutine);
    }

    /// <summary>Does what <see cref="AsCoroutine(IEnumerator{ILoopAwaitable?})"/> does with a run of its own, as often as it is called.</summary>
    /// <param name="coroutine">What makes the iterators.</param>
    /// <returns>A cold coroutine.</returns>
    public static Coroutine AsCoroutine(this IEnumerable<ILoopAwaitable?> coroutine)
    {
        ArgumentNullException.ThrowIfNull(coroutine);
        return coroutine is IColdIterator own ? own.AsCoroutine() : IteratorFrame.Create(coroutine);
    }

    /// <summary>Used by <c>await</c>: in a coroutine the iterator runs in place, in the same task.</summary>
    /// <param name="coroutine">An iterator nobody has advanced.</param>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Coroutine.Awaiter GetAwaiter(this IEnumerator<ILoopAwaitable?> coroutine) => coroutine.AsCoroutine().GetAwaiter();

    /// <inheritdoc cref="GetAwaiter(IEnumerator{ILoopAwaitable?})" />
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Coroutine.Awaiter GetAwaiter(this IEnumerable<ILoopAwaitable?> coroutine) => coroutine.AsCoroutine().GetAwaiter();

    /// <summary>Used by <c>await</c> where nothing more is known of what is awaited. A result is dropped.</summary>
    /// <param name="awaitable">Anything a coroutine can suspend on.</param>
    /// <returns>The awaiter.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Coroutine.Awaiter GetAwaiter(this ILoopAwaitable awaitable)
    {
        ArgumentNullException.ThrowIfNull(awaitable);
        return awaitable.AsCoroutine().GetAwaiter();
    }

    /// <summary>
    /// Keeps the result for after the wait: <c>var item = channel.Read().WithResult(); yield return item; Use(item.Result);</c>. Allocates the object it returns. Does not suspend.
    /// </summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="awaitable">What to wait for; the wait begins when the returned object is waited for.</param>
    /// <returns>Something to <c>yield return</c>, then to ask for the result.</returns>
    public static ResultAwaitable<T> WithResult<T>(this ILoopAwaitable<T> awaitable)
    {
        ArgumentNullException.ThrowIfNull(awaitable);
        return new ResultAwaitable<T>(awaitable);
    }
}
