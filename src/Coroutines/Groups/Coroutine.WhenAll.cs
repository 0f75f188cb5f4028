namespace Coroutines;

// All of several coroutines.
public readonly partial struct Coroutine
{
    /// <summary>
    /// Runs the coroutines as tasks beside each other. Suspends until all have ended. The first failure cancels the others, as does cancelling the await.
    /// </summary>
    /// <remarks>Allocates nothing once the loop's pools are warm.</remarks>
    /// <param name="coroutines">Cold coroutines; none is fine.</param>
    /// <returns>A cold coroutine.</returns>
    /// <exception cref="AggregateException">Some have failed: all of their exceptions.</exception>
    /// <exception cref="InvalidOperationException">One of them has been used before.</exception>
    public static Coroutine WhenAll(params ReadOnlySpan<Coroutine> coroutines) => WhenAllFrame.Create(coroutines);

    /// <inheritdoc cref="WhenAll(ReadOnlySpan{Coroutine})" />
    public static Coroutine WhenAll(IEnumerable<Coroutine> coroutines)
    {
        ArgumentNullException.ThrowIfNull(coroutines);
        return WhenAllFrame.Create([.. coroutines]);
    }

    /// <inheritdoc cref="WhenAll(ReadOnlySpan{Coroutine})" />
    /// <typeparam name="T">The result of each.</typeparam>
    /// <returns>A cold coroutine that gives the results in the order of the arguments.</returns>
    public static Coroutine<T[]> WhenAll<T>(params ReadOnlySpan<Coroutine<T>> coroutines) => All(coroutines.ToArray());

    /// <inheritdoc cref="WhenAll{T}(ReadOnlySpan{Coroutine{T}})" />
    public static Coroutine<T[]> WhenAll<T>(IEnumerable<Coroutine<T>> coroutines)
    {
        ArgumentNullException.ThrowIfNull(coroutines);
        return All([.. coroutines]);
    }

    /// <summary>Runs the coroutines as tasks beside each other until all have ended, however. Suspends. A failure cancels nobody; cancelling the await cancels all.</summary>
    /// <typeparam name="T">The result of each.</typeparam>
    /// <param name="coroutines">Cold coroutines; none is fine.</param>
    /// <returns>A cold coroutine that gives the outcomes in the order of the arguments.</returns>
    public static Coroutine<Outcome<T>[]> WhenAllSettled<T>(params ReadOnlySpan<Coroutine<T>> coroutines) => Settled(coroutines.ToArray());

    /// <inheritdoc cref="WhenAllSettled{T}(ReadOnlySpan{Coroutine{T}})" />
    public static Coroutine<Outcome<T>[]> WhenAllSettled<T>(IEnumerable<Coroutine<T>> coroutines)
    {
        ArgumentNullException.ThrowIfNull(coroutines);
        return Settled([.. coroutines]);
    }

    [Coroutine]
    private static async Coroutine<T[]> All<T>(Coroutine<T>[] coroutines)
    {
        var tasks = new CoroutineTask<T>[coroutines.Length];
        await using var group = new TaskGroup();
        for (int i = 0; i < tasks.Length; i++)
            tasks[i] = group.Spawn(coroutines[i]);
        await group.Join();
        var results = new T[tasks.Length];
        for (int i = 0; i < tasks.Length; i++)
            results[i] = await tasks[i];
        return results;
    }

    [Coroutine]
    private static async Coroutine<Outcome<T>[]> Settled<T>(Coroutine<T>[] coroutines)
    {
        var outcomes = new Outcome<T>[coroutines.Length];
        await using var group = new TaskGroup();
        for (int i = 0; i < outcomes.Length; i++)
            group.Spawn(Settle(coroutines[i], outcomes, i));
        await group.Join();
        return outcomes;
    }

    [Coroutine]
    private static async Coroutine Settle<T>(Coroutine<T> coroutine, Outcome<T>[] outcomes, int index)
    {
        try
        {
            outcomes[index] = new Outcome<T>(await coroutine);
        }
        catch (Exception exception)
        {
            // The caller finds it in the outcome.
            outcomes[index] = new Outcome<T>(exception);
        }
    }
}
