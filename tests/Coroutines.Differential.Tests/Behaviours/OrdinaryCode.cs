using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>Coroutines called from code that is not a coroutine: a lambda, an async method, a callback.</summary>
public static partial class OrdinaryCode
{
    [Behaviour("2 a?", "3 a!", "4 ordinary a", "5 back 1", "5 ended")]
    [Coroutine]
    public static async Coroutine An_async_method_awaits_a_coroutine(Trace trace) => trace.Add($"back {await AwaitInOrdinaryCode(trace)}");

    [Behaviour("2 boom?", "4 ordinary caught boom", "5 ended")]
    [Coroutine]
    public static async Coroutine An_async_method_catches_what_a_coroutine_throws(Trace trace) => await CatchInOrdinaryCode(trace);

    [Behaviour("2@10 slept", "3@10 ended")]
    [Coroutine]
    public static async Coroutine An_async_method_awaits_leaves(Trace trace) => await SleepInOrdinaryCode(trace);

    [Behaviour("2 a?", "3 a!", "5 as task a", "5 ended")]
    [Coroutine]
    public static async Coroutine A_coroutine_becomes_a_task(Trace trace) => trace.Add($"as task {await Later(trace, "a").AsTask()}");

    [Behaviour("2 in callback", "3 a?", "4 a!", "5 ended")]
    [Coroutine]
    public static async Coroutine A_callback_spawns_a_coroutine(Trace trace)
    {
        trace.Loop.CallSoon(
            static t =>
            {
                t.Add("in callback");
                t.Loop.Spawn(Later(t, "a"));
            },
            trace);
        await Coroutine.Yield();
        await Coroutine.Yield();
        await Coroutine.Yield();
        await Coroutine.Yield();
    }

    [Behaviour("2 sleeper sleeps", "2 cancel", "3 sleeper leaves", "5 task Canceled", "5 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_coroutine_is_a_cancelled_task(Trace trace)
    {
        var coroutine = trace.Loop.Spawn(Sleep(trace, "sleeper"));
        var task = coroutine.AsTask();
        await Coroutine.Yield();
        trace.Add("cancel");
        coroutine.Cancel();
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            trace.Add($"task {task.Status}");
        }
    }

    [Behaviour("2 next Second", "2 kept 1", "3 ended")]
    [Coroutine]
    public static async Coroutine Ordinary_code_calls_coroutines_with_private_types(Trace trace)
    {
        new Caller(trace).SpawnPrivate();
        await Coroutine.Yield();
        await Coroutine.Yield();
    }

    [Behaviour("2 inside 11", "2 unchanged 100", "2 temporary 6", "2 outside 100", "3 ended")]
    [Coroutine]
    public static async Coroutine Ordinary_code_calls_coroutines_of_structs(Trace trace)
    {
        int left = Caller.SpawnStructs(trace);
        await Coroutine.Yield();
        trace.Add($"outside {left}");
        await Coroutine.Yield();
    }

    [Behaviour("2 base virtual", "3 ended")]
    [Coroutine]
    public static async Coroutine Ordinary_code_calls_a_coroutine_of_the_base_class(Trace trace)
    {
        new Caller(trace).SpawnBase();
        await Coroutine.Yield();
        await Coroutine.Yield();
    }

    private enum Order
    {
        First,
        Second,
    }

    private partial class Called(Trace trace)
    {
        protected Trace Trace { get; } = trace;

        [Coroutine]
        public virtual async Coroutine Virtual() => Trace.Add("base virtual");

        [Coroutine]
        protected async Coroutine<T> Keep<T>(T value)
            where T : struct
        {
            Trace.Add($"kept {value}");
            return value;
        }
    }

    private sealed partial class Caller(Trace trace) : Called(trace)
    {
        [Coroutine]
        public override async Coroutine Virtual() => Trace.Add("derived virtual");

        public void SpawnPrivate()
        {
            Trace.Loop.Spawn(Next(Order.First));
            Trace.Loop.Spawn(Keep(1));
        }

        public void SpawnBase() => Trace.Loop.Spawn(base.Virtual());

        public static int SpawnStructs(Trace trace)
        {
            var counter = new Counter { Value = 1 };
            trace.Loop.Spawn(counter.Add(trace, 10));
            counter.Value = 100;
            trace.Loop.Spawn(counter.Show(trace, "unchanged"));
            trace.Loop.Spawn(new Counter { Value = 6 }.Show(trace, "temporary"));
            return counter.Value;
        }

        [Coroutine]
        private async Coroutine Next(Order order) => Trace.Add($"next {order + 1}");
    }

    private partial struct Counter
    {
        public int Value;

        [Coroutine]
        public async Coroutine Add(Trace trace, int amount)
        {
            Value += amount;
            trace.Add($"inside {Value}");
        }

        [Coroutine]
        public readonly async Coroutine Show(Trace trace, string name) => trace.Add($"{name} {Value}");
    }

    private static async Task<int> AwaitInOrdinaryCode(Trace trace)
    {
        string text = await Later(trace, "a");
        trace.Add($"ordinary {text}");
        return 1;
    }

    private static async Task CatchInOrdinaryCode(Trace trace)
    {
        try
        {
            await Fail(trace, "boom", later: true);
        }
        catch (InvalidOperationException exception)
        {
            trace.Add($"ordinary caught {exception.Message}");
        }
    }

    private static async Task SleepInOrdinaryCode(Trace trace)
    {
        await Milliseconds(10);
        trace.Add("slept");
    }
}
