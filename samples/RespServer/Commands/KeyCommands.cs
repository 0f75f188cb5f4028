using System.Text;

namespace RespServer;

public static class KeyCommands
{
    public static void Delete(Session session, Request request)
    {
        int deleted = 0;
        for (int i = 1; i < request.Count; i++)
            deleted += session.Server.Store.Remove(request[i]) ? 1 : 0;
        session.Stream.Output.Integer(deleted);
    }

    public static void Exists(Session session, Request request)
    {
        int found = 0;
        for (int i = 1; i < request.Count; i++)
            found += session.Server.Store.Find(request[i]) is null ? 0 : 1;
        session.Stream.Output.Integer(found);
    }

    public static void TypeOf(Session session, Request request) => session.Stream.Output.Simple(session.Server.Store.Find(request[1])?.Value switch
    {
        Text => "string",
        ListValue => "list",
        HashValue => "hash",
        _ => "none",
    });

    public static void Size(Session session, Request request) => session.Stream.Output.Integer(session.Server.Store.Count);

    /// <summary>FLUSHALL [ASYNC | SYNC], which is all the same here.</summary>
    public static void Flush(Session session, Request request)
    {
        if (request.Count > 1 && (request.Count > 2 || !IsWay(request[1])))
        {
            session.Stream.Output.SyntaxError();
            return;
        }

        session.Server.Store.Clear();
        session.Stream.Output.Ok();
    }

    public static void Expire(Session session, Request request) => ExpireIn(session, request, "expire", TimeSpan.TicksPerSecond);

    public static void ExpireMilliseconds(Session session, Request request) => ExpireIn(session, request, "pexpire", TimeSpan.TicksPerMillisecond);

    public static void TimeToLive(Session session, Request request) => Left(session, request, TimeSpan.TicksPerSecond);

    public static void TimeToLiveMilliseconds(Session session, Request request) => Left(session, request, TimeSpan.TicksPerMillisecond);

    public static void Persist(Session session, Request request) =>
        session.Stream.Output.Integer(session.Server.Store.Find(request[1]) is { } entry && session.Server.Store.Persist(entry) ? 1 : 0);

    /// <summary>How long a key is to live. False if that was no such time, and answered so.</summary>
    public static bool TryReadTime(Session session, ReadOnlySpan<byte> text, string command, long unit, out TimeSpan time)
    {
        time = default;
        if (!Resp.TryParse(text, out long given))
        {
            session.Stream.Output.NotAnInteger();
            return false;
        }

        if (Int128.Abs(given) * unit > TimeSpan.MaxValue.Ticks / 2)
        {
            InvalidTime(session, command);
            return false;
        }

        time = new TimeSpan(given * unit);
        return true;
    }

    public static void InvalidTime(Session session, string command) => session.Stream.Output.Error($"ERR invalid expire time in '{command}' command");

    private static bool IsWay(ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(word, "ASYNC"u8) || Ascii.EqualsIgnoreCase(word, "SYNC"u8);

    private static void ExpireIn(Session session, Request request, string command, long unit)
    {
        var store = session.Server.Store;
        if (!TryReadTime(session, request[2], command, unit, out var time))
            return;
        if (store.Find(request[1]) is not { } entry)
        {
            session.Stream.Output.Integer(0);
            return;
        }

        // In the past: gone at once.
        if (time <= TimeSpan.Zero)
            store.Remove(request[1]);
        else
            store.ExpireIn(entry, time);
        session.Stream.Output.Integer(1);
    }

    // -2: no such key, -1: for ever.
    private static void Left(Session session, Request request, long unit)
    {
        var store = session.Server.Store;
        if (store.Find(request[1]) is not { } entry)
            session.Stream.Output.Integer(-2);
        else if (store.TimeToLive(entry) is { } left)
            session.Stream.Output.Integer((left.Ticks + (unit / 2)) / unit);
        else
            session.Stream.Output.Integer(-1);
    }
}
