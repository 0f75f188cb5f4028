namespace RespServer;

public static class PublishCommands
{
    public static void Publish(Session session, Request request) =>
        session.Stream.Output.Integer(session.Server.Channels.Publish(request[1], request[2]));

    public static void Subscribe(Session session, Request request)
    {
        for (int i = 1; i < request.Count; i++)
        {
            session.Server.Channels.Subscribe(session, request[i].ToArray());
            Confirm(session, "subscribe"u8, request[i]);
        }
    }

    /// <summary>Without arguments: from all channels.</summary>
    public static void Unsubscribe(Session session, Request request)
    {
        var channels = session.Server.Channels;
        var left = request.Count > 1 ? Enumerable.Range(1, request.Count - 1).Select(i => request[i].ToArray()).ToList() : channels.Of(session);
        foreach (byte[] channel in left)
        {
            channels.Unsubscribe(session, channel);
            Confirm(session, "unsubscribe"u8, channel);
        }

        if (left.Count > 0)
            return;
        session.Stream.Output.Array(3);
        session.Stream.Output.Bulk("unsubscribe"u8);
        session.Stream.Output.Null();
        session.Stream.Output.Integer(session.Subscriptions);
    }

    private static void Confirm(Session session, ReadOnlySpan<byte> what, ReadOnlySpan<byte> channel)
    {
        session.Stream.Output.Array(3);
        session.Stream.Output.Bulk(what);
        session.Stream.Output.Bulk(channel);
        session.Stream.Output.Integer(session.Subscriptions);
    }
}
