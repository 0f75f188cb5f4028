using System.Threading.Channels;
using Coroutines.Benchmarks.Baseline;

namespace Coroutines.Benchmarks.Cases;

/// <summary>
/// One operation: an item goes through one channel to another task, which answers through a second one; both wait for each item. <c>channel</c> resumes its readers through the minimal queue, as the loop
/// does through its own; <c>channel-inline</c> resumes them inside the writer's call, which spares both queue passages and is what no loop may do.
/// </summary>
internal static partial class ChannelPingPong
{
    private static readonly LoopChannel<long> s_there = LoopChannel.CreateUnbounded<long>(Loops.Shared);
    private static readonly LoopChannel<long> s_back = LoopChannel.CreateUnbounded<long>(Loops.Shared);

    public static void Generated(int operations) => Expect.Equal(Expect.Sum(operations, 1), Loops.Shared.RunUntilComplete(GeneratedAsk(operations)));

    public static void Reference(int operations) => Expect.Equal(Expect.Sum(operations, 1), Loops.Shared.RunUntilComplete(ReferenceAsk(operations)));

    public static void Channels(int operations) => Channels(operations, inline: false);

    public static void InlineChannels(int operations) => Channels(operations, inline: true);

    private static void Channels(int operations, bool inline)
    {
        var options = new UnboundedChannelOptions { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = inline };
        Channel<long> there = Channel.CreateUnbounded<long>(options), back = Channel.CreateUnbounded<long>(options);
        Task<long>? sum = null;
        TurnContext.Run(() =>
        {
            _ = Answer(there, back, operations);
            sum = Ask(there, back, operations);
        });
        Expect.Equal(Expect.Sum(operations, 1), sum!.Result);
    }

    [Coroutine]
    internal static async Coroutine<long> GeneratedAsk(int times)
    {
        Loops.Shared.Spawn(GeneratedAnswer(times));
        long sum = 0;
        for (int i = 0; i < times; i++)
        {
            await s_there.Write(i);
            sum += await s_back.Read();
        }

        return sum;
    }

    [Coroutine]
    internal static async Coroutine GeneratedAnswer(int times)
    {
        for (int i = 0; i < times; i++)
            await s_back.Write(await s_there.Read() + 1);
    }

    private static async Coroutine<long> ReferenceAsk(int times)
    {
        Loops.Shared.Spawn(ReferenceAnswer(times));
        long sum = 0;
        for (int i = 0; i < times; i++)
        {
            await s_there.Write(i);
            sum += await s_back.Read();
        }

        return sum;
    }

    private static async Coroutine ReferenceAnswer(int times)
    {
        for (int i = 0; i < times; i++)
            await s_back.Write(await s_there.Read() + 1);
    }

    private static async Task<long> Ask(Channel<long> there, Channel<long> back, int times)
    {
        long sum = 0;
        for (int i = 0; i < times; i++)
        {
            await there.Writer.WriteAsync(i);
            sum += await back.Reader.ReadAsync();
        }

        return sum;
    }

    private static async Task Answer(Channel<long> there, Channel<long> back, int times)
    {
        for (int i = 0; i < times; i++)
            await back.Writer.WriteAsync(await there.Reader.ReadAsync() + 1);
    }
}
