using static Coroutines.Differential.Behaviours.ChannelCalls;

namespace Coroutines.Differential.Behaviours;

/// <summary>Channels that give their items in another order: what asyncio promises of its priority and LIFO queues; of equal items the older one comes first, which asyncio leaves open.</summary>
public static partial class ChannelOrders
{
    [Behaviour("1 1 2 3 5 8", "1 ended")]
    [Coroutine]
    public static async Coroutine The_least_item_comes_first(Trace trace)
    {
        var channel = LoopChannel.CreatePriority<int>();
        foreach (int item in (int[])[5, 1, 8, 3, 2])
            channel.TryWrite(item);
        trace.Add(Rest(channel));
    }

    [Behaviour("1 1b 1d 2a 2c", "1 ended")]
    [Coroutine]
    public static async Coroutine Of_equal_items_the_older_one_comes_first(Trace trace)
    {
        var channel = LoopChannel.CreatePriority(Comparer<string>.Create(static (x, y) => x[0].CompareTo(y[0])));
        foreach (string item in (string[])["2a", "1b", "2c", "1d"])
            channel.TryWrite(item);
        trace.Add(Rest(channel));
    }

    [Behaviour("1 8 5 3 2 1", "1 ended")]
    [Coroutine]
    public static async Coroutine A_comparer_says_what_is_less(Trace trace)
    {
        var channel = LoopChannel.CreatePriority(Comparer<int>.Create(static (x, y) => y.CompareTo(x)));
        foreach (int item in (int[])[5, 1, 8, 3, 2])
            channel.TryWrite(item);
        trace.Add(Rest(channel));
    }

    [Behaviour("2 wrote 9", "2 wrote 1", "2 1", "3 a got 9", "4 ended")]
    [Coroutine]
    public static async Coroutine A_reader_that_waits_gets_what_comes_first_whatever_its_priority(Trace trace)
    {
        var channel = LoopChannel.CreatePriority<int>();
        var a = trace.Loop.Spawn(Read(trace, "a", channel));
        await Coroutine.Yield();
        await Write(trace, channel, 9);
        await Write(trace, channel, 1);
        trace.Add(Rest(channel));
        await a;
    }

    [Behaviour("1 wrote 5", "2 root got 5", "2 root got 7", "2 root got 1", "3 wrote 7", "3 wrote 1", "4 ended")]
    [Coroutine]
    public static async Coroutine Writers_are_let_in_in_order_even_where_items_have_priorities(Trace trace)
    {
        var channel = LoopChannel.CreatePriority<int>(capacity: 1);
        await Write(trace, channel, 5);
        trace.Loop.Spawn(Write(trace, channel, 7));
        var last = trace.Loop.Spawn(Write(trace, channel, 1));
        await Coroutine.Yield();
        for (int i = 0; i < 3; i++)
            await Read(trace, "root", channel);
        await last;
    }

    [Behaviour("1 3 2 1", "1 ended")]
    [Coroutine]
    public static async Coroutine The_last_item_comes_first(Trace trace)
    {
        var channel = LoopChannel.CreateLifo<int>();
        for (int i = 1; i <= 3; i++)
            channel.TryWrite(i);
        trace.Add(Rest(channel));
    }

    [Behaviour("1 wrote 1", "1 wrote 2", "2 root got 2", "2 root got 3", "2 root got 1", "3 wrote 3", "4 ended")]
    [Coroutine]
    public static async Coroutine A_writer_that_is_let_in_wrote_last(Trace trace)
    {
        var channel = LoopChannel.CreateLifo<int>(capacity: 2);
        await Write(trace, channel, 1);
        await Write(trace, channel, 2);
        var last = trace.Loop.Spawn(Write(trace, channel, 3));
        await Coroutine.Yield();
        for (int i = 0; i < 3; i++)
            await Read(trace, "root", channel);
        await last;
    }

    private static string Rest<T>(LoopChannel<T> channel)
    {
        var items = new List<T>();
        while (channel.TryRead(out var item))
            items.Add(item);
        return string.Join(' ', items);
    }
}
