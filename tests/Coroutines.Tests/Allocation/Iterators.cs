namespace Coroutines.Tests.Allocation;

/// <summary>Generator-style coroutines in their generated lowering, each with a million operations to do.</summary>
internal static partial class Iterators
{
    [Coroutine]
    public static IEnumerator<ILoopAwaitable?> Turns(int n)
    {
        for (int i = 0; i < n; i++)
            yield return null;
    }

    [Coroutine]
    public static IEnumerator<ILoopAwaitable> Delays(int n)
    {
        for (int i = 0; i < n; i++)
            yield return Coroutine.Delay(TimeSpan.FromTicks(i % 5_000));
    }

    [Coroutine]
    public static IEnumerator<ILoopAwaitable> Nested(int n)
    {
        for (int i = 0; i < n; i++)
            yield return Level(4).AsCoroutine();
    }

    [Coroutine]
    public static async Coroutine Awaits(int n)
    {
        for (int i = 0; i < n; i++)
            await Level1();
    }

    [Coroutine]
    public static IEnumerator<ILoopAwaitable> Coroutines(int n)
    {
        for (int i = 0; i < n; i++)
            yield return Later(i);
    }

    [Coroutine]
    public static IEnumerator<ILoopAwaitable> Spawns(int n)
    {
        for (int i = 0; i < n; i++)
            yield return EventLoop.Current.Spawn(Level1());
    }

    [Coroutine]
    public static IEnumerator<ILoopAwaitable> Futures(Future<int> future, int n)
    {
        for (int i = 0; i < n; i++)
        {
            EventLoop.Current.CallSoon(static future => future.SetResult(1), future);
            yield return future;
            future.Reset();
        }
    }

    private static readonly ILoopAwaitable s_turn = Coroutine.Yield();

    /// <summary>Boxed once, so that what is left is what waiting costs.</summary>
    [Coroutine]
    public static IEnumerator<ILoopAwaitable> Interfaces(int n)
    {
        for (int i = 0; i < n; i++)
            yield return s_turn;
    }

    /// <summary>Recursive, so its frames are objects of the pool.</summary>
    [Coroutine]
    private static IEnumerator<ILoopAwaitable> Level(int depth)
    {
        if (depth == 0)
            yield return Coroutine.Yield();
        else
            yield return Level(depth - 1).AsCoroutine();
    }

    [Coroutine]
    private static IEnumerator<ILoopAwaitable> Level1()
    {
        yield return Level2().AsCoroutine();
    }

    [Coroutine]
    private static IEnumerator<ILoopAwaitable?> Level2()
    {
        yield return null;
    }

    [Coroutine]
    private static async Coroutine<int> Later(int value)
    {
        await Coroutine.Yield();
        return value;
    }
}
