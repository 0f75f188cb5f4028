using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>Several coroutines at once: all, the first, each.</summary>
public static partial class Combinators
{
    [Behaviour("2 first sleeps", "2 second sleeps", "2 third sleeps", "3@10 first wakes", "3@10 first leaves", "3@10 second wakes", "3@10 second leaves", "3@10 third wakes", "3@10 third leaves", "4@10 all", "4@10 ended")]
    [Coroutine]
    public static async Coroutine All_run_beside_each_other(Trace trace)
    {
        await Coroutine.WhenAll(Sleep(trace, "first"), Sleep(trace, "second"), Sleep(trace, "third"));
        trace.Add("all");
    }

    [Behaviour("1 0", "1 ended")]
    [Coroutine]
    public static async Coroutine All_of_none_is_done(Trace trace)
    {
        await Coroutine.WhenAll();
        trace.Add($"{(await Coroutine.WhenAll<int>()).Length}");
    }

    [Behaviour("2 3", "3@5 2", "4@20 1", "5@20 1 2 3", "5@20 ended")]
    [Coroutine]
    public static async Coroutine All_results_come_in_the_order_of_the_arguments(Trace trace)
    {
        int[] results = await Coroutine.WhenAll([After(trace, 20, 1), After(trace, 5, 2), Now(trace, 3)]);
        trace.Add(string.Join(" ", results));
    }

    [Behaviour("2 first sleeps", "2 second sleeps", "3@10 first wakes", "3@10 first leaves", "3@10 second wakes", "3@10 second leaves", "6@11 2", "7@15 1", "8@15 1 2", "8@15 ended")]
    [Coroutine]
    public static async Coroutine All_of_a_sequence(Trace trace)
    {
        await Coroutine.WhenAll(Sleepers(trace));
        trace.Add(string.Join(" ", await Coroutine.WhenAll(Numbers(trace))));
    }

    [Behaviour("2 text?", "3 text!", "4@5 1", "5@5 1 text", "5@5 ended")]
    [Coroutine]
    public static async Coroutine All_of_two_types_give_a_tuple(Trace trace)
    {
        var (number, text) = await Coroutine.WhenAll(After(trace, 5, 1), Later(trace, "text"));
        trace.Add($"{number} {text}");
    }

    [Behaviour("2 1", "2 2", "2 3", "2 4", "2 5", "2 6", "2 7", "2 8", "3 (1, 2, 3, 4, 5, 6, 7, 8)", "3 ended")]
    [Coroutine]
    public static async Coroutine All_of_eight_give_a_tuple(Trace trace)
    {
        var all = await Coroutine.WhenAll(
            Now(trace, 1), Now(trace, 2), Now(trace, 3), Now(trace, 4), Now(trace, 5), Now(trace, 6), Now(trace, 7), Now(trace, "8"));
        trace.Add($"{all}");
    }

