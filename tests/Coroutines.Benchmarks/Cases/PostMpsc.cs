using System.Threading.Channels;
using Coroutines.Benchmarks.Measuring;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: one of four threads posts a callback with its state, the consumer's thread runs it. The channel carries the
/// same pair, is told that it has a single reader, and its consumer takes everything that is there before it waits again, as
/// the loop does. Both consumers block the thread they run on while nothing is there. Bytes are those of all five threads.
/// </summary>
internal static class PostMpsc
{
    private const int Producers = 4;
    private static readonly Action<object?> s_step = static state => Step((Countdown)state!);

    public static Sample Loop(int operations)
    {
        var countdown = new Countdown { Left = operations / Producers * Producers };
        if (countdown.Left == 0)
            return default;

        EventLoop loop = Loops.Shared;
        Meter meter = Meter.Start(allThreads: true);
        Thread[] producers = Start(operations, () => loop.CallSoonThreadSafe(s_step, countdown));
        loop.RunForever();
        Join(producers);
        return meter.Stop();
    }

    public static Sample UnboundedChannel(int operations)
    {
        int left = operations / Producers * Producers;
        if (left == 0)
            return default;

        var channel = Channel.CreateUnbounded<(Action<object?> Callback, object? State)>(new UnboundedChannelOptions { SingleReader = true });
        var countdown = new Countdown { Left = left + 1 };   // never 0: there is no loop to stop
        Meter meter = Meter.Start(allThreads: true);
        Thread[] producers = Start(operations, () => channel.Writer.TryWrite((s_step, countdown)));
        while (countdown.Left > 1)
        {
            while (channel.Reader.TryRead(out (Action<object?> Callback, object? State) item))
                item.Callback(item.State);
            if (countdown.Left > 1)
                channel.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();
        }

        Join(producers);
        return meter.Stop();
    }

    private static void Step(Countdown countdown)
    {
        if (--countdown.Left == 0)
            Loops.Shared.Stop();
    }

    private static Thread[] Start(int operations, Action post)
    {
        var producers = new Thread[Producers];
        for (int p = 0; p < Producers; p++)
        {
            producers[p] = new Thread(() =>
            {
                for (int i = 0; i < operations / Producers; i++)
                    post();
            });
            producers[p].Start();
        }

        return producers;
    }

    private static void Join(Thread[] producers)
    {
        foreach (Thread producer in producers)
            producer.Join();
    }

    private sealed class Countdown
    {
        public int Left;
    }
}
