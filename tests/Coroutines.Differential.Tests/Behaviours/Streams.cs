using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>Streams read with await foreach. A stream that does not suspend takes no turns; one that does is cancelled with the task that reads it.</summary>
public static partial class Streams
{
    [Behaviour("1 begin", "1 0", "1 1", "1 2", "1 end of 3", "1 left", "1 after", "1 ended")]
    [Coroutine]
    public static async Coroutine Elements_that_are_there_take_no_turn(Trace trace)
    {
        await foreach (int n in Numbers(trace, 3))
            trace.Add($"{n}");
        trace.Add("after");
    }

    [Behaviour("1 begin", "1 0", "2 between", "2 1", "3 between", "3 left", "3 after", "3 ended")]
    [Coroutine]
    public static async Coroutine A_reader_may_wait_between_elements_and_leave(Trace trace)
    {
        await foreach (int n in Numbers(trace, 9))
        {
            trace.Add($"{n}");
            await Coroutine.Yield();
            trace.Add("between");
            if (n == 1)
                break;
        }

        trace.Add("after");
    }

    [Behaviour("1 begin", "1 0", "2 cancel", "2 left", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_reader_that_is_cancelled_leaves_its_stream(Trace trace)
    {
        await foreach (int n in Numbers(trace, 9))
        {
            trace.Add($"{n}");
            await Milliseconds(10);
        }
    }

    [Behaviour("1 begin", "1 0", "1 left", "1 caught InvalidOperationException: boom", "1 ended")]
    [Coroutine]
    public static async Coroutine A_reader_that_fails_leaves_its_stream(Trace trace)
    {
        try
        {
            await foreach (int n in Numbers(trace, 9))
            {
                trace.Add($"{n}");
                throw new InvalidOperationException("boom");
            }
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("@10 tick 0", "@20 tick 1", "@30 ticks over", "@30 after", "@30 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_may_wait(Trace trace)
    {
        await foreach (int n in Ticks(trace, 2))
            trace.Add($"tick {n}");
        trace.Add("after");
    }

    [Behaviour("@10 tick 0", "@15 cancel", "@15 ticks over", "@15 Cancelled", "@15 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_that_waits_is_cancelled_with_its_reader(Trace trace) => await CancelAfter(trace, Reader(trace), 15);

    [Behaviour("@10 tick 0", "@15 cancel", "@15 outer over", "@15 Cancelled", "@15 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_coroutine_that_a_stream_awaits_is_cancelled_with_its_reader(Trace trace) => await CancelAfter(trace, OuterReader(trace), 15);

    [Behaviour("@10 tick 0", "@15 cancel", "@15 ticks over", "@15 Cancelled", "@15 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_behind_an_operator_is_cancelled_with_its_reader(Trace trace) => await CancelAfter(trace, OperatorReader(trace), 15);

    [Behaviour("begins for reader", "@10 waits for reader", "@10 0", "@15 goes on for reader", "@15 1", "@25 waits for reader", "@25 2", "@30 leaves for reader", "@30 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_runs_for_the_task_that_reads_it(Trace trace) => await trace.Loop.Spawn(ReadOwn(trace), "reader");

    [Behaviour("begins for reader", "@10 waits for reader", "@10 0", "@15 goes on for reader", "@15 1", "@25 waits for reader", "@25 2", "@30 leaves for reader", "@30 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_behind_an_operator_runs_for_the_task_that_reads_it(Trace trace) => await trace.Loop.Spawn(ReadAnother(trace, TellOwner(trace).Select(n => n)), "reader");

    [Behaviour("begins for reader", "@10 waits for reader", "@10 0", "@15 goes on for reader", "@15 1", "@25 waits for reader", "@25 2", "@30 leaves for reader", "@30 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_that_is_handed_over_runs_for_the_task_that_reads_it(Trace trace) => await trace.Loop.Spawn(ReadAnother(trace, TellOwner(trace)), "reader");

    [Behaviour("@10 tick 0", "@20 caught, cancelled", "@20 ended cancelled", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_may_cancel_the_task_that_reads_it(Trace trace)
    {
        await foreach (int n in Suicidal(trace))
            trace.Add($"tick {n}");
    }

    [Behaviour("helps reader", "@10 refused", "@10 Cancelled", "@10 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine What_a_stream_awaits_runs_for_the_task_that_reads_the_stream(Trace trace)
    {
        var task = trace.Loop.Spawn(ReadHelped(trace), "reader");
        await Children.Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("@12 moved on", "@12 False", "@12 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_scope_cancels_the_stream_that_is_read_in_it(Trace trace)
    {
        bool finished = await Coroutine.MoveOnAfter(Silent(trace), TimeSpan.FromMilliseconds(12));
        trace.Add($"{finished}");
    }

    [Behaviour("@10 tick 0", "@15 cancel", "@15 refused", "@15 Cancelled", "@15 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_cancelled_stream_cannot_wait_in_its_finally(Trace trace) => await CancelAfter(trace, StubbornReader(trace), 15);

    [Coroutine]
    private static async Coroutine CancelAfter(Trace trace, Coroutine reader, int milliseconds)
    {
        var task = trace.Loop.Spawn(reader);
        await Milliseconds(milliseconds);
        trace.Add("cancel");
        task.Cancel();
        await Children.Ended(task);
        trace.Add($"{task.Status}");
    }

    [Coroutine]
    private static async Coroutine Reader(Trace trace)
    {
        await foreach (int n in Ticks(trace, 9))
            trace.Add($"tick {n}");
    }

    [Coroutine]
    private static async Coroutine OuterReader(Trace trace)
    {
        await foreach (int n in Outer(trace))
            trace.Add($"tick {n}");
    }

    [Coroutine]
    private static async Coroutine OperatorReader(Trace trace)
    {
        await foreach (int n in Ticks(trace, 9).Select(n => n))
            trace.Add($"tick {n}");
    }

    [Coroutine]
    private static async Coroutine StubbornReader(Trace trace)
    {
        await foreach (int n in Stubborn(trace))
            trace.Add($"tick {n}");
    }

    [Coroutine]
    private static async Coroutine Silent(Trace trace)
    {
        try
        {
            await foreach (int n in Ticks(null, 9).Where(_ => false))
                trace.Add("not reached");
        }
        finally
        {
            trace.Add("moved on");
        }
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Numbers(Trace trace, int count)
    {
        trace.Add("begin");
        try
        {
            for (int i = 0; i < count; i++)
                yield return i;
            trace.Add($"end of {count}");
        }
        finally
        {
            trace.Add("left");
        }
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Ticks(Trace? trace, int count)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                await Milliseconds(10);
                yield return i;
            }

            await Milliseconds(10);
        }
        finally
        {
            trace?.Add("ticks over");
        }
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Outer(Trace trace)
    {
        try
        {
            for (int i = 0; ; i++)
            {
                await Pause();
                yield return i;
            }
        }
        finally
        {
            trace.Add("outer over");
        }
    }

    [Coroutine]
    private static async Coroutine Pause() => await Milliseconds(10);

    [Coroutine]
    private static async Coroutine ReadOwn(Trace trace)
    {
        await foreach (int n in TellOwner(trace))
            await Take(trace, n);
    }

    [Coroutine]
    private static async Coroutine ReadAnother(Trace trace, IAsyncEnumerable<int> stream)
    {
        await foreach (int n in stream)
            await Take(trace, n);
    }

    [Coroutine]
    private static async Coroutine Take(Trace trace, int n)
    {
        trace.Add($"{n}");
        if (n != 1)
            await Milliseconds(5);
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> TellOwner(Trace trace)
    {
        trace.Add($"begins for {CoroutineTask.Current.Name}");
        try
        {
            await Milliseconds(10);
            trace.Add($"waits for {CoroutineTask.Current.Name}");
            yield return 0;
            trace.Add($"goes on for {CoroutineTask.Current.Name}");
            yield return 1;
            await Pause();
            trace.Add($"waits for {CoroutineTask.Current.Name}");
            yield return 2;
        }
        finally
        {
            trace.Add($"leaves for {CoroutineTask.Current.Name}");
        }
    }

    [Coroutine]
    private static async Coroutine ReadHelped(Trace trace)
    {
        await foreach (int n in Helped(trace))
        {
            await Milliseconds(10);
            trace.Add($"not reached: {n}");
        }
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Helped(Trace trace)
    {
        await Help(trace);
        try
        {
            await Milliseconds(10);
        }
        catch (OperationCanceledException)
        {
            trace.Add("refused");
            throw;
        }

        yield return 0;
    }

    [Coroutine]
    private static async Coroutine Help(Trace trace)
    {
        trace.Add($"helps {CoroutineTask.Current.Name}");
        await Milliseconds(10);
        CoroutineTask.Current.Cancel();
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Suicidal(Trace trace)
    {
        await Milliseconds(10);
        yield return 0;
        await Milliseconds(10);
        var token = CancelScope.CurrentToken;
        CoroutineTask.Current.Cancel();
        try
        {
            await Coroutine.Yield();
        }
        catch (OperationCanceledException)
        {
            trace.Add($"caught, {(token.IsCancellationRequested ? "cancelled" : "not cancelled")}");
            throw;
        }
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Stubborn(Trace trace)
    {
        await Milliseconds(10);
        yield return 0;
        try
        {
            await Milliseconds(10);
        }
        finally
        {
            try
            {
                await Milliseconds(10);
                trace.Add("not reached");
            }
            catch (OperationCanceledException)
            {
                trace.Add("refused");
            }
        }
    }
}
