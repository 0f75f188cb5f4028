using System.Globalization;
using System.Text;

namespace Coroutines.Samples.Tests.RespServer;

/// <summary>A client that shows replies as text: a line for each, arrays in brackets.</summary>
internal sealed partial class RespClient(SocketStream stream)
{
    /// <summary>Sends a command without waiting for its reply.</summary>
    public void Send(IReadOnlyList<string> arguments)
    {
        Text($"*{arguments.Count}\r\n");
        foreach (string argument in arguments)
            Text($"${Encoding.UTF8.GetByteCount(argument)}\r\n{argument}\r\n");
    }

    /// <summary>Sends bytes as they are.</summary>
    public void Text(string text) => Encoding.UTF8.GetBytes(text, stream.Output);

    [Coroutine]
    public async Coroutine<string> Ask(params string[] arguments)
    {
        Send(arguments);
        return await Reply();
    }

    [Coroutine]
    public async Coroutine<string> Reply()
    {
        string line = await stream.ReadLine() ?? throw new EndOfStreamException("The server has closed the connection.");
        int length = line[0] is '$' or '*' ? int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture) : 0;
        if (length < 0)
            return "nil";
        if (line[0] == '*')
        {
            var items = new List<string>();
            for (int i = 0; i < length; i++)
                items.Add(await Reply());
            return $"[{string.Join(", ", items)}]";
        }

        if (line[0] != '$')
            return line;
        byte[] bulk = new byte[length + 2];
        await stream.ReadExactly(bulk);
        return $"\"{Encoding.UTF8.GetString(bulk.AsSpan(..length))}\"";
    }

    /// <summary>The words of a line; several in quotes are one.</summary>
    public static List<string> Words(string line)
    {
        var words = new List<string>();
        for (int at = 0; at < line.Length;)
        {
            char end = line[at] == '"' ? '"' : ' ';
            int begin = end == '"' ? at + 1 : at;
            int stop = line.IndexOf(end, begin);
            stop = stop < 0 ? line.Length : stop;
            words.Add(line[begin..stop]);
            at = end == '"' ? stop + 2 : stop + 1;
        }

        return words;
    }
}
