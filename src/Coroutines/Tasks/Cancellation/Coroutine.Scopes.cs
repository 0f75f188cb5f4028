using Coroutines.CompilerServices;

namespace Coroutines;

// Coroutines in a cancel scope of their own: the forms that can absorb a cancellation, which a block cannot.
public readonly partial struct Coroutine
{
    /// <summary>
    /// Runs <paramref name="coroutine"/> for at most <paramref name="timeout"/>, then cancels it and goes on. Suspends as it does, at no exception.
    /// </summary>
    /// <remarks>A coroutine that was cancelled has run its <c>finally</c> blocks when this completes. Cancellation from outside goes through.</remarks>
    /// <param name="coroutine">A cold coroutine.</param>
    /// <param name="timeout">How long, from when the result is awaited; resolution 100 ns. Not negative.</param>
    /// <returns>A cold coroutine that says whether the other one finished.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    public static Coroutine<bool> MoveOnAfter(Coroutine coroutine, TimeSpan timeout) =>
        MoveOn(ScopedCall<Unit>.After(Checked(timeout), coroutine.Consume()));

    /// <inheritdoc cref="MoveOnAfter(Coroutine, TimeSpan)" />
    /// <typeparam name="T">The result.</typeparam>
    /// <returns>A cold coroutine that says whether the other one finished, and its result if so.</returns>
    public static Coroutine<(bool Finished, T? Result)> MoveOnAfter<T>(Coroutine<T> coroutine, TimeSpan timeout) =>
        MoveOn(ScopedCall<T>.After(Checked(timeout), coroutine.Consume()));

    /// <summary>Does what <see cref="MoveOnAfter(Coroutine, TimeSpan)"/> does, at a time of the loop's clock.</summary>
    /// <param name="coroutine">A cold coroutine.</param>
    /// <param name="when">A time as <see cref="EventLoop.Now"/> gives it.</param>
    /// <returns>A cold coroutine that says whether the other one finished.</returns>
    public static Coroutine<bool> MoveOnAt(Coroutine coroutine, TimeSpan when) =>
        MoveOn(new ScopedCall<Unit>(coroutine.Consume(), ScopedCall<Unit>.Kind.At, when));

    /// <inheritdoc cref="MoveOnAt(Coroutine, TimeSpan)" />
    /// <typeparam name="T">The result.</typeparam>
    /// <returns>A cold coroutine that says whether the other one finished, and its result if so.</returns>
    public static Coroutine<(bool Finished, T? Result)> MoveOnAt<T>(Coroutine<T> coroutine, TimeSpan when) =>
        MoveOn(new ScopedCall<T>(coroutine.Consume(), ScopedCall<T>.Kind.At, when));

    /// <summary>
    /// Runs <paramref name="coroutine"/> without letting it feel cancellation from outside: for what must be finished once begun. Suspends as it does; a cancellation that came meanwhile
    /// is felt at the next suspension after it.
    /// </summary>
    /// <param name="coroutine">A cold coroutine.</param>
    /// <returns>A cold coroutine with the same outcome.</returns>
    public static Coroutine Shield(Coroutine coroutine) =>
        Throwing(new ScopedCall<Unit>(coroutine.Consume(), ScopedCall<Unit>.Kind.Shield)).AsPlainCoroutine();

    /// <inheritdoc cref="Shield(Coroutine)" />
    /// <typeparam name="T">The result.</typeparam>
    public static Coroutine<T> Shield<T>(Coroutine<T> coroutine) =>
        Throwing(new ScopedCall<T>(coroutine.Consume(), ScopedCall<T>.Kind.Shield)).AsCoroutine();

    /// <summary>Runs this coroutine for at most <paramref name="timeout"/>; after that it is cancelled, and the result throws. Suspends as the coroutine does.</summary>
    /// <param name="timeout">How long, from when the result is awaited; resolution 100 ns. Not negative.</param>
    /// <returns>A cold coroutine. Awaiting it throws <see cref="TimeoutException"/> if the time was up.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    public Coroutine WithTimeout(TimeSpan timeout) =>
        Throwing(ScopedCall<Unit>.After(Checked(timeout), Consume())).AsPlainCoroutine();

    internal static FrameTask<ThrowingFrame<T>, T> Throwing<T>(ScopedCall<T> call)
    {
        var task = FrameTask<ThrowingFrame<T>, T>.Rent();
        task.Frame.Call = call;
        return task;
    }

    internal static TimeSpan Checked(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        return timeout;
    }

    private static Coroutine<bool> MoveOn(ScopedCall<Unit> call)
    {
        var task = FrameTask<MoveOnFrame, bool>.Rent();
        task.Frame.Call = call;
        return task.AsCoroutine();
    }

    private static Coroutine<(bool Finished, T? Result)> MoveOn<T>(ScopedCall<T> call)
    {
        var task = FrameTask<MoveOnFrame<T>, (bool Finished, T? Result)>.Rent();
        task.Frame.Call = call;
        return task.AsCoroutine();
    }
}

public readonly partial struct Coroutine<T>
{
    /// <inheritdoc cref="Coroutine.WithTimeout" />
    public Coroutine<T> WithTimeout(TimeSpan timeout) =>
        Coroutine.Throwing(ScopedCall<T>.After(Coroutine.Checked(timeout), Consume())).AsCoroutine();
}

public sealed partial class CancelScope
{
    /// <summary>
    /// Runs <paramref name="body"/> in a scope that absorbs its own cancellation. Suspends as the body does, at no exception.
    /// </summary>
    /// <param name="body">Gets the scope, to cancel it or to give it a deadline.</param>
    /// <returns>A cold coroutine that says whether the body finished.</returns>
    public static Coroutine<bool> Run(Func<CancelScope, Coroutine> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var task = FrameTask<ScopeRunFrame, bool>.Rent();
        task.Frame.Factory = body;
        return task.AsCoroutine();
    }
}
