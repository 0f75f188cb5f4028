using static Coroutines.Tests.SourceLines;

// Code leaves the loop on purpose.
#pragma warning disable CORO305, CORO103

namespace Coroutines.Tests.Loop;

/// <summary>Debug mode names code that left the loop that awaits it. What leaves does so when it is awaited already, so nothing here depends on how long anything takes.</summary>
public partial class LeftLoopTests
{
    [Fact]
    public void An_async_method_that_left_is_named_with_its_place()
    {
        var warning = Assert.Single(Run(static () => Leaves()));
        Assert.Equal(LoopWarningKind.LeftLoop, warning.Kind);
        Assert.Equal(
            $"LeftLoopTests.Leaves (LeftLoopTests.cs:{LineOf("return 1" + ";") + 1}) ended on another thread than that of the loop that awaits it. "
            + "Remove ConfigureAwait(false), or the Task.Run around it: RunInExecutor takes work off the loop and comes back.",
            warning.Message);
    }

    [Fact]
    public void It_is_named_where_ordinary_async_code_awaits_it() => Assert.StartsWith("LeftLoopTests.Leaves (", Assert.Single(Run(static () => Calls())).Message, StringComparison.Ordinal);

    [Fact]
    public void It_is_told_once() => Assert.Single(Run(static () => Leaves(), static () => Leaves(), static () => Calls()));

    [Fact]
    public void A_lambda_given_to_the_pool_is_named_by_where_it_stands() => Assert.StartsWith(
        "LeftLoopTests.Pooled, a lambda (", Assert.Single(Run(static () => Pooled())).Message, StringComparison.Ordinal);

    [Fact]
    public void One_that_fails_is_named_too() => Assert.StartsWith("LeftLoopTests.Fails (", Assert.Single(Run(static () => Fails())).Message, StringComparison.Ordinal);

    [Fact]
    public void What_waits_for_others_and_comes_back_is_not() => Assert.Empty(Run(static () => Stays(), static () => Task.Delay(1), static () => Answered()));

    private static List<LoopWarningEventArgs> Run(params Func<Task>[] calls)
    {
        using var loop = new EventLoop(new EventLoopOptions { Debug = true });
        var told = new List<LoopWarningEventArgs>();
        loop.Warning += (_, warning) =>
        {
            if (warning.Kind == LoopWarningKind.LeftLoop)
                told.Add(warning);
        };
        loop.RunUntilComplete(Each(calls));
        return told;
    }

    [Coroutine]
    private static async Coroutine Each(Func<Task>[] calls)
    {
        foreach (var call in calls)
        {
            try
            {
                await call();
            }
            catch (InvalidOperationException)
            {
                // What it left by is not the matter here.
            }
        }

        // What was told from another thread was posted before the answer.
        await Coroutine.Yield();
    }

    /// <summary>Completed in the next turn, when what waits for it is awaited in its turn; what waits goes on on the thread pool unless it asks for the loop.</summary>
    private static Task NextTurn()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        EventLoop.Current.CallSoon(static source => source.SetResult(), source);
        return source.Task;
    }

    private static async Task<int> Leaves()
    {
        await NextTurn().ConfigureAwait(false);
        return 1;
    }

    private static async Task Fails()
    {
        await NextTurn().ConfigureAwait(false);
        throw new InvalidOperationException();
    }

    private static async Task<int> Calls() => await Leaves() + 1;

    private static Task Pooled()
    {
        var loop = EventLoop.Current;
        return Task.Run(async () =>
        {
            var source = new TaskCompletionSource();
            loop.CallSoonThreadSafe(source.SetResult);
            await source.Task.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        });
    }

    private static async Task Stays()
    {
        await Task.Yield();
        await Task.Delay(1);
    }

    /// <summary>A method of its own on another thread, which nobody on the loop awaits, completes what the loop awaits.</summary>
    private static async Task Answered()
    {
        var answer = new TaskCompletionSource();
        var turn = NextTurn();
        _ = Task.Run(async () =>
        {
            await turn;
            answer.SetResult();
            await Task.Yield();
        });
        await answer.Task;
    }
}
