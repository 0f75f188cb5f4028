using System.ComponentModel;

namespace Coroutines;

/// <summary>Something a coroutine can suspend on that belongs to a loop: a delay, a future, another coroutine.</summary>
/// <remarks>
/// <c>await</c> looks at the static type, which gives its result. Through this interface, in a generator-style coroutine (<c>yield return</c>) or by <c>await</c>, it is waited for in the
/// same way and at the same time, and a result is dropped; see <see cref="LoopAwaitableExtensions.WithResult{T}"/>.
/// </remarks>
public interface ILoopAwaitable
{
    /// <summary>A coroutine that waits for this and for nothing else. Does not suspend, and waits for nothing before it is awaited itself.</summary>
    /// <returns>A cold coroutine.</returns>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    Coroutine AsCoroutine();
}

/// <summary>A <see cref="ILoopAwaitable"/> with a result.</summary>
/// <typeparam name="T">What awaiting it gives.</typeparam>
public interface ILoopAwaitable<out T> : ILoopAwaitable
{
    /// <summary>Does what <see cref="ILoopAwaitable.AsCoroutine"/> does, and hands the result over.</summary>
    /// <param name="result">Called with the result in the turn in which the coroutine completes.</param>
    /// <returns>A cold coroutine.</returns>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    Coroutine AsCoroutine(Action<T> result);
}