    [Behaviour("2 other sleeps", "3@5 broken", "4@5 other leaves", "5@5 InvalidOperationException: broken", "5@5 ended")]
    [Coroutine]
    public static async Coroutine A_failure_cancels_the_others_and_all_are_awaited(Trace trace)
    {
        try
        {
            await Coroutine.WhenAll(Sleep(trace, "other"), FailSoon(trace, "broken"));
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception));
        }
    }

    [Behaviour("2 one?", "2 two?", "4 InvalidOperationException: one, InvalidOperationException: two", "4 ended")]
    [Coroutine]
    public static async Coroutine Failures_of_the_same_turn_arrive_together(Trace trace)
    {
        try
        {
            await Coroutine.WhenAll(Fail(trace, "one", later: true), Fail(trace, "two", later: true));
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception));
        }
    }

    [Behaviour("2 broken?", "5 InvalidOperationException: broken", "5 ended")]
    [Coroutine]
    public static async Coroutine A_failure_in_a_tuple_cancels_the_other(Trace trace)
    {
        try
        {
            await Coroutine.WhenAll(After(trace, 20, 1), Fail(trace, "broken", later: true));
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception));
        }
    }

    [Behaviour("2 first sleeps", "2 second sleeps", "3 cancel", "3 first leaves", "3 second leaves", "4 ended cancelled", CancelBeforeTurn = 3)]
    [Coroutine]
    public static async Coroutine Cancelling_the_await_cancels_all(Trace trace)
    {
        await Coroutine.WhenAll(Sleep(trace, "first"), Sleep(trace, "second"));
        trace.Add("never");
    }

    [Behaviour("3 cancel", "4 ended cancelled", CancelBeforeTurn = 3)]
    [Coroutine]
    public static async Coroutine Cancelling_the_await_of_results_cancels_all(Trace trace)
    {
        await Coroutine.WhenAll([After(trace, 20, 1), After(trace, 5, 2)]);
        trace.Add("never");
    }

    [Behaviour("2 first sleeps", "2 second sleeps", "4@5 first leaves", "4@5 second leaves", "5@5 False", "5@5 ended")]
    [Coroutine]
    public static async Coroutine A_timeout_around_all_cancels_all(Trace trace) =>
        trace.Add($"{await Coroutine.MoveOnAfter(Coroutine.WhenAll(Sleep(trace, "first"), Sleep(trace, "second")), TimeSpan.FromMilliseconds(5))}");

    [Behaviour("3@1 0", "4@5 0", "7@6 -1", "8@10 1", "11@11 -2", "12@15 2", "14@15 a sleeps", "14@15 b sleeps", "15@25 a wakes", "15@25 a leaves", "15@25 b wakes", "15@25 b leaves", "17@25 c sleeps", "18@35 c wakes", "18@35 c leaves", "19@35 ended")]
    [Coroutine]
    public static async Coroutine All_can_be_used_again_and_again(Trace trace)
    {
        for (int i = 0; i < 3; i++)
            await Coroutine.WhenAll(After(trace, 5, i), After(trace, 1, -i));
        await Coroutine.WhenAll(Sleep(trace, "a"), Sleep(trace, "b"));
        await Coroutine.WhenAll(Sleep(trace, "c"));
    }

    [Behaviour("3 a sleeps", "3 b sleeps", "3 c sleeps", "4@10 a wakes", "4@10 a leaves", "4@10 b wakes", "4@10 b leaves", "4@10 c wakes", "4@10 c leaves", "6@10 all", "6@10 ended")]
    [Coroutine]
    public static async Coroutine All_nest(Trace trace)
    {
        await Coroutine.WhenAll(Coroutine.WhenAll(Sleep(trace, "a"), Sleep(trace, "b")), Coroutine.WhenAll(Sleep(trace, "c")));
        trace.Add("all");
    }

    [Behaviour("2 broken?", "3 cancels itself", "4@20 1", "5@20 RanToCompletion: 1", "5@20 Faulted: InvalidOperationException: broken", "5@20 Cancelled: Cancelled", "5@20 ended")]
    [Coroutine]
    public static async Coroutine Settled_tells_how_each_ended(Trace trace)
    {
        var outcomes = await Coroutine.WhenAllSettled(After(trace, 20, 1), Fail(trace, "broken", later: true), CancelSelf(trace));
        foreach (var outcome in outcomes)
            trace.Add($"{outcome.Status}: {outcome}");
    }

    [Behaviour("3 cancel", "4 ended cancelled", CancelBeforeTurn = 3)]
    [Coroutine]
    public static async Coroutine Cancelling_the_await_of_settled_cancels_all(Trace trace)
    {
        await Coroutine.WhenAllSettled(After(trace, 20, 1));
        trace.Add("never");
    }

    [Behaviour("2 slow sleeps", "2 slower sleeps", "3@5 quick", "4@5 slow leaves", "4@5 slower leaves", "5@5 1", "6@25 1", "6@25 ended")]
    [Coroutine]
    public static async Coroutine The_first_wins_and_the_others_are_cancelled_and_awaited(Trace trace)
    {
        trace.Add($"{await Coroutine.WhenAny(Sleep(trace, "slow"), Quick(trace), Sleep(trace, "slower"))}");
        await Milliseconds(20);
        trace.Add($"{trace.Loop.TaskCount}");
    }

    [Behaviour("3@5 2", "5@5 1 2 False", "5@5 ended")]
    [Coroutine]
    public static async Coroutine The_first_of_some_gives_its_result(Trace trace)
    {
        var (index, outcomes) = await Coroutine.WhenAny([After(trace, 20, 1), After(trace, 5, 2)]);
        trace.Add($"{index} {outcomes[index].Result} {outcomes[0].HasResult}");
    }

    [Behaviour("2 text?", "3 text!", "5 1 Cancelled text", "5 ended")]
    [Coroutine]
    public static async Coroutine The_first_of_two_types(Trace trace)
    {
        var (index, number, text) = await Coroutine.WhenAny(After(trace, 20, 1), Later(trace, "text"));
        trace.Add($"{index} {number} {text}");
    }

    [Behaviour("3@5 True", "5@5 2 Cancelled Cancelled True", "5@5 ended")]
    [Coroutine]
    public static async Coroutine The_first_of_three_types(Trace trace)
    {
        var (index, number, text, flag) = await Coroutine.WhenAny(After(trace, 20, 1), After(trace, 10, "text"), After(trace, 5, true));
        trace.Add($"{index} {number} {text} {flag}");
    }

    [Behaviour("3@5 1", "3@5 text", "4@5 0 1 text", "4@5 ended")]
    [Coroutine]
    public static async Coroutine A_loser_that_had_its_result_has_not_lost_it(Trace trace)
    {
        var (index, number, text) = await Coroutine.WhenAny(After(trace, 5, 1), After(trace, 5, "text"));
        trace.Add($"{index} {number} {text}");
    }

    [Behaviour("3@5 quick", "4@5 item 7", "5@5 1 7 quick 0", "5@5 ended")]
    [Coroutine]
    public static async Coroutine An_item_taken_from_a_channel_in_the_turn_of_the_race_is_not_lost(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        trace.Loop.CallLater(TimeSpan.FromMilliseconds(5), static channel => channel.TryWrite(7), channel);
        var (index, item, text) = await Coroutine.WhenAny(Take(trace, channel), After(trace, 5, "quick"));
        trace.Add($"{index} {item} {text} {channel.Count}");
    }

    [Behaviour("2 loser sleeps", "3@5 quick", "4@5 loser leaves", "4@5 clean-up sleeps", "5@15 clean-up wakes", "5@15 clean-up leaves", "6@15 1", "6@15 ended")]
    [Coroutine]
    public static async Coroutine A_loser_that_cleans_up_is_waited_for(Trace trace)
    {
        trace.Add($"{await Coroutine.WhenAny(CleanUp(trace), Quick(trace))}");
    }

    [Behaviour("2 slow sleeps", "3@5 broken", "4@5 slow leaves", "5@5 InvalidOperationException: broken", "5@5 ended")]
    [Coroutine]
    public static async Coroutine A_failure_ends_the_race(Trace trace)
    {
        try
        {
            await Coroutine.WhenAny(Sleep(trace, "slow"), FailSoon(trace, "broken"));
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception));
        }
    }

    [Behaviour("3@5 quick", "4@5 fails", "5@5 InvalidOperationException: leaving", "5@5 ended")]
    [Coroutine]
    public static async Coroutine A_loser_that_fails_to_leave_is_not_forgotten(Trace trace)
    {
        try
        {
            await Coroutine.WhenAny(FailToLeave(trace), Quick(trace));
        }
        catch (AggregateException exception)
        {
            trace.Add(Failures(exception));
        }
    }

    [Behaviour("2 first sleeps", "2 second sleeps", "3 cancel", "3 first leaves", "3 second leaves", "4 ended cancelled", CancelBeforeTurn = 3)]
    [Coroutine]
    public static async Coroutine Cancelling_the_race_cancels_all(Trace trace)
    {
        await Coroutine.WhenAny(Sleep(trace, "first"), Sleep(trace, "second"));
        trace.Add("never");
    }

    [Behaviour("3 cancels itself", "3 cancels itself", "4 All coroutines were cancelled, so none was first.", "4 ended")]
    [Coroutine]
    public static async Coroutine A_race_that_all_leave_has_no_winner(Trace trace)
    {
        try
        {
            await Coroutine.WhenAny([CancelSelf(trace), CancelSelf(trace)]);
        }
        catch (OperationCanceledException exception)
        {
            trace.Add(exception.Message);
        }
    }

    [Behaviour("1 caught ArgumentException: There is no first of no coroutines. (Parameter 'coroutines')", "1 ended")]
    [Coroutine]
    public static async Coroutine The_first_of_none_is_refused(Trace trace)
    {
        try
        {
            await Coroutine.WhenAny();
        }
        catch (ArgumentException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("2 1", "2 2", "3 True", "3 ended")]
    [Coroutine]
    public static async Coroutine What_finishes_at_once_wins_without_starting_a_wait(Trace trace) =>
        trace.Add($"{await Coroutine.WhenAny([Now(trace, 1), Now(trace, 2)]) is { Index: 0, Outcomes: [{ HasResult: true }, { HasResult: true }] }}");

    [Behaviour("2 3", "3 got 3", "4@5 2", "5@5 got 2", "6@20 1", "7@20 got 1", "7@20 all", "7@20 ended")]
    [Coroutine]
    public static async Coroutine Each_comes_in_the_order_of_ending(Trace trace)
    {
        await foreach (var outcome in Coroutine.WhenEach(After(trace, 20, 1), After(trace, 5, 2), Now(trace, 3)))
            trace.Add($"got {outcome}");
        trace.Add("all");
    }

    [Behaviour("2 broken?", "4 got InvalidOperationException: broken", "5@20 1", "6@20 got 1", "6@20 ended")]
    [Coroutine]
    public static async Coroutine Each_tells_failures_and_goes_on(Trace trace)
    {
        await foreach (var outcome in Coroutine.WhenEach(After(trace, 20, 1), Fail(trace, "broken", later: true)))
            trace.Add($"got {outcome}");
    }

    [Behaviour("3@5 2", "4@5 got 2", "6@5 1", "6@5 ended")]
    [Coroutine]
    public static async Coroutine Leaving_each_early_cancels_the_rest(Trace trace)
    {
        await foreach (var outcome in Coroutine.WhenEach(After(trace, 20, 1), After(trace, 5, 2), After(trace, 30, 3)))
        {
            trace.Add($"got {outcome}");
            break;
        }

        trace.Add($"{trace.Loop.TaskCount}");
    }

    [Behaviour("3 cancel", "4 ended cancelled", CancelBeforeTurn = 3)]
    [Coroutine]
    public static async Coroutine Cancelling_each_cancels_all(Trace trace)
    {
        await foreach (var outcome in Coroutine.WhenEach(After(trace, 20, 1), After(trace, 5, 2)))
            trace.Add($"got {outcome}");
        trace.Add("never");
    }

    [Behaviour("3@1 1", "4@1 got 1", "5@2 2", "6@3 3", "7@11 got 2", "8@21 got 3", "9@31 ended")]
    [Coroutine]
    public static async Coroutine A_body_that_takes_its_time_misses_nothing(Trace trace)
    {
        await foreach (var outcome in Coroutine.WhenEach(After(trace, 1, 1), After(trace, 2, 2), After(trace, 3, 3)))
        {
            trace.Add($"got {outcome}");
            await Milliseconds(10);
        }
    }

    [Coroutine]
    private static async Coroutine<T> After<T>(Trace trace, int milliseconds, T value)
    {
        await Milliseconds(milliseconds);
        trace.Add($"{value}");
        return value;
    }

    [Coroutine]
    private static async Coroutine<int> Take(Trace trace, LoopChannel<int> channel)
    {
        int item = await channel.Read();
        trace.Add($"item {item}");
        return item;
    }

    [Coroutine]
    private static async Coroutine Quick(Trace trace)
    {
        await Milliseconds(5);
        trace.Add("quick");
    }

    [Coroutine]
    private static async Coroutine FailSoon(Trace trace, string message)
    {
        await Milliseconds(5);
        trace.Add(message);
        throw new InvalidOperationException(message);
    }

    [Coroutine]
    private static async Coroutine CleanUp(Trace trace)
    {
        try
        {
            await Sleep(trace, "loser");
        }
        finally
        {
            await Coroutine.Shield(Sleep(trace, "clean-up"));
        }
    }

    [Coroutine]
    private static async Coroutine FailToLeave(Trace trace)
    {
        try
        {
            await Milliseconds(10);
        }
        finally
        {
            trace.Add("fails");
            throw new InvalidOperationException("leaving");
        }
    }

    [Coroutine]
    private static async Coroutine<int> CancelSelf(Trace trace)
    {
        await Coroutine.Yield();
        trace.Add("cancels itself");
        CoroutineTask.Current.Cancel();
        await Coroutine.Yield();
        return 0;
    }

    private static IEnumerable<Coroutine> Sleepers(Trace trace)
    {
        yield return Sleep(trace, "first");
        yield return Sleep(trace, "second");
    }

    private static IEnumerable<Coroutine<int>> Numbers(Trace trace)
    {
        yield return After(trace, 5, 1);
        yield return After(trace, 1, 2);
    }
}
