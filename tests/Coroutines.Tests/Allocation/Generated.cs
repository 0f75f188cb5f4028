namespace Coroutines.Tests.Allocation;

/// <summary>The bodies with the attribute: the generated lowering.</summary>
internal static partial class Generated
{
    [Coroutine]
    public static async Coroutine Yields(int n)
    {
        for (int i = 0; i < n; i++)
            await Coroutine.Yield();
    }

    [Coroutine]
    public static async Coroutine NestedSuspending(int n)
    {
        for (int i = 0; i < n; i++)
            await Suspending5(i);
    }

    [Coroutine]
    public static async Coroutine NestedCompleting(int n)
    {
        for (int i = 0; i < n; i++)
            await Completing5(i);
    }

    [Coroutine]
    public static async Coroutine SpawnsAndAwaits(int n)
    {
        for (int i = 0; i < n; i++)
            await EventLoop.Current.Spawn(Nothing());
    }

    [Coroutine]
    public static async Coroutine SpawnsAndAwaitsResults(int n)
    {
        for (int i = 0; i < n; i++)
            await EventLoop.Current.Spawn(Suspending1(i));
    }

    [Coroutine]
    public static async Coroutine Delays(int n)
    {
        for (int i = 0; i < n; i++)
            await Coroutine.Delay(TimeSpan.FromTicks(i % 5_000));
    }

    [Coroutine]
    public static async Coroutine ReadsStream(int n)
    {
        long sum = 0;
        await foreach (int i in Numbers(n))
            sum += i;
        if (sum != (long)n * (n - 1) / 2)
            throw new InvalidOperationException("An element was lost.");
    }

    [Coroutine]
    public static async Coroutine ReadsManyStreams(int n)
    {
        for (int i = 0; i < n; i += 5)
        {
            await foreach (int number in Numbers(9))
            {
                await Coroutine.Yield();
                if (number == 4)
                    break;
            }
        }
    }

    [Coroutine]
    public static async Coroutine ReadsRecursiveStream(int n)
    {
        for (int i = 0; i < n; i += 64)
        {
            await foreach (int _ in Tree(6))
                await Coroutine.Yield();
        }
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Numbers(int n)
    {
        for (int i = 0; i < n; i++)
        {
            if (i % 3 == 0)
                await Coroutine.Yield();
            yield return i;
        }
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Tree(int depth)
    {
        if (depth == 0)
            yield break;
        await foreach (int n in Tree(depth - 1))
            yield return n;
        yield return depth;
        await foreach (int n in Tree(depth - 1))
            yield return n;
    }

    [Coroutine]
    public static async Coroutine CompletesFutures(Future<int> future, int n)
    {
        EventLoop.Current.Spawn(Completes(future, n));
        for (int i = 0; i < n; i++)
        {
            await future;
            future.Reset();
        }
    }

    [Coroutine]
    public static async Coroutine Keeps(object argument)
    {
        await Coroutine.Yield();
        GC.KeepAlive(argument);
        await Coroutine.Yield();
    }

    [Coroutine]
    private static async Coroutine Completes(Future<int> future, int n)
    {
        for (int i = 0; i < n; i++)
        {
            future.SetResult(i);
            while (future.IsCompleted)
                await Coroutine.Yield();
        }
    }

    [Coroutine]
    private static async Coroutine Nothing() => await Coroutine.Yield();

    [Coroutine]
    private static async Coroutine<int> Suspending1(int a)
    {
        await Coroutine.Yield();
        return a + 1;
    }

    [Coroutine]
    private static async Coroutine<int> Suspending2(int a) => await Suspending1(a) + 1;

    [Coroutine]
    private static async Coroutine<int> Suspending3(int a) => await Suspending2(a) + 1;

    [Coroutine]
    private static async Coroutine<int> Suspending4(int a) => await Suspending3(a) + 1;

    [Coroutine]
    private static async Coroutine<int> Suspending5(int a) => await Suspending4(a) + 1;

    [Coroutine]
    private static async Coroutine<int> Completing1(int a)
    {
        if (a < 0)
            await Coroutine.Yield();
        return a + 1;
    }

    [Coroutine]
    private static async Coroutine<int> Completing2(int a) => await Completing1(a) + 1;

    [Coroutine]
    private static async Coroutine<int> Completing3(int a) => await Completing2(a) + 1;

    [Coroutine]
    private static async Coroutine<int> Completing4(int a) => await Completing3(a) + 1;

    [Coroutine]
    private static async Coroutine<int> Completing5(int a) => await Completing4(a) + 1;
}
