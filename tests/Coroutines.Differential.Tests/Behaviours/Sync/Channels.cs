using static Coroutines.Differential.Behaviours.ChannelCalls;
using static Coroutines.Differential.Children;

namespace Coroutines.Differential.Behaviours;

/// <summary>
/// What asyncio promises of its queues and trio of its memory channels: items travel in order, wait for nobody longer than they must, and are neither lost nor given twice. On purpose
/// otherwise than trio: what need not wait is not a suspension.
/// </summary>
public static partial class Channels
{
    [Behaviour("1 wrote 1", "1 wrote 2", "1 2 kept", "1 root got 1", "1 root got 2", "1 0 kept", "1 ended")]
    [Coroutine]
    public static async Coroutine Items_are_read_in_the_order_in_which_they_were_written(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        await Write(trace, channel, 1);
        await Write(trace, channel, 2);
        trace.Add($"{channel.Count} kept");
        await Read(trace, "root", channel);
        await Read(trace, "root", channel);
        trace.Add($"{channel.Count} kept");
    }

    [Behaviour("2 wrote 5", "3 a got 5", "4 ended")]
    [Coroutine]
    public static async Coroutine A_reader_waits_for_an_item(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        var a = trace.Loop.Spawn(Read(trace, "a", channel));
        await Coroutine.Yield();
        await Write(trace, channel, 5);
        await a;
    }

    [Behaviour("2 wrote 1", "2 wrote 2", "2 0 kept", "3 a got 1", "3 b got 2", "4 ended")]
    [Coroutine]
    public static async Coroutine Readers_are_served_in_the_order_in_which_they_came(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        trace.Loop.Spawn(Read(trace, "a", channel));
        var b = trace.Loop.Spawn(Read(trace, "b", channel));
        await Coroutine.Yield();
        await Write(trace, channel, 1);
        await Write(trace, channel, 2);
        trace.Add($"{channel.Count} kept");
        await b;
    }

    [Behaviour("2 wrote 1", "2 False", "3 a got 1", "4 ended")]
    [Coroutine]
    public static async Coroutine Nobody_takes_an_item_before_the_one_who_waits(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        var a = trace.Loop.Spawn(Read(trace, "a", channel));
        await Coroutine.Yield();
        await Write(trace, channel, 1);
        trace.Add($"{channel.TryRead(out _)}");
        await a;
    }

