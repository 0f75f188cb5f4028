using System.Net.Sockets;

namespace RespServer;

/// <summary>Who listens to which channel.</summary>
public sealed class Channels
{
    private readonly Dictionary<byte[], List<Session>> _listeners = new(BytesComparer.Instance);

    private const int MostUnread = 32 << 20;

    /// <summary>Sends to all who listen, and says how many they are. A listener that does not read is cut off: nobody waits for it.</summary>
    public int Publish(ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message)
    {
        if (!_listeners.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(channel, out var sessions))
            return 0;
        int count = sessions.Count;
        // From the end, as some leave.
        for (int i = count - 1; i >= 0; i--)
        {
            var session = sessions[i];
            if (TrySend(session, channel, message) && session.Stream.UnsentLength <= MostUnread)
                continue;
            Leave(session);
            session.Stream.Abort();
        }

        return count;
    }

    public void Subscribe(Session session, byte[] channel)
    {
        if (!_listeners.TryGetValue(channel, out var sessions))
            _listeners.Add(channel, sessions = []);
        if (sessions.Contains(session))
            return;
        sessions.Add(session);
        session.Subscriptions++;
    }

    public void Unsubscribe(Session session, byte[] channel)
    {
        if (!_listeners.TryGetValue(channel, out var sessions) || !sessions.Remove(session))
            return;
        session.Subscriptions--;
        if (sessions.Count == 0)
            _listeners.Remove(channel);
    }

    /// <summary>The channels of one session.</summary>
    public List<byte[]> Of(Session session) => [.. _listeners.Where(entry => entry.Value.Contains(session)).Select(static entry => entry.Key)];

    public void Leave(Session session)
    {
        if (session.Subscriptions > 0)
            Of(session).ForEach(channel => Unsubscribe(session, channel));
    }

    // False if the listener has gone, and nobody has told its session yet.
    private static bool TrySend(Session session, ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message)
    {
        try
        {
            var output = session.Stream.Output;
            output.Array(3);
            output.Bulk("message"u8);
            output.Bulk(channel);
            output.Bulk(message);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
