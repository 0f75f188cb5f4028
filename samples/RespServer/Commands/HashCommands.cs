namespace RespServer;

public static class HashCommands
{
    public static void Set(Session session, Request request)
    {
        if (request.Count % 2 != 0)
        {
            session.Stream.Output.Error("ERR wrong number of arguments for 'hset' command");
            return;
        }

        if (!session.Server.Store.TryGetOrAdd<HashValue>(request[1], out var hash))
        {
            session.Stream.Output.WrongType();
            return;
        }

        int added = 0;
        for (int i = 2; i < request.Count; i += 2)
        {
            byte[] field = request[i].ToArray();
            added += hash!.ContainsKey(field) ? 0 : 1;
            hash[field] = request[i + 1].ToArray();
        }

        session.Stream.Output.Integer(added);
    }

    public static void Get(Session session, Request request)
    {
        if (!session.Server.Store.TryGet<HashValue>(request[1], out var hash))
            session.Stream.Output.WrongType();
        else
            session.Stream.Output.BulkOrNull(hash?.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(request[2], out byte[]? value) == true ? value : null);
    }

    public static void GetAll(Session session, Request request)
    {
        var output = session.Stream.Output;
        if (!session.Server.Store.TryGet<HashValue>(request[1], out var hash))
        {
            output.WrongType();
            return;
        }

        output.Array((hash?.Count ?? 0) * 2);
        foreach (var (field, value) in hash ?? [])
        {
            output.Bulk(field);
            output.Bulk(value);
        }
    }

    public static void Delete(Session session, Request request)
    {
        if (!session.Server.Store.TryGet<HashValue>(request[1], out var hash))
        {
            session.Stream.Output.WrongType();
            return;
        }

        int deleted = 0;
        for (int i = 2; i < request.Count && hash is not null; i++)
            deleted += hash.Remove(request[i].ToArray()) ? 1 : 0;
        if (hash is { Count: 0 })
            session.Server.Store.Remove(request[1]);
        session.Stream.Output.Integer(deleted);
    }

    public static void Length(Session session, Request request)
    {
        if (session.Server.Store.TryGet<HashValue>(request[1], out var hash))
            session.Stream.Output.Integer(hash?.Count ?? 0);
        else
            session.Stream.Output.WrongType();
    }
}