    [Behaviour("2 wrote 1", "3 b got 1", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_reader_takes_no_item(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        var a = trace.Loop.Spawn(Read(trace, "a", channel));
        var b = trace.Loop.Spawn(Read(trace, "b", channel));
        await Coroutine.Yield();
        a.Cancel();
        await Write(trace, channel, 1);
        await b;
        trace.Add($"{a.Status}");
    }

    [Behaviour("2 wrote 1", "3 a got 1", "4 RanToCompletion", "4 ended")]
    [Coroutine]
    public static async Coroutine Who_was_handed_an_item_has_it_although_cancelled_before_going_on(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        var a = trace.Loop.Spawn(Read(trace, "a", channel));
        await Coroutine.Yield();
        await Write(trace, channel, 1);
        a.Cancel();
        await Ended(a);
        trace.Add($"{a.Status}");
    }

    [Behaviour("2 wrote 1", "2 root got 1", "2 root got 2", "3 wrote 2", "3 wrote 3", "4 root got 3", "4 ended")]
    [Coroutine]
    public static async Coroutine Writing_to_a_full_channel_waits_for_room(Trace trace)
    {
        var channel = LoopChannel.CreateBounded<int>(1);
        trace.Loop.Spawn(WriteUpTo(trace, channel, 3));
        await Coroutine.Yield();
        for (int i = 0; i < 3; i++)
            await Read(trace, "root", channel);
    }

    [Behaviour("1 wrote 0", "2 root got 0", "2 False", "2 root got 1", "2 root got 2", "3 wrote 1", "3 wrote 2", "4 ended")]
    [Coroutine]
    public static async Coroutine Writers_are_let_in_in_the_order_in_which_they_came(Trace trace)
    {
        var channel = LoopChannel.CreateBounded<int>(1);
        await Write(trace, channel, 0);
        trace.Loop.Spawn(Write(trace, channel, 1));
        var last = trace.Loop.Spawn(Write(trace, channel, 2));
        await Coroutine.Yield();
        await Read(trace, "root", channel);
        trace.Add($"{channel.TryWrite(9)}");
        await Read(trace, "root", channel);
        await Read(trace, "root", channel);
        await last;
    }

    [Behaviour("1 wrote 0", "2 root got 0", "2 root got 2", "2 False", "3 wrote 2", "4 Cancelled", "4 ended")]
    [Coroutine]
    public static async Coroutine A_cancelled_writer_has_not_written(Trace trace)
    {
        var channel = LoopChannel.CreateBounded<int>(1);
        await Write(trace, channel, 0);
        var a = trace.Loop.Spawn(Write(trace, channel, 1));
        var b = trace.Loop.Spawn(Write(trace, channel, 2));
        await Coroutine.Yield();
        a.Cancel();
        await Read(trace, "root", channel);
        await Read(trace, "root", channel);
        trace.Add($"{channel.TryRead(out _)}");
        await b;
        trace.Add($"{a.Status}");
    }

    [Behaviour("1 wrote 0", "2 root got 0", "3 wrote 1", "4 RanToCompletion 1", "4 ended")]
    [Coroutine]
    public static async Coroutine Whose_item_was_taken_has_written_although_cancelled_before_going_on(Trace trace)
    {
        var channel = LoopChannel.CreateBounded<int>(1);
        await Write(trace, channel, 0);
        var a = trace.Loop.Spawn(Write(trace, channel, 1));
        await Coroutine.Yield();
        await Read(trace, "root", channel);
        a.Cancel();
        await Ended(a);
        trace.Add($"{a.Status} {channel.Count}");
    }

    [Behaviour("1 True True False 2", "1 ended")]
    [Coroutine]
    public static async Coroutine Trying_to_write_never_suspends(Trace trace)
    {
        var channel = LoopChannel.CreateBounded<int>(2);
        trace.Add($"{channel.TryWrite(1)} {channel.TryWrite(2)} {channel.TryWrite(3)} {channel.Count}");
    }

    [Behaviour("2 0 kept", "2 root got 1", "3 wrote 1", "4 ended")]
    [Coroutine]
    public static async Coroutine A_rendezvous_writer_waits_for_a_reader(Trace trace)
    {
        var channel = LoopChannel.CreateRendezvous<int>();
        var writer = trace.Loop.Spawn(Write(trace, channel, 1));
        await Coroutine.Yield();
        trace.Add($"{channel.Count} kept");
        await Read(trace, "root", channel);
        await writer;
    }

    [Behaviour("2 wrote 1", "3 a got 1", "4 ended")]
    [Coroutine]
    public static async Coroutine A_rendezvous_reader_that_waits_is_met_at_once(Trace trace)
    {
        var channel = LoopChannel.CreateRendezvous<int>();
        var a = trace.Loop.Spawn(Read(trace, "a", channel));
        await Coroutine.Yield();
        await Write(trace, channel, 1);
        await a;
    }

    [Behaviour("1 False False", "2 True False", "3 a got 2", "4 True 3", "5 wrote 3", "6 ended")]
    [Coroutine]
    public static async Coroutine Trying_a_rendezvous_needs_somebody_who_waits(Trace trace)
    {
        var channel = LoopChannel.CreateRendezvous<int>();
        trace.Add($"{channel.TryWrite(1)} {channel.TryRead(out _)}");
        var a = trace.Loop.Spawn(Read(trace, "a", channel));
        await Coroutine.Yield();
        trace.Add($"{channel.TryWrite(2)} {channel.TryWrite(9)}");
        var b = trace.Loop.Spawn(Write(trace, channel, 3));
        await a;
        trace.Add($"{channel.TryRead(out int item)} {item}");
        await b;
    }

    [Behaviour("3 a True", "4 True 1", "5 wrote 1", "6 ended")]
    [Coroutine]
    public static async Coroutine A_rendezvous_writer_that_waits_can_be_waited_for(Trace trace)
    {
        var channel = LoopChannel.CreateRendezvous<int>();
        var watch = trace.Loop.Spawn(Watch(trace, "a", channel));
        var writer = trace.Loop.Spawn(Write(trace, channel, 1));
        await watch;
        trace.Add($"{channel.TryRead(out int item)} {item}");
        await writer;
    }

    [Behaviour("1 2 3 4 5 6 7 8", "1 ended")]
    [Coroutine]
    public static async Coroutine A_ring_that_wraps_and_grows_keeps_the_order(Trace trace)
    {
        var channel = LoopChannel.CreateUnbounded<int>();
        for (int i = 0; i < 4; i++)
            channel.TryWrite(i);
        await channel.Read();
        await channel.Read();
        for (int i = 4; i < 9; i++)
            channel.TryWrite(i);
        var items = new List<int>();
        while (channel.Count > 0)
            items.Add(await channel.Read());
        trace.Add(string.Join(' ', items));
    }

    [Coroutine]
    private static async Coroutine WriteUpTo(Trace trace, LoopChannel<int> channel, int last)
    {
        for (int i = 1; i <= last; i++)
            await Write(trace, channel, i);
    }
}
