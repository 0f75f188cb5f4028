using System.Globalization;
using System.Text;
using Coroutines;

namespace RespServer;

public static partial class BlockingPopCommand
{
    /// <summary>BLPOP key [key …] timeout: in seconds, 0 for ever.</summary>
    public static void Run(Session session, Request request)
    {
        var output = session.Stream.Output;
        if (!double.TryParse(Encoding.UTF8.GetString(request[request.Count - 1]), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double seconds) || !double.IsFinite(seconds))
        {
            output.Error("ERR timeout is not a float or out of range");
            return;
        }

        if (seconds < 0)
        {
            output.Error("ERR timeout is negative");
            return;
        }

        if (seconds > TimeSpan.MaxValue.TotalSeconds / 2)
        {
            output.Error("ERR timeout is out of range");
            return;
        }

        byte[][] keys = new byte[request.Count - 2][];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = request[i + 1].ToArray();
            if (!session.Server.Store.TryGet<ListValue>(keys[i], out var list))
            {
                output.WrongType();
                return;
            }

            if (list is not null)
            {
                Answer(session, keys[i], ListCommands.Take(session, keys[i], list, ListCommands.TakeFirst));
                return;
            }
        }

        session.Pending = () => Wait(session, keys, seconds == 0 ? null : TimeSpan.FromSeconds(seconds));
    }

    [Coroutine]
    private static async Coroutine Wait(Session session, byte[][] keys, TimeSpan? timeout)
    {
        if (await session.Server.Blocked.Wait(keys, timeout) is { } found)
            Answer(session, found.Key, found.Item);
        else
            session.Stream.Output.NullArray();
    }

    private static void Answer(Session session, byte[] key, byte[] item)
    {
        session.Stream.Output.Array(2);
        session.Stream.Output.Bulk(key);
        session.Stream.Output.Bulk(item);
    }
}
