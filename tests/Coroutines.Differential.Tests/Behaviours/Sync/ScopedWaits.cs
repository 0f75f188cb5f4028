using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>Waits that a cancel scope ends: the object is as if nobody had waited, and the task goes on.</summary>
public static partial class ScopedWaits
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(10);

    [Behaviour("3@10 False", "3@10 True", "3@10 ended")]
    [Coroutine]
    public static async Coroutine A_lock_that_was_waited_for_in_vain_is_left_alone(Trace trace)
    {
        var mutex = new LoopLock();
        var holder = await mutex.Acquire();
        trace.Add($"{await Coroutine.MoveOnAfter(Acquire(mutex), s_patience)}");
        holder.Dispose();
        trace.Add($"{mutex.TryAcquire(out _)}");
    }

    [Behaviour("2 other in", "5@30 other out", "6@30 False True", "6@30 ended")]
    [Coroutine]
    public static async Coroutine A_wait_for_a_condition_gets_the_lock_back_before_it_is_out_of_time(Trace trace)
    {
        var condition = new LoopCondition(new LoopLock());
        using var holder = await condition.Lock.Acquire();
        trace.Loop.Spawn(Hold(trace, condition.Lock));
        bool isNotified = await Coroutine.MoveOnAfter(condition.Wait(), s_patience);
        trace.Add($"{isNotified} {holder.IsHolding}");
    }

    [Behaviour("3@10 False", "3@10 True 5", "3@10 ended")]
    [Coroutine]
    public static async Coroutine A_read_that_is_out_of_time_takes_no_item(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        var (isFinished, _) = await Coroutine.MoveOnAfter(Read(channel), s_patience);
        trace.Add($"{isFinished}");
        channel.TryWrite(5);
        trace.Add($"{channel.TryRead(out int item)} {item}");
    }

    [Behaviour("3@10 True 5", "3@10 ended")]
    [Coroutine]
    public static async Coroutine A_read_that_was_handed_its_item_in_the_last_turn_has_it(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        trace.Loop.CallLater(s_patience, static c => c.TryWrite(5), channel);
        var (isFinished, item) = await Coroutine.MoveOnAfter(Read(channel), s_patience);
        trace.Add($"{isFinished} {item}");
    }

    [Coroutine]
    private static async Coroutine Acquire(LoopLock mutex) => await mutex.Acquire();

    [Coroutine]
    private static async Coroutine<int> Read(LoopChannel<int> channel) => await channel.Read();

    [Coroutine]
    private static async Coroutine Hold(Trace trace, LoopLock mutex)
    {
        using (await mutex.Acquire())
        {
            trace.Add("other in");
            await Milliseconds(30);
            trace.Add("other out");
        }
    }
}
