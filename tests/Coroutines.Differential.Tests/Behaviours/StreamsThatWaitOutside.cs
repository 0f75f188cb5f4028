using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>Streams that wait for foreign code go on for the task that reads them.</summary>
public static partial class StreamsThatWaitOutside
{
    [Behaviour("set", "1 for reader", "@10 2 for reader", "@10 set", "@10 3 for reader", "@10 left for reader", "@10 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_knows_its_reader_after_a_foreign_wait(Trace trace) => await trace.Loop.Spawn(Read(trace), "reader");

    [Behaviour("set", "1 for reader", "@10 2 for reader", "@10 set", "@10 3 for reader", "@10 left for reader", "@10 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_behind_an_operator_knows_its_reader_after_a_foreign_wait(Trace trace) =>
        await trace.Loop.Spawn(ReadAny(Numbers(trace, 3).Select(n => n)), "reader");

    [Behaviour("set", "1 for reader", "@10 2 for reader", "@10 set", "@10 3 for reader", "@10 left for reader", "@10 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_in_a_stream_knows_its_reader_after_a_foreign_wait(Trace trace) => await trace.Loop.Spawn(ReadOuter(trace), "reader");

    [Behaviour("set", "1 for first", "@10 2 for second", "@10 set", "@10 3 for second", "@10 left for second", "@10 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_that_changes_hands_knows_who_reads_it_now(Trace trace)
    {
        var enumerator = Numbers(trace, 3).GetAsyncEnumerator();
        await trace.Loop.Spawn(Take(enumerator, 1), "first");
        await trace.Loop.Spawn(Take(enumerator, 3), "second");
    }

    [Behaviour("set", "1 for reader", "@5 cancel", "@5 left for reader", "@5 Cancelled", "@5 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_that_has_waited_outside_is_cancelled_with_its_reader(Trace trace)
    {
        var task = trace.Loop.Spawn(Read(trace), "reader");
        await Milliseconds(5);
        trace.Add("cancel");
        task.Cancel();
        await Children.Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("set", "refused", "Cancelled", "ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_may_cancel_its_reader_after_a_foreign_wait(Trace trace)
    {
        var task = trace.Loop.Spawn(ReadSuicidal(trace), "reader");
        await Children.Ended(task);
        trace.Add($"{task.Status}");
    }

    [Behaviour("set", "inside", "@10 too late", "@10 1", "@10 ended", WithoutTurns = true)]
    [Coroutine]
    public static async Coroutine A_stream_may_open_a_scope_after_a_foreign_wait(Trace trace)
    {
        await foreach (int n in Scoped(trace))
            trace.Add($"{n}");
    }

    [Coroutine]
    private static async Coroutine Read(Trace trace)
    {
        await foreach (int _ in Numbers(trace, 3))
        {
        }
    }

    [Coroutine]
    private static async Coroutine ReadAny(IAsyncEnumerable<int> numbers)
    {
        await foreach (int _ in numbers)
        {
        }
    }

    [Coroutine]
    private static async Coroutine ReadOuter(Trace trace)
    {
        await foreach (int _ in Outer(trace))
        {
        }
    }

    [Coroutine]
    private static async Coroutine Take(IAsyncEnumerator<int> numbers, int count)
    {
        for (int i = 0; i < count; i++)
            await numbers.MoveNextAsync();
    }

    [Coroutine]
    private static async Coroutine ReadSuicidal(Trace trace)
    {
        await foreach (int _ in Suicidal(trace))
        {
        }
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Numbers(Trace trace, int count)
    {
        try
        {
            for (int i = 1; i <= count; i++)
            {
                if (i == 2)
                    await Milliseconds(10);
                else
                    await Outside(trace);
                trace.Add($"{i} for {CoroutineTask.Current.Name}");
                yield return i;
            }
        }
        finally
        {
            trace.Add($"left for {CoroutineTask.Current.Name}");
        }
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Outer(Trace trace)
    {
        await foreach (int n in Numbers(trace, 3))
            yield return n;
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Suicidal(Trace trace)
    {
        await Outside(trace);
        CoroutineTask.Current.Cancel();
        try
        {
            await Coroutine.Yield();
        }
        catch (OperationCanceledException)
        {
            trace.Add("refused");
            throw;
        }

        yield return 1;
    }

    [Coroutine]
    private static async IAsyncEnumerable<int> Scoped(Trace trace)
    {
        await Outside(trace);
        try
        {
            using (CancelScope.After(TimeSpan.FromMilliseconds(10)))
            {
                trace.Add("inside");
                await Milliseconds(20);
            }
        }
        catch (TimeoutException)
        {
            trace.Add("too late");
        }

        yield return 1;
    }

    private static Task Outside(Trace trace)
    {
        var source = new TaskCompletionSource();
        trace.Loop.CallSoon(static x => Set(x.trace, x.source), (trace, source));
        return source.Task;
    }

    private static void Set(Trace trace, TaskCompletionSource source)
    {
        trace.Add("set");
        source.SetResult();
    }
}
