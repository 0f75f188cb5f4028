using System.Text;

namespace RespServer;

public static class SetCommand
{
    /// <summary>SET key value [NX | XX] [GET] [EX seconds | PX milliseconds | KEEPTTL]</summary>
    public static void Run(Session session, Request request)
    {
        var (store, output) = (session.Server.Store, session.Stream.Output);
        bool onlyNew = false, onlyExisting = false, get = false, keep = false;
        TimeSpan? life = null;
        for (int i = 3; i < request.Count; i++)
        {
            string option = Encoding.UTF8.GetString(request[i]).ToUpperInvariant();
            if (option is "EX" or "PX" && i + 1 < request.Count && life is null && !keep)
            {
                if (!Resp.TryParse(request[++i], out long time))
                {
                    output.NotAnInteger();
                    return;
                }

                if (time <= 0 || time > int.MaxValue)
                {
                    output.Error("ERR invalid expire time in 'set' command");
                    return;
                }

                life = option == "EX" ? TimeSpan.FromSeconds(time) : TimeSpan.FromMilliseconds(time);
                continue;
            }

            onlyNew |= option == "NX";
            onlyExisting |= option == "XX";
            get |= option == "GET";
            keep |= option == "KEEPTTL";
            if (option is not ("NX" or "XX" or "GET" or "KEEPTTL") || (onlyNew && onlyExisting) || (keep && life is not null))
            {
                output.SyntaxError();
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
        if (life is { } given)
            store.ExpireIn(entry, given);
        else if (!keep)
            store.Persist(entry);
    }
}
