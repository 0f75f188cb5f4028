using static Coroutines.Differential.Behaviours.ChannelCalls;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>Items as work that is done, and channels as streams: what asyncio promises of <c>join</c> and <c>task_done</c>, and .NET of reading all.</summary>
public static partial class ChannelWork
{
    [Behaviour("1 joined", "1 ended")]
    [Coroutine]
    public static async Coroutine With_nothing_written_there_is_nothing_to_join(Trace trace) =>
        await Join(trace, LoopChannel.CreateUnbounded<int>());

    [Behaviour("3@10 done 1", "4@20 done 2", "5@20 joined", "5@20 ended")]
    [Coroutine]
    public static async Coroutine Joining_waits_until_everything_written_is_done(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        channel.TryWrite(1);
        channel.TryWrite(2);
        trace.Loop.Spawn(Work(trace, channel));
        await Join(trace, channel);
    }

    [Behaviour("2 read", "4@10 done 1", "5@10 joined", "5@10 ended")]
    [Coroutine]
    public static async Coroutine What_was_read_is_not_yet_done(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        trace.Loop.Spawn(Work(trace, channel));
        await Coroutine.Yield();
        channel.TryWrite(1);
        trace.Add(channel.Count == 0 ? "read" : "kept");
        await Join(trace, channel);
    }

    [Behaviour("1 refused", "1 ended")]
    [Coroutine]
    public static async Coroutine More_cannot_be_done_than_was_written(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        channel.TryWrite(1);
        channel.ItemDone();
        try
        {
            channel.ItemDone();
        }
        catch (InvalidOperationException)
        {
            trace.Add("refused");
        }
    }

    [Behaviour("2 discarded 1", "2 discarded 2", "2 discarded 3", "2 3 0 False", "2 joined", "3 wrote 2", "3 wrote 3", "4 ended")]
    [Coroutine]
    public static async Coroutine Draining_discards_what_was_written_and_what_writers_wait_with(Trace trace)
    {
        var channel = LoopChannel.CreateBounded<int>(1);
        channel.TryWrite(1);
        trace.Loop.Spawn(Write(trace, channel, 2));
        var last = trace.Loop.Spawn(Write(trace, channel, 3));
        await Coroutine.Yield();
        int count = channel.Drain(item => trace.Add($"discarded {item}"));
        trace.Add($"{count} {channel.Count} {channel.IsCompleted}");
        await Join(trace, channel);
        await last;
    }

    [Behaviour("1 2", "1 completion", "1 ended")]
    [Coroutine]
    public static async Coroutine A_drained_channel_that_was_completed_has_ended(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        channel.TryWrite(1);
        channel.TryWrite(2);
        channel.Complete();
        trace.Add($"{channel.Drain()}");
        await channel.Completion;
        trace.Add("completion");
    }

    [Behaviour("1 root 1", "1 root 2", "1 root end", "1 ended")]
    [Coroutine]
    public static async Coroutine Reading_all_ends_with_the_channel(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        channel.TryWrite(1);
        channel.TryWrite(2);
        channel.Complete();
        await ReadAll(trace, "root", channel);
    }

    [Behaviour("4@10 a 0", "6@20 a 1", "8@30 a end", "9@30 ended")]
    [Coroutine]
    public static async Coroutine Reading_all_waits_between_items(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        var a = trace.Loop.Spawn(ReadAll(trace, "a", channel));
        for (int i = 0; i < 2; i++)
        {
            await Milliseconds(10);
            channel.TryWrite(i);
        }

        await Milliseconds(10);
        channel.Complete();
        await a;
    }

    [Behaviour("1 root 1", "1 caught InvalidOperationException: boom", "1 ended")]
    [Coroutine]
    public static async Coroutine Reading_all_throws_the_fault_at_the_end(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        channel.TryWrite(1);
        channel.Complete(new InvalidOperationException("boom"));
        try
        {
            await ReadAll(trace, "root", channel);
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("3 a 1", "3 a 3", "3 b 2", "4 a end", "4 b end", "5 ended")]
    [Coroutine]
    public static async Coroutine Two_who_read_all_share_the_items(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        var a = trace.Loop.Spawn(ReadAll(trace, "a", channel));
        trace.Loop.Spawn(ReadAll(trace, "b", channel));
        await Coroutine.Yield();
        for (int i = 1; i <= 3; i++)
            channel.TryWrite(i);
        trace.Loop.CallSoon(static c => c.Complete(), channel);
        await a;
    }

    [Behaviour("1 took 1", "1 root 2", "1 root end", "1 ended")]
    [Coroutine]
    public static async Coroutine Who_stops_reading_leaves_the_rest(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        channel.TryWrite(1);
        channel.TryWrite(2);
        channel.Complete();
        await foreach (int item in channel.ReadAll())
        {
            trace.Add($"took {item}");
            break;
        }

        await ReadAll(trace, "root", channel);
    }

    [Behaviour("2 wrote 1", "2 root got 1", "3 Cancelled", "3 ended")]
    [Coroutine]
    public static async Coroutine Who_is_cancelled_while_reading_all_takes_nothing_with_it(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        var a = trace.Loop.Spawn(ReadAll(trace, "a", channel));
        await Coroutine.Yield();
        a.Cancel();
        await Write(trace, channel, 1);
        await Read(trace, "root", channel);
        await Coroutine.Yield();
        trace.Add($"{a.Status}");
    }

    [Behaviour("1 ordinary 1", "3 ordinary 2", "3 ordinary end", "4 ended")]
    [Coroutine]
    public static async Coroutine Ordinary_code_reads_all_too(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        channel.TryWrite(1);
        var task = OrdinaryReadAll(trace, channel.ReadAll());
        channel.TryWrite(2);
        trace.Loop.CallSoon(static c => c.Complete(), channel);
        await task;
    }

    private static async Task OrdinaryReadAll(Trace trace, IAsyncEnumerable<int> items)
    {
        await foreach (int item in items)
            trace.Add($"ordinary {item}");
        trace.Add("ordinary end");
    }

    [Coroutine]
    private static async Coroutine Work(Trace trace, LoopChannel<int> channel)
    {
        await foreach (int item in channel.ReadAll())
        {
            await Milliseconds(10);
            trace.Add($"done {item}");
            channel.ItemDone();
        }
    }

    [Coroutine]
    private static async Coroutine Join(Trace trace, LoopChannel<int> channel)
    {
        await channel.Join();
        trace.Add("joined");
    }
}
