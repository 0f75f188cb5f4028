using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>
/// await using and await foreach. Where ordinary async code awaits a coroutine, that coroutine starts one turn later, and the code goes on one turn after its end;
/// where a coroutine awaits ordinary code, it goes on one turn after it.
/// </summary>
public static partial class AsyncResources
{
    [Behaviour("1 open", "2 body", "2 closing", "5 closed", "6 end", "6 ended")]
    [Coroutine]
    public static async Coroutine A_resource_is_disposed_of_before_what_follows(Trace trace)
    {
        await using (var resource = new Resource(trace))
        {
            await Coroutine.Yield();
            trace.Add("body");
        }

        trace.Add("end");
    }

    [Behaviour("1 open", "1 boom?", "2 closing", "5 closed", "6 caught InvalidOperationException: boom", "6 ended")]
    [Coroutine]
    public static async Coroutine A_resource_is_disposed_of_before_an_exception_goes_on(Trace trace)
    {
        try
        {
            await using var resource = new Resource(trace);
            await Fail(trace, "boom", later: true);
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 own", "1 open", "2 own closing", "3 own closed", "3 closing", "6 closed", "7 ended")]
    [Coroutine]
    public static async Coroutine Resources_are_disposed_of_in_the_opposite_order(Trace trace)
    {
        trace.Add("own");
        await using var first = new Resource(trace);
        await using var second = new Own(trace);
        await Coroutine.Yield();
    }

    [Behaviour("1 open", "2 cancel", "2 closing", "5 closed", "6 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_cancelled_body_disposes_of_its_resource(Trace trace)
    {
        await using var resource = new Resource(trace);
        await Milliseconds(10);
    }

    [Behaviour("1 0", "6 1", "6 leaving", "9 left", "11 end", "11 ended")]
    [Coroutine]
    public static async Coroutine Leaving_an_await_foreach_disposes_of_its_enumerator(Trace trace)
    {
        await foreach (int number in Numbers(trace, 5))
        {
            trace.Add($"{number}");
            if (number == 1)
                break;
        }

        trace.Add("end");
    }

    [Behaviour("1 0", "5 1", "8 leaving", "11 left", "12 end", "12 ended")]
    [Coroutine]
    public static async Coroutine An_await_foreach_takes_every_element_in_its_turn(Trace trace)
    {
        await foreach (int number in Numbers(trace, 2).ConfigureAwait(false))
            trace.Add($"{number}");
        trace.Add("end");
    }

    [Behaviour("1 1", "2 2", "3 end", "3 ended")]
    [Coroutine]
    public static async Coroutine An_enumerator_by_pattern_may_be_made_of_coroutines(Trace trace)
    {
        await foreach (int step in new Steps(2))
            trace.Add($"{step}");
        trace.Add("end");
    }

    private static async IAsyncEnumerable<int> Numbers(Trace trace, int count)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                yield return i;
                await Later();
            }
        }
        finally
        {
            trace.Add("leaving");
            await Later();
            trace.Add("left");
        }
    }

    [Coroutine]
    private static async Coroutine Later() => await Coroutine.Yield();

    private sealed class Resource : IAsyncDisposable
    {
        private readonly Trace _trace;

        public Resource(Trace trace)
        {
            _trace = trace;
            trace.Add("open");
        }

        public async ValueTask DisposeAsync()
        {
            _trace.Add("closing");
            await Later();
            _trace.Add("closed");
        }
    }

    private sealed partial class Own(Trace trace)
    {
        [Coroutine]
        public async Coroutine DisposeAsync()
        {
            trace.Add("own closing");
            await Coroutine.Yield();
            trace.Add("own closed");
        }
    }

    private sealed partial class Steps(int count)
    {
        public int Current { get; private set; }

        public Steps GetAsyncEnumerator() => this;

        [Coroutine]
        public async Coroutine<bool> MoveNextAsync()
        {
            if (Current > 0)
                await Coroutine.Yield();
            return Current++ < count;
        }
    }
}
