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

    public static void Flush(Session session, Request request)
    {
        session.Server.Store.Clear();
        session.Stream.Output.Ok();
    }

    public static void Expire(Session session, Request request) => ExpireIn(session, request, TimeSpan.TicksPerSecond);

    public static void ExpireMilliseconds(Session session, Request request) => ExpireIn(session, request, TimeSpan.TicksPerMillisecond);

    public static void TimeToLive(Session session, Request request) => Left(session, request, TimeSpan.TicksPerSecond);

    public static void TimeToLiveMilliseconds(Session session, Request request) => Left(session, request, TimeSpan.TicksPerMillisecond);

    public static void Persist(Session session, Request request) =>
        session.Stream.Output.Integer(session.Server.Store.Find(request[1]) is { } entry && session.Server.Store.Persist(entry) ? 1 : 0);

    private static void ExpireIn(Session session, Request request, long unit)
    {
        var store = session.Server.Store;
        if (!Resp.TryParse(request[2], out long time))
        {
            session.Stream.Output.NotAnInteger();
        }
        else if (Int128.Abs(time) * unit > TimeSpan.MaxValue.Ticks / 2)
        {
            session.Stream.Output.Error("ERR invalid expire time in 'expire' command");
        }
        else if (store.Find(request[1]) is not { } entry)
        {
            session.Stream.Output.Integer(0);
        }
        else
        {
            // In the past: gone at once.
            if (time <= 0)
                store.Remove(request[1]);
            else
                store.ExpireIn(entry, new TimeSpan(time * unit));
            session.Stream.Output.Integer(1);
        }
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
