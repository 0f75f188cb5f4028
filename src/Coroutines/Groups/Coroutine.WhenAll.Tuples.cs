namespace Coroutines;

// Several coroutines of different types at once. Two to eight of them, as C# has no parameter list of types.
public readonly partial struct Coroutine
{
    /// <summary>
    /// Runs the coroutines as tasks beside each other and gives all results. Suspends until all have ended. The first failure cancels the others, as does cancelling the await.
    /// </summary>
    /// <returns>A cold coroutine.</returns>
    /// <exception cref="AggregateException">Some have failed: all of their exceptions.</exception>
    [Coroutine]
    public static async Coroutine<(T1, T2)> WhenAll<T1, T2>(Coroutine<T1> first, Coroutine<T2> second)
    {
        await using var group = new TaskGroup();
        var task1 = group.Spawn(first);
        var task2 = group.Spawn(second);
        await group.Join();
        return (await task1, await task2);
    }

    /// <inheritdoc cref="WhenAll{T1, T2}(Coroutine{T1}, Coroutine{T2})" />
    [Coroutine]
    public static async Coroutine<(T1, T2, T3)> WhenAll<T1, T2, T3>(Coroutine<T1> first, Coroutine<T2> second, Coroutine<T3> third)
    {
        await using var group = new TaskGroup();
        var task1 = group.Spawn(first);
        var task2 = group.Spawn(second);
        var task3 = group.Spawn(third);
        await group.Join();
        return (await task1, await task2, await task3);
    }

    /// <inheritdoc cref="WhenAll{T1, T2}(Coroutine{T1}, Coroutine{T2})" />
    [Coroutine]
    public static async Coroutine<(T1, T2, T3, T4)> WhenAll<T1, T2, T3, T4>(
        Coroutine<T1> first, Coroutine<T2> second, Coroutine<T3> third, Coroutine<T4> fourth)
    {
        await using var group = new TaskGroup();
        var task1 = group.Spawn(first);
        var task2 = group.Spawn(second);
        var task3 = group.Spawn(third);
        var task4 = group.Spawn(fourth);
        await group.Join();
        return (await task1, await task2, await task3, await task4);
    }

    /// <inheritdoc cref="WhenAll{T1, T2}(Coroutine{T1}, Coroutine{T2})" />
    [Coroutine]
    public static async Coroutine<(T1, T2, T3, T4, T5)> WhenAll<T1, T2, T3, T4, T5>(
        Coroutine<T1> first, Coroutine<T2> second, Coroutine<T3> third, Coroutine<T4> fourth, Coroutine<T5> fifth)
    {
        await using var group = new TaskGroup();
        var task1 = group.Spawn(first);
        var task2 = group.Spawn(second);
        var task3 = group.Spawn(third);
        var task4 = group.Spawn(fourth);
        var task5 = group.Spawn(fifth);
        await group.Join();
        return (await task1, await task2, await task3, await task4, await task5);
    }

    /// <inheritdoc cref="WhenAll{T1, T2}(Coroutine{T1}, Coroutine{T2})" />
    [Coroutine]
    public static async Coroutine<(T1, T2, T3, T4, T5, T6)> WhenAll<T1, T2, T3, T4, T5, T6>(
        Coroutine<T1> first, Coroutine<T2> second, Coroutine<T3> third, Coroutine<T4> fourth, Coroutine<T5> fifth, Coroutine<T6> sixth)
    {
        await using var group = new TaskGroup();
        var task1 = group.Spawn(first);
        var task2 = group.Spawn(second);
        var task3 = group.Spawn(third);
        var task4 = group.Spawn(fourth);
        var task5 = group.Spawn(fifth);
        var task6 = group.Spawn(sixth);
        await group.Join();
        return (await task1, await task2, await task3, await task4, await task5, await task6);
    }

    /// <inheritdoc cref="WhenAll{T1, T2}(Coroutine{T1}, Coroutine{T2})" />
    [Coroutine]
    public static async Coroutine<(T1, T2, T3, T4, T5, T6, T7)> WhenAll<T1, T2, T3, T4, T5, T6, T7>(
        Coroutine<T1> first, Coroutine<T2> second, Coroutine<T3> third, Coroutine<T4> fourth, Coroutine<T5> fifth, Coroutine<T6> sixth, Coroutine<T7> seventh)
    {
        await using var group = new TaskGroup();
        var task1 = group.Spawn(first);
        var task2 = group.Spawn(second);
        var task3 = group.Spawn(third);
        var task4 = group.Spawn(fourth);
        var task5 = group.Spawn(fifth);
        var task6 = group.Spawn(sixth);
        var task7 = group.Spawn(seventh);
        await group.Join();
        return (await task1, await task2, await task3, await task4, await task5, await task6, await task7);
    }

    /// <inheritdoc cref="WhenAll{T1, T2}(Coroutine{T1}, Coroutine{T2})" />
    [Coroutine]
    public static async Coroutine<(T1, T2, T3, T4, T5, T6, T7, T8)> WhenAll<T1, T2, T3, T4, T5, T6, T7, T8>(
        Coroutine<T1> first, Coroutine<T2> second, Coroutine<T3> third, Coroutine<T4> fourth, Coroutine<T5> fifth, Coroutine<T6> sixth, Coroutine<T7> seventh, Coroutine<T8> eighth)
    {
        await using var group = new TaskGroup();
        var task1 = group.Spawn(first);
        var task2 = group.Spawn(second);
        var task3 = group.Spawn(third);
        var task4 = group.Spawn(fourth);
        var task5 = group.Spawn(fifth);
        var task6 = group.Spawn(sixth);
        var task7 = group.Spawn(seventh);
        var task8 = group.Spawn(eighth);
        await group.Join();
        return (await task1, await task2, await task3, await task4, await task5, await task6, await task7, await task8);
    }
}
