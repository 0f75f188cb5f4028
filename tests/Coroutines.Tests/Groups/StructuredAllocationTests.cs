using Coroutines.Tests.Allocation;

namespace Coroutines.Tests.Groups;

/// <summary>Time-outs and combinators cost no byte once pools and code are warm, whether or not they cancel anything.</summary>
public partial class StructuredAllocationTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_long = TimeSpan.FromMilliseconds(5);

    [Theory]
    [InlineData(nameof(MovesOn))]
    [InlineData(nameof(FinishesInTime))]
    [InlineData(nameof(HasTimeouts))]
    [InlineData(nameof(Shields))]
    [InlineData(nameof(AwaitsAll))]
    public void Nothing_is_allocated(string name)
    {
        using var loop = VirtualLoop.Create();
        Func<int, Coroutine> body = name switch
        {
            nameof(MovesOn) => n => MovesOn(n),
            nameof(FinishesInTime) => n => FinishesInTime(n),
            nameof(HasTimeouts) => n => HasTimeouts(n),
            nameof(Shields) => n => Shields(n),
            _ => n => AwaitsAll(n),
        };
        Allocations.AssertNone(n => loop.RunUntilComplete(body(n)));
    }

    [Coroutine]
    internal static async Coroutine MovesOn(int n)
    {
        for (int i = 0; i < n; i++)
            Assert.False(await Coroutine.MoveOnAfter(Sleeps(s_long), s_short));
    }

    [Coroutine]
    internal static async Coroutine FinishesInTime(int n)
    {
        for (int i = 0; i < n; i++)
            Assert.True(await Coroutine.MoveOnAfter(Sleeps(s_short), s_long));
    }

    [Coroutine]
    internal static async Coroutine HasTimeouts(int n)
    {
        for (int i = 0; i < n; i++)
            await Sleeps(s_short).WithTimeout(s_long);
    }

    [Coroutine]
    internal static async Coroutine Shields(int n)
    {
        for (int i = 0; i < n; i++)
            await Coroutine.Shield(Sleeps(s_short));
    }

    [Coroutine]
    internal static async Coroutine AwaitsAll(int n)
    {
        for (int i = 0; i < n; i++)
            await Coroutine.WhenAll(Sleeps(s_short), Sleeps(s_long), Sleeps(s_short));
    }

    [Coroutine]
    internal static async Coroutine Sleeps(TimeSpan time)
    {
        try
        {
            await Coroutine.Delay(time);
        }
        finally
        {
            s_left++;
        }
    }

    [ThreadStatic]
    private static int s_left;
}
