namespace Coroutines;

// Each of several coroutines, as they end.
public readonly partial struct Coroutine
{
    /// <summary>
    /// Runs the coroutines as tasks beside each other and gives their outcomes in the order in which they end: read it with <c>await foreach</c>, which suspends until the next has ended.
    /// </summary>
    /// <remarks>A failure is an outcome and cancels nobody. Leaving the loop early, or cancelling it, cancels those that are left and waits for them.</remarks>
    /// <typeparam name="T">The result of each.</typeparam>
    /// <param name="coroutines">Cold coroutines; none is fine. They start when the enumeration does.</param>
    /// <returns>Something to enumerate once.</returns>
    public static OutcomeStream<T> WhenEach<T>(params ReadOnlySpan<Coroutine<T>> coroutines) => new(coroutines.ToArray());

    /// <inheritdoc cref="WhenEach{T}(ReadOnlySpan{Coroutine{T}})" />
    public static OutcomeStream<T> WhenEach<T>(IEnumerable<Coroutine<T>> coroutines)
    {
        ArgumentNullException.ThrowIfNull(coroutines);
        return new([.. coroutines]);
    }
}
