using System.Threading.Channels;
using static Coroutines.Differential.Behaviours.ChannelCalls;

namespace Coroutines.Differential.Behaviours;

/// <summary>
/// The end of a channel: what .NET promises of completing one and asyncio of shutting a queue down. On purpose otherwise: completing is once, and what is left is read or drained, not dropped.
/// </summary>
public static partial class ChannelEnds
{
    [Behaviour("1 root got 1", "1 root closed", "1 False", "1 ended")]
    [Coroutine]
    public static async Coroutine What_was_written_can_be_read_after_the_end(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        channel.TryWrite(1);
        channel.Complete();
        await Read(trace, "root", channel);
        await Read(trace, "root", channel);
        trace.Add($"{channel.TryRead(out _)}");
    }

    [Behaviour("2 complete", "3 a closed", "3 b closed", "4 ended")]
    [Coroutine]
    public static async Coroutine Readers_that_wait_learn_of_the_end(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        trace.Loop.Spawn(Read(trace, "a", channel));
        var b = trace.Loop.Spawn(Read(trace, "b", channel));
        await Coroutine.Yield();
        trace.Add("complete");
        channel.Complete();
        await b;
    }

    [Behaviour("1 wrote 1", "2 complete", "2 root got 1", "2 root closed", "3 2 closed", "4 ended")]
    [Coroutine]
    public static async Coroutine Writers_that_wait_have_not_written(Trace trace)
    {
        var channel = LoopChannel.CreateBounded<int>(1);
        await Write(trace, channel, 1);
        var writer = trace.Loop.Spawn(Write(trace, channel, 2));
        await Coroutine.Yield();
        trace.Add("complete");
        channel.Complete();
        await Read(trace, "root", channel);
        await Read(trace, "root", channel);
        await writer;
    }

    [Behaviour("1 2 closed", "1 False", "1 True", "1 ended")]
    [Coroutine]
    public static async Coroutine Nothing_is_written_after_the_end(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        channel.Complete();
        await Write(trace, channel, 2);
        trace.Add($"{channel.TryWrite(3)}");
        trace.Add($"{channel.IsCompleted}");
    }

    [Behaviour("1 True False", "1 refused", "1 ended")]
    [Coroutine]
    public static async Coroutine It_is_completed_once(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        trace.Add($"{channel.TryComplete()} {channel.TryComplete()}");
        try
        {
            channel.Complete();
        }
        catch (ChannelClosedException)
        {
            trace.Add("refused");
        }
    }

    [Behaviour("1 root got 1", "1 root closed by boom", "1 caught InvalidOperationException: boom", "1 3 closed by boom", "1 ended")]
    [Coroutine]
    public static async Coroutine A_fault_comes_after_what_was_written(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        channel.TryWrite(1);
        channel.Complete(new InvalidOperationException("boom"));
        await Read(trace, "root", channel);
        await Read(trace, "root", channel);
        try
        {
            await channel.WaitToRead();
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }

        await Write(trace, channel, 3);
    }

    [Behaviour("2 complete", "2 root got 1", "3 completion", "4 ended")]
    [Coroutine]
    public static async Coroutine Completion_is_when_nothing_is_left_to_read(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        channel.TryWrite(1);
        var completion = trace.Loop.Spawn(Complete(trace, channel));
        await Coroutine.Yield();
        trace.Add("complete");
        channel.Complete();
        await Read(trace, "root", channel);
        await completion;
    }

    [Behaviour("2 fault", "3 caught InvalidOperationException: boom", "4 ended")]
    [Coroutine]
    public static async Coroutine Completion_throws_the_fault(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        var completion = trace.Loop.Spawn(Complete(trace, channel));
        await Coroutine.Yield();
        trace.Add("fault");
        channel.Complete(new InvalidOperationException("boom"));
        await completion;
    }

    [Behaviour("2 cancelled", "3 completion", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_wait_for_completion_changes_nothing(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        var first = trace.Loop.Spawn(Complete(trace, channel));
        var second = trace.Loop.Spawn(Complete(trace, channel));
        await Coroutine.Yield();
        first.Cancel();
        trace.Add("cancelled");
        channel.Complete();
        await second;
        trace.Add($"{first.Status}");
    }

    [Behaviour("2 wrote 1", "2 complete", "2 root closed", "3 a got 1", "4 ended")]
    [Coroutine]
    public static async Coroutine Who_was_handed_an_item_has_it_although_completed_before_going_on(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        var a = trace.Loop.Spawn(Read(trace, "a", channel));
        await Coroutine.Yield();
        await Write(trace, channel, 1);
        trace.Add("complete");
        channel.Complete();
        await Read(trace, "root", channel);
        await a;
    }

    [Behaviour("1 wrote 0", "2 root got 0", "2 complete", "3 wrote 1", "3 2 closed", "4 root got 1", "4 ended")]
    [Coroutine]
    public static async Coroutine Whose_item_was_taken_has_written_although_completed_before_going_on(Trace trace)
    {
        var channel = LoopChannel.CreateBounded<int>(1);
        await Write(trace, channel, 0);
        trace.Loop.Spawn(Write(trace, channel, 1));
        var last = trace.Loop.Spawn(Write(trace, channel, 2));
        await Coroutine.Yield();
        await Read(trace, "root", channel);
        trace.Add("complete");
        channel.Complete();
        await last;
        await Read(trace, "root", channel);
    }

    [Behaviour("1 root True", "1 root False", "1 ended")]
    [Coroutine]
    public static async Coroutine Waiting_for_an_item_does_not_take_it_and_tells_the_end(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        channel.TryWrite(1);
        await Watch(trace, "root", channel);
        channel.TryRead(out _);
        channel.Complete();
        await Watch(trace, "root", channel);
    }

    [Behaviour("2 True", "3 a True", "3 b True", "4 ended")]
    [Coroutine]
    public static async Coroutine All_who_wait_for_an_item_are_told_although_one_is_quicker(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        trace.Loop.Spawn(Watch(trace, "a", channel));
        var b = trace.Loop.Spawn(Watch(trace, "b", channel));
        await Coroutine.Yield();
        channel.TryWrite(1);
        trace.Add($"{channel.TryRead(out _)}");
        await b;
    }

    [Behaviour("3 b False", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_wait_for_an_item_leaves_nothing_behind(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        var a = trace.Loop.Spawn(Watch(trace, "a", channel));
        var b = trace.Loop.Spawn(Watch(trace, "b", channel));
        await Coroutine.Yield();
        a.Cancel();
        channel.Complete();
        await b;
        trace.Add($"{a.Status}");
    }

    [Coroutine]
    private static async Coroutine Complete(Trace trace, LoopChannel<int> channel)
    {
        try
        {
            await channel.Completion;
            trace.Add("completion");
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }
}
