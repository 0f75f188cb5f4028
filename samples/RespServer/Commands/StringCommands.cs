using System.Buffers.Text;

namespace RespServer;

public static class StringCommands
{
    public static void Get(Session session, Request request)
    {
        if (!session.Server.Store.TryGet<Text>(request[1], out var text))
            session.Stream.Output.WrongType();
        else if (text is null)
            session.Stream.Output.Null();
        else
            session.Stream.Output.Bulk(text.Bytes);
    }

    public static void MultiGet(Session session, Request request)
    {
        session.Stream.Output.Array(request.Count - 1);
        for (int i = 1; i < request.Count; i++)
        {
            if (session.Server.Store.Find(request[i])?.Value is Text text)
                session.Stream.Output.Bulk(text.Bytes);
            else
                session.Stream.Output.Null();
        }
    }

    public static void MultiSet(Session session, Request request)
    {
        if (request.Count % 2 == 0)
        {
            session.Stream.Output.Error("ERR wrong number of arguments for 'mset' command");
            return;
        }

        for (int i = 1; i < request.Count; i += 2)
        {
            var text = new Text();
            text.Set(request[i + 1]);
            session.Server.Store.Persist(session.Server.Store.Set(request[i], text));
        }

        session.Stream.Output.Ok();
    }

    public static void Append(Session session, Request request)
    {
        if (!session.Server.Store.TryGetOrAdd<Text>(request[1], out var text))
        {
            session.Stream.Output.WrongType();
            return;
        }

        text!.Append(request[2]);
        session.Stream.Output.Integer(text.Bytes.Length);
    }

    public static void Length(Session session, Request request)
    {
        if (session.Server.Store.TryGet<Text>(request[1], out var text))
            session.Stream.Output.Integer(text?.Bytes.Length ?? 0);
        else
            session.Stream.Output.WrongType();
    }

    public static void Increment(Session session, Request request) => Add(session, request, 1);

    public static void Decrement(Session session, Request request) => Add(session, request, -1);

    public static void IncrementBy(Session session, Request request) => AddGiven(session, request, 1);

    public static void DecrementBy(Session session, Request request) => AddGiven(session, request, -1);

    private static void AddGiven(Session session, Request request, long sign)
    {
        if (!Resp.TryParse(request[2], out long amount))
            session.Stream.Output.NotAnInteger();
        else if (sign < 0 && amount == long.MinValue)
            session.Stream.Output.Error("ERR decrement would overflow");
        else
            Add(session, request, sign * amount);
    }

    private static void Add(Session session, Request request, long amount)
    {
        var output = session.Stream.Output;
        if (!session.Server.Store.TryGet<Text>(request[1], out var text))
        {
            output.WrongType();
            return;
        }

        long value = 0;
        if (text is not null && (text.Bytes.IsEmpty || !Resp.TryParse(text.Bytes, out value)))
        {
            output.NotAnInteger();
            return;
        }

        if (amount > 0 ? value > long.MaxValue - amount : value < long.MinValue - amount)
        {
            output.Error("ERR increment or decrement would overflow");
            return;
        }

        if (text is null)
            session.Server.Store.Set(request[1], text = new Text());
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value + amount, digits, out int length);
        text.Set(digits[..length]);
        output.Integer(value + amount);
    }
}
