using System.Net;
using System.Runtime.CompilerServices;
using Coroutines.Samples.Tests.RealClients;
using global::RespServer;

namespace Coroutines.Samples.Tests.RespServer;

/// <summary>A conversation of over two hundred commands, with the replies that Redis gave: ours are the same.</summary>
public partial class ConversationTests
{
    private const string Command = "> ";
    private const string Reply = "< ";

    [Fact]
    public void Replies_are_those_of_redis()
    {
        string[] recorded = File.ReadAllLines(RecordPath());
        Assert.True(Commands(recorded).Count > 200);
        Assert.Equal(recorded, EventLoop.Run(WithOurServer(Commands(recorded))));
    }

    /// <summary>Keeps the record true. To add commands, add them to the record, run this, and copy what it found.</summary>
    [RealClientFact("redis-server")]
    public void The_record_is_what_redis_replies()
    {
        string[] recorded = File.ReadAllLines(RecordPath());
        using var redis = RedisServer.Start();
        string[] replied = [.. EventLoop.Run(Talk(redis.EndPoint, Commands(recorded)))];
        if (!recorded.SequenceEqual(replied))
            File.WriteAllLines(RecordPath() + ".received", replied);
        Assert.Equal(recorded, replied);
    }

    private static List<string> Commands(string[] record) => [.. record.Where(static line => line.StartsWith(Command, StringComparison.Ordinal)).Select(static line => line[Command.Length..])];

    [Coroutine]
    private static async Coroutine<List<string>> WithOurServer(List<string> commands)
    {
        using var listener = SocketListener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        var serving = EventLoop.Current.Spawn(listener.Serve(new Server(EventLoop.Current).Handle));
        var lines = await Talk(listener.LocalEndPoint, commands);
        listener.Dispose();
        await serving;
        return lines;
    }

    [Coroutine]
    private static async Coroutine<List<string>> Talk(EndPoint server, List<string> commands)
    {
        await using var stream = await SocketStream.Connect(server);
        var client = new RespClient(stream);
        var lines = new List<string>();
        foreach (string command in commands)
        {
            lines.Add(Command + command);
            lines.Add(Reply + await client.Ask([.. RespClient.Words(command)]));
        }

        return lines;
    }

    private static string RecordPath([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Conversation.txt");
}
