using System.Text;

namespace RespServer;

public static class SetCommand
{
    /// <summary>SET key value [NX | XX] [GET] [EX seconds | PX milliseconds | KEEPTTL]</summary>
    public static void Run(Session session, Request request)
    {
        var (store, output) = (session.Server.Store, session.Stream.Output);
        bool onlyNew = false, onlyExisting = false, get = false, keep = false;
        // Where the time is; looked at when it is known that the words around it make sense.
        int timeAt = 0;
        string unit = "";
        for (int i = 3; i < request.Count; i++)
        {
            string option = Encoding.UTF8.GetString(request[i]).ToUpperInvariant();
            if (option is "EX" or "PX" && i + 1 < request.Count && (timeAt == 0 || unit == option) && !keep)
            {
                (unit, timeAt) = (option, ++i);
                continue;
            }

            onlyNew |= option == "NX";
            onlyExisting |= option == "XX";
            get |= option == "GET";
            keep |= option == "KEEPTTL";
            if (option is not ("NX" or "XX" or "GET" or "KEEPTTL") || (onlyNew && onlyExisting) || (keep && timeAt > 0))
            {
                output.SyntaxError();
                return;
            }
        }

        TimeSpan life = default;
        if (timeAt > 0)
        {
            if (!KeyCommands.TryReadTime(session, request[timeAt], "set", unit == "EX" ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond, out life))
                return;
            if (life <= TimeSpan.Zero)
            {
                KeyCommands.InvalidTime(session, "set");
                return;
            }
        }

        var entry = store.Find(request[1]);
        if (get && entry is { Value: not Text })
        {
            output.WrongType();
            return;
        }

        bool isSet = onlyNew ? entry is null : !onlyExisting || entry is not null;
        if (get && entry?.Value is Text old)
            output.Bulk(old.Bytes);
        else if (get || !isSet)
            output.Null();
        else
            output.Ok();
        if (!isSet)
            return;
        if (entry?.Value is not Text text)
            entry = store.Set(request[1], text = new Text());
        text.Set(request[2]);
        if (timeAt > 0)
            store.ExpireIn(entry, life);
        else if (!keep)
            store.Persist(entry);
    }
}
