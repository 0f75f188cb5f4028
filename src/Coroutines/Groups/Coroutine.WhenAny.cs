namespace Coroutines;

// The first of several coroutines.
public readonly partial struct Coroutine
{
    /// <summary>
    /// Runs the coroutines as tasks beside each other until the first has a result; the others are cancelled and awaited. Suspends.
    /// </summary>
    /// <remarks>
    /// Nothing is half done when this completes, and nothing is lost: another one that finished all the same, because its result was there before the cancellation reached it (an item
    /// taken from a channel, bytes received), is in the outcomes with its result.
    /// </remarks>
    /// <typeparam name="T">The result of each.</typeparam>
    /// <param name="coroutines">Cold coroutines, at least one.</param>
    /// <returns>A cold coroutine that gives the index of the first and the outcomes of all.</returns>
    /// <exception cref="AggregateException">One has failed before any had a result, or while the others were being cancelled: all exceptions.</exception>
    /// <exception cref="OperationCanceledException">All were cancelled, each by itself.</exception>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Coroutine<(int Index, Outcome<T>[] Outcomes)> WhenAny<T>(params ReadOnlySpan<Coroutine<T>> coroutines)
    {
        if (coroutines.IsEmpty)
            throw new ArgumentException("There is no first of no coroutines.", nameof(coroutines));
        return Any(coroutines.ToArray());
    }

    /// <inheritdoc cref="WhenAny{T}(ReadOnlySpan{Coroutine{T}})" />
    /// <returns>A cold coroutine that gives the index of the first.</returns>
    public static Coroutine<int> WhenAny(params ReadOnlySpan<Coroutine> coroutines)
    {
        if (coroutines.IsEmpty)
            throw new ArgumentException("There is no first of no coroutines.", nameof(coroutines));
        return Any(coroutines.ToArray());
    }

    /// <inheritdoc cref="WhenAny{T}(ReadOnlySpan{Coroutine{T}})" />
    /// <typeparam name="T1">The result of the first argument.</typeparam>
    /// <typeparam name="T2">The result of the second argument.</typeparam>
    /// <param name="first">A cold coroutine.</param>
    /// <param name="second">Another.</param>
    /// <returns>A cold coroutine that gives the index of the first to finish, 0 or 1, and both outcomes.</returns>
    [Coroutine]
    public static async Coroutine<(int Index, Outcome<T1> First, Outcome<T2> Second)> WhenAny<T1, T2>(Coroutine<T1> first, Coroutine<T2> second)
    {
        var race = new Race();
        Outcome<T1>[] one = [Outcome<T1>.OfCancelled];
        Outcome<T2>[] two = [Outcome<T2>.OfCancelled];
        await using var group = new TaskGroup();
        group.Spawn(Run(first, race, 0, group, one, 0));
        group.Spawn(Run(second, race, 1, group, two, 0));
        await group.Join();
        return (race.Winner, one[0], two[0]);
    }

    /// <inheritdoc cref="WhenAny{T}(ReadOnlySpan{Coroutine{T}})" />
    /// <typeparam name="T1">The result of the first argument.</typeparam>
    /// <typeparam name="T2">The result of the second argument.</typeparam>
    /// <typeparam name="T3">The result of the third argument.</typeparam>
    /// <param name="first">A cold coroutine.</param>
    /// <param name="second">Another.</param>
    /// <param name="third">A third.</param>
    /// <returns>A cold coroutine that gives the index of the first to finish, 0 to 2, and all outcomes.</returns>
    [Coroutine]
    public static async Coroutine<(int Index, Outcome<T1> First, Outcome<T2> Second, Outcome<T3> Third)> WhenAny<T1, T2, T3>(
        Coroutine<T1> first, Coroutine<T2> second, Coroutine<T3> third)
    {
        var race = new Race();
        Outcome<T1>[] one = [Outcome<T1>.OfCancelled];
        Outcome<T2>[] two = [Outcome<T2>.OfCancelled];
        Outcome<T3>[] three = [Outcome<T3>.OfCancelled];
        await using var group = new TaskGroup();
        group.Spawn(Run(first, race, 0, group, one, 0));
        group.Spawn(Run(second, race, 1, group, two, 0));
        group.Spawn(Run(third, race, 2, group, three, 0));
        await group.Join();
        return (race.Winner, one[0], two[0], three[0]);
    }

    [Coroutine]
    private static async Coroutine<(int Index, Outcome<T>[] Outcomes)> Any<T>(Coroutine<T>[] coroutines)
    {
        var race = new Race();
        var outcomes = new Outcome<T>[coroutines.Length];
        Array.Fill(outcomes, Outcome<T>.OfCancelled);
        await using var group = new TaskGroup();
        for (int i = 0; i < outcomes.Length; i++)
            group.Spawn(Run(coroutines[i], race, i, group, outcomes, i));
        await group.Join();
        return (race.Winner, outcomes);
    }

    [Coroutine]
    private static async Coroutine<int> Any(Coroutine[] coroutines)
    {
        var race = new Race();
        await using var group = new TaskGroup();
        for (int i = 0; i < coroutines.Length; i++)
            group.Spawn(Run(coroutines[i], race, i, group));
        await group.Join();
        return race.Winner;
    }

    [Coroutine]
    private static async Coroutine Run<T>(Coroutine<T> coroutine, Race race, int index, TaskGroup group, Outcome<T>[] outcomes, int place)
    {
        var result = await coroutine;
        outcomes[place] = new Outcome<T>(result);
        race.Finish(index, group);
    }

    [Coroutine]
    private static async Coroutine Run(Coroutine coroutine, Race race, int index, TaskGroup group)
    {
        await coroutine;
        race.Finish(index, group);
    }

    private sealed class Race
    {
        private int _winner = -1;

        public int Winner => _winner >= 0 ? _winner : throw new OperationCanceledException("All coroutines were cancelled, so none was first.");

        public void Finish(int index, TaskGroup group)
        {
            if (_winner >= 0)
                return;
            _winner = index;
            group.Cancel("another coroutine was first");
        }
    }
}
