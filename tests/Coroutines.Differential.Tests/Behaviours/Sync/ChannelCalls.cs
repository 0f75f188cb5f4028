using System.Threading.Channels;

namespace Coroutines.Differential.Behaviours;

/// <summary>What the behaviours of channels call.</summary>
public static partial class ChannelCalls
{
    /// <summary>Reads one item and says which, or how the channel ended.</summary>
    [Coroutine]
    public static async Coroutine Read(Trace trace, string name, LoopChannel<int> channel)
    {
        try
        {
            trace.Add($"{name} got {await channel.Read()}");
        }
        catch (ChannelClosedException exception)
        {
            trace.Add($"{name} {Describe(exception)}");
        }
    }

    /// <summary>Writes one item and says so, or how the channel ended.</summary>
    [Coroutine]
    public static async Coroutine Write(Trace trace, LoopChannel<int> channel, int item)
    {
        try
        {
            await channel.Write(item);
            trace.Add($"wrote {item}");
        }
        catch (ChannelClosedException exception)
        {
            trace.Add($"{item} {Describe(exception)}");
        }
    }

    /// <summary>Waits for an item and says whether there is one.</summary>
    [Coroutine]
    public static async Coroutine Watch(Trace trace, string name, LoopChannel<int> channel)
    {
        bool isReadable = await channel.WaitToRead();
        trace.Add($"{name} {isReadable}");
    }

    /// <summary>Reads up to the end.</summary>
    [Coroutine]
    public static async Coroutine ReadAll(Trace trace, string name, LoopChannel<int> channel)
    {
        await foreach (int item in channel.ReadAll())
            trace.Add($"{name} {item}");
        trace.Add($"{name} end");
    }

    private static string Describe(ChannelClosedException exception) =>
        exception.InnerException is { } fault ? $"closed by {fault.Message}" : "closed";
}
