namespace RespServer;

public static class ListCommands
{
    public static void PushLeft(Session session, Request request) => Push(session, request, static (list, item) => list.AddFirst(item));

    public static void PushRight(Session session, Request request) => Push(session, request, static (list, item) => list.AddLast(item));

    public static void PopLeft(Session session, Request request) => Pop(session, request, "lpop", TakeFirst);

    public static void PopRight(Session session, Request request) => Pop(session, request, "rpop", TakeLast);

    public static void Length(Session session, Request request)
    {
        if (session.Server.Store.TryGet<ListValue>(request[1], out var list))
            session.Stream.Output.Integer(list?.Count ?? 0);
        else
            session.Stream.Output.WrongType();
    }

    public static void Range(Session session, Request request)
    {
        var output = session.Stream.Output;
        if (!Resp.TryParse(request[2], out long first) || !Resp.TryParse(request[3], out long last))
        {
            output.NotAnInteger();
        }
        else if (!session.Server.Store.TryGet<ListValue>(request[1], out var list))
        {
            output.WrongType();
        }
        else
        {
            // Negative places count from the end.
            int count = list?.Count ?? 0;
            int begin = (int)Math.Clamp(first < 0 ? first + count : first, 0, count);
            int end = Math.Max(begin, (int)Math.Clamp(last < 0 ? last + count : last, -1, count - 1) + 1);
            output.Array(end - begin);
            foreach (byte[] item in (list ?? []).Skip(begin).Take(end - begin))
                output.Bulk(item);
        }
    }

    private static void Push(Session session, Request request, Action<ListValue, byte[]> add)
    {
        var store = session.Server.Store;
        if (!store.TryGetOrAdd<ListValue>(request[1], out var list))
        {
            session.Stream.Output.WrongType();
            return;
        }

        for (int i = 2; i < request.Count; i++)
            add(list!, request[i].ToArray());
        session.Stream.Output.Integer(list!.Count);
        byte[] key = request[1].ToArray();
        // Those who wait are served from the front, after the push as a whole.
        while (list.First is { } first && session.Server.Blocked.TryHandOver(key, first.Value))
            list.RemoveFirst();
        if (list.Count == 0)
            store.Remove(key);
    }

    private static void Pop(Session session, Request request, string command, Func<ListValue, byte[]> take)
    {
        var output = session.Stream.Output;
        long count = 1;
        if (request.Count > 3)
        {
            output.WrongCount(command);
        }
        else if (request.Count > 2 && (!Resp.TryParse(request[2], out count) || count < 0))
        {
            output.Error("ERR value is out of range, must be positive");
        }
        else if (!session.Server.Store.TryGet<ListValue>(request[1], out var list))
        {
            output.WrongType();
        }
        else if (request.Count == 2)
        {
            output.BulkOrNull(list is null ? null : Take(session, request[1], list, take));
        }
        else if (list is null)
        {
            output.NullArray();
        }
        else
        {
            output.Array((int)Math.Min(count, list.Count));
            for (long left = Math.Min(count, list.Count); left > 0; left--)
                output.Bulk(Take(session, request[1], list, take));
        }
    }

    // A list that has become empty is no key any more.
    public static byte[] Take(Session session, ReadOnlySpan<byte> key, ListValue list, Func<ListValue, byte[]> take)
    {
        byte[] item = take(list);
        if (list.Count == 0)
            session.Server.Store.Remove(key);
        return item;
    }

    public static byte[] TakeFirst(ListValue list)
    {
        byte[] item = list.First!.Value;
        list.RemoveFirst();
        return item;
    }

    private static byte[] TakeLast(ListValue list)
    {
        byte[] item = list.Last!.Value;
        list.RemoveLast();
        return item;
    }
}
