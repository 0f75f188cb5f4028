namespace Coroutines.Tests.Allocation;

/// <summary>The same bodies without the attribute: the compiler's lowering.</summary>
internal static partial class Reference
{
    public static async Coroutine Yields(int n)
    {
        for (int i = 0; i < n; i++)
            await Coroutine.Yield();
    }

    public static async Coroutine NestedSuspending(int n)
    {
        for (int i = 0; i < n; i++)
            await Suspending5(i);
    }

    public static async Coroutine NestedCompleting(int n)
    {
        for (int i = 0; i < n; i++)
            await Completing5(i);
    }

    public static async Coroutine SpawnsAndAwaits(int n)
    {
        for (int i = 0; i < n; i++)
            await EventLoop.Current.Spawn(Nothing());
    }

    public static async Coroutine SpawnsAndAwaitsResults(int n)
    {
        for (int i = 0; i < n; i++)
            await EventLoop.Current.Spawn(Suspending1(i));
    }

    public static async Coroutine Delays(int n)
    {
        for (int i = 0; i < n; i++)
            await Coroutine.Delay(TimeSpan.FromTicks(i % 5_000));
    }

    public static async Coroutine CompletesFutures(Future<int> future, int n)
    {
        EventLoop.Current.Spawn(Completes(future, n));
        for (int i = 0; i < n; i++)
        {
            await future;
            future.Reset();
        }
    }

    public static async Coroutine Keeps(object argument)
    {
        await Coroutine.Yield();
        GC.KeepAlive(argument);
        await Coroutine.Yield();
    }

    private static async Coroutine Completes(Future<int> future, int n)
    {
        for (int i = 0; i < n; i++)
        {
            future.SetResult(i);
            while (future.IsCompleted)
                await Coroutine.Yield();
        }
    }

    private static async Coroutine Nothing() => await Coroutine.Yield();

    private static async Coroutine<int> Suspending1(int a)
    {
        await Coroutine.Yield();
        return a + 1;
    }

    private static async Coroutine<int> Suspending2(int a) => await Suspending1(a) + 1;

    private static async Coroutine<int> Suspending3(int a) => await Suspending2(a) + 1;

    private static async Coroutine<int> Suspending4(int a) => await Suspending3(a) + 1;

    private static async Coroutine<int> Suspending5(int a) => await Suspending4(a) + 1;

    private static async Coroutine<int> Completing1(int a)
    {
        if (a < 0)
            await Coroutine.Yield();
        return a + 1;
    }

    private static async Coroutine<int> Completing2(int a) => await Completing1(a) + 1;

    private static async Coroutine<int> Completing3(int a) => await Completing2(a) + 1;

    private static async Coroutine<int> Completing4(int a) => await Completing3(a) + 1;

    private static async Coroutine<int> Completing5(int a) => await Completing4(a) + 1;
}
