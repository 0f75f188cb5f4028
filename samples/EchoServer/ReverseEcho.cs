using System.Globalization;
using System.Text;
using Coroutines;

namespace EchoServer;

public static partial class ReverseEcho
{
    private const int LongestLine = 4096;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Serves one connection until its end.</summary>
    [Coroutine]
    public static async Coroutine Handle(SocketStream stream)
    {
        try
        {
            await foreach (string line in stream.Lines(LongestLine))
                await stream.Write(Encoding.UTF8.GetBytes(Reverse(line) + "\n"));
        }
        catch (InvalidDataException invalid)
        {
            await stream.Write(Encoding.UTF8.GetBytes($"error: {invalid.Message}\n"));
            // A connection that is closed with unread bytes is reset, and the client might not see the reason.
            await stream.CompleteWrites();
            await Coroutine.MoveOnAfter(SkipRest(stream), s_patience);
        }
    }

    [Coroutine]
    private static async Coroutine SkipRest(SocketStream stream)
    {
        do
            stream.Consume(stream.Buffered.Length);
        while (await stream.Fill());
    }

    // By what a reader sees as characters, so that accents and emoji stay whole.
    private static string Reverse(string line)
    {
        var reversed = new StringBuilder(line.Length);
        int end = line.Length;
        foreach (int start in StringInfo.ParseCombiningCharacters(line).Reverse())
        {
            reversed.Append(line, start, end - start);
            end = start;
        }

        return reversed.ToString();
    }
}
