using System.Runtime.CompilerServices;
using Coroutines.Benchmarks.Baseline;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: five nested calls, each awaited by the one above, whose leaf yields. Every level adds one to the result, and the
/// sum is checked, so that no level can be optimised away. The root of <c>valuetask-pooled</c> is a <see cref="Task"/>, made once a round.
/// </summary>
internal static partial class NestedSuspend
{
    public static void Generated(int operations) => Expect.Equal(Expect.Sum(operations, 5), Loops.Shared.RunUntilComplete(GeneratedSum(operations)));

    public static void Reference(int operations) => Expect.Equal(Expect.Sum(operations, 5), Loops.Shared.RunUntilComplete(ReferenceSum(operations)));

    public static void Tasks(int operations)
    {
        Task<long> sum = TaskSum(operations);
        TurnQueue.Run();
        Expect.Equal(Expect.Sum(operations, 5), sum.Result);
    }

    public static void Pooled(int operations)
    {
        Task<long> sum = PooledSum(operations);
        TurnQueue.Run();
        Expect.Equal(Expect.Sum(operations, 5), sum.Result);
    }

    [Coroutine]
    internal static async Coroutine<long> GeneratedSum(int times)
    {
        long sum = 0;
        for (int i = 0; i < times; i++)
            sum += await Generated5(i);
        return sum;
    }

    [Coroutine]
    internal static async Coroutine<long> Generated5(long n) => await Generated4(n) + 1;

    [Coroutine]
    internal static async Coroutine<long> Generated4(long n) => await Generated3(n) + 1;

    [Coroutine]
    internal static async Coroutine<long> Generated3(long n) => await Generated2(n) + 1;

    [Coroutine]
    internal static async Coroutine<long> Generated2(long n) => await Generated1(n) + 1;

    [Coroutine]
    internal static async Coroutine<long> Generated1(long n)
    {
        await Coroutine.Yield();
        return n + 1;
    }

    private static async Coroutine<long> ReferenceSum(int times)
    {
        long sum = 0;
        for (int i = 0; i < times; i++)
            sum += await Reference5(i);
        return sum;
    }

    private static async Coroutine<long> Reference5(long n) => await Reference4(n) + 1;

    private static async Coroutine<long> Reference4(long n) => await Reference3(n) + 1;

    private static async Coroutine<long> Reference3(long n) => await Reference2(n) + 1;

    private static async Coroutine<long> Reference2(long n) => await Reference1(n) + 1;

    private static async Coroutine<long> Reference1(long n)
    {
        await Coroutine.Yield();
        return n + 1;
    }

    private static async Task<long> TaskSum(int times)
    {
        long sum = 0;
        for (int i = 0; i < times; i++)
            sum += await Task5(i);
        return sum;
    }

    private static async Task<long> Task5(long n) => await Task4(n) + 1;

    private static async Task<long> Task4(long n) => await Task3(n) + 1;

    private static async Task<long> Task3(long n) => await Task2(n) + 1;

    private static async Task<long> Task2(long n) => await Task1(n) + 1;

    private static async Task<long> Task1(long n)
    {
        await TurnQueue.Yield();
        return n + 1;
    }

    private static async Task<long> PooledSum(int times)
    {
        long sum = 0;
        for (int i = 0; i < times; i++)
            sum += await Pooled5(i);
        return sum;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<long> Pooled5(long n) => await Pooled4(n) + 1;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<long> Pooled4(long n) => await Pooled3(n) + 1;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<long> Pooled3(long n) => await Pooled2(n) + 1;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<long> Pooled2(long n) => await Pooled1(n) + 1;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<long> Pooled1(long n)
    {
        await TurnQueue.Yield();
        return n + 1;
    }
}
