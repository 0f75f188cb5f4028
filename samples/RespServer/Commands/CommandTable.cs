using System.Text;

namespace RespServer;

/// <summary>A command: answers at once, or sets <see cref="Session.Pending"/>.</summary>
public delegate void Command(Session session, Request request);

/// <summary>All commands by name, with how many arguments each takes, its name included: a negative number is the least.</summary>
public static class CommandTable
{
    private const int LongestName = 32, LongestQuoted = 128;

    private static readonly Dictionary<string, (Command Run, int Arity)> s_commands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PING"] = (ConnectionCommands.Ping, -1),
        ["ECHO"] = (ConnectionCommands.Echo, 2),
        ["INFO"] = (ConnectionCommands.Info, -1),
        ["COMMAND"] = (ConnectionCommands.Commands, -1),
        ["CONFIG"] = (ConnectionCommands.Config, -2),
        ["SELECT"] = (ConnectionCommands.Select, 2),
        ["QUIT"] = (ConnectionCommands.Quit, -1),
        ["GET"] = (StringCommands.Get, 2),
        ["SET"] = (SetCommand.Run, -3),
        ["MGET"] = (StringCommands.MultiGet, -2),
        ["MSET"] = (StringCommands.MultiSet, -3),
        ["INCR"] = (StringCommands.Increment, 2),
        ["DECR"] = (StringCommands.Decrement, 2),
        ["INCRBY"] = (StringCommands.IncrementBy, 3),
        ["DECRBY"] = (StringCommands.DecrementBy, 3),
        ["APPEND"] = (StringCommands.Append, 3),
        ["STRLEN"] = (StringCommands.Length, 2),
        ["DEL"] = (KeyCommands.Delete, -2),
        ["EXISTS"] = (KeyCommands.Exists, -2),
        ["TYPE"] = (KeyCommands.TypeOf, 2),
        ["DBSIZE"] = (KeyCommands.Size, 1),
        ["FLUSHALL"] = (KeyCommands.Flush, -1),
        ["FLUSHDB"] = (KeyCommands.Flush, -1),
        ["EXPIRE"] = (KeyCommands.Expire, 3),
        ["PEXPIRE"] = (KeyCommands.ExpireMilliseconds, 3),
        ["TTL"] = (KeyCommands.TimeToLive, 2),
        ["PTTL"] = (KeyCommands.TimeToLiveMilliseconds, 2),
        ["PERSIST"] = (KeyCommands.Persist, 2),
        ["LPUSH"] = (ListCommands.PushLeft, -3),
        ["RPUSH"] = (ListCommands.PushRight, -3),
        ["LPOP"] = (ListCommands.PopLeft, -2),
        ["RPOP"] = (ListCommands.PopRight, -2),
        ["LRANGE"] = (ListCommands.Range, 4),
        ["LLEN"] = (ListCommands.Length, 2),
        ["BLPOP"] = (BlockingPopCommand.Run, -3),
        ["HSET"] = (HashCommands.Set, -4),
        ["HGET"] = (HashCommands.Get, 3),
        ["HGETALL"] = (HashCommands.GetAll, 2),
        ["HDEL"] = (HashCommands.Delete, -3),
        ["HLEN"] = (HashCommands.Length, 2),
        ["PUBLISH"] = (PublishCommands.Publish, 3),
        ["SUBSCRIBE"] = (PublishCommands.Subscribe, -2),
        ["UNSUBSCRIBE"] = (PublishCommands.Unsubscribe, -1),
    };

    private static readonly Dictionary<string, (Command Run, int Arity)>.AlternateLookup<ReadOnlySpan<char>> s_lookup = s_commands.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] s_whileSubscribed = ["SUBSCRIBE", "UNSUBSCRIBE", "PING", "QUIT"];

    public static IReadOnlyCollection<string> Names => s_commands.Keys;

    public static void Execute(Session session, Request request)
    {
        session.Server.CommandsProcessed++;
        var name = request[0];
        Span<char> characters = stackalloc char[LongestName];
        if (name.Length > LongestName || !s_lookup.TryGetValue(characters[..Encoding.Latin1.GetChars(name, characters)], out var command))
        {
            Unknown(session, request);
        }
        else if (command.Arity > 0 ? request.Count != command.Arity : request.Count < -command.Arity)
        {
            session.Stream.Output.WrongCount(NameOf(request));
        }
        else if (session.Subscriptions > 0 && !s_whileSubscribed.Contains(NameOf(request).ToUpperInvariant()))
        {
            session.Stream.Output.Error($"ERR Can't execute '{NameOf(request)}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context");
        }
        else
        {
            command.Run(session, request);
        }
    }

    private static void Unknown(Session session, Request request)
    {
        var arguments = new StringBuilder();
        for (int i = 1; i < request.Count && arguments.Length < LongestQuoted; i++)
        {
            string argument = Beginning(request[i], LongestQuoted - arguments.Length);
            arguments.Append('\'').Append(argument).Append("' ");
        }

        session.Stream.Output.Error($"ERR unknown command '{Beginning(request[0], LongestQuoted)}', with args beginning with: {arguments}");
    }

    private static string Beginning(ReadOnlySpan<byte> text, int most) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, most)]);

    private static string NameOf(Request request) => Encoding.UTF8.GetString(request[0]).ToLowerInvariant();
}
